package org.qsmnode.derive;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.jspecify.annotations.Nullable;

/** Date and time of making as DICOM text (DA, TM, DT). */
record Timestamp(String date, String time) {

  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss.SSS");

  String dateTime() {
    return date + time;
  }

  /** Says that an object, its series and its content were made then. */
  void addTo(Attributes object) {
    for (int tag : new int[] {Tag.InstanceCreationDate, Tag.SeriesDate, Tag.ContentDate}) {
      Elements.da(object, tag, date);
    }
    for (int tag : new int[] {Tag.InstanceCreationTime, Tag.SeriesTime, Tag.ContentTime}) {
      Elements.tm(object, tag, time);
    }
  }

  /**
   * When the image is said to have been made. That is {@code now} in the source's offset from UTC
   * if it states one, or the source's own time if the settings ask for it.
   */
  static Timestamp of(
      Attributes source, Instant now, ZoneId zone, DerivationSettings.ContentDate contentDate) {
    if (contentDate == DerivationSettings.ContentDate.SOURCE) {
      Timestamp own = ofSource(source);
      if (own != null) {
        return own;
      }
    }
    LocalDateTime local = LocalDateTime.ofInstant(now, offset(source, zone));
    return new Timestamp(DATE.format(local), TIME.format(local));
  }

  private static @Nullable Timestamp ofSource(Attributes source) {
    int[][] pairs = {
      {Tag.ContentDate, Tag.ContentTime},
      {Tag.AcquisitionDate, Tag.AcquisitionTime},
      {Tag.SeriesDate, Tag.SeriesTime},
      {Tag.StudyDate, Tag.StudyTime}
    };
    for (int[] pair : pairs) {
      String date = SourceHeader.text(source, pair[0]);
      String time = SourceHeader.text(source, pair[1]);
      if (date != null
          && date.matches("[0-9]{8}")
          && time != null
          && time.matches("[0-9]{6}(\\.[0-9]{1,6})?")) {
        return new Timestamp(date, time);
      }
    }
    return null;
  }

  private static ZoneId offset(Attributes source, ZoneId zone) {
    String offset = SourceHeader.text(source, Tag.TimezoneOffsetFromUTC);
    if (offset == null) {
      return zone;
    }
    try {
      return ZoneOffset.of(offset.trim());
    } catch (DateTimeException e) {
      return zone;
    }
  }
}
