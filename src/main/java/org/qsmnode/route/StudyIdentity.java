package org.qsmnode.route;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;

/**
 * Whether a derived object and the PACS speak of the same patient. Only the names of attributes
 * leave this class, never their values.
 */
final class StudyIdentity {

  private static final Map<String, Integer> KEYS = new LinkedHashMap<>();

  static {
    KEYS.put("PatientID", Tag.PatientID);
    KEYS.put("PatientName", Tag.PatientName);
    KEYS.put("PatientBirthDate", Tag.PatientBirthDate);
    KEYS.put("PatientSex", Tag.PatientSex);
  }

  private StudyIdentity() {}

  /**
   * Keywords of the attributes that differ. What the PACS does not tell is not compared; what it
   * tells and the object lacks differs.
   */
  static List<String> differences(Attributes object, Attributes inPacs) {
    List<String> different = new ArrayList<>();
    KEYS.forEach(
        (keyword, tag) -> {
          String told = plain(inPacs.getString(tag));
          if (!told.isEmpty() && !told.equals(plain(object.getString(tag)))) {
            different.add(keyword);
          }
        });
    return different;
  }

  /** Without what does not distinguish people: case, padding and empty trailing components. */
  private static String plain(@org.jspecify.annotations.Nullable String value) {
    return value == null
        ? ""
        : value.strip().replaceAll("[\\^=\\s]+$", "").toUpperCase(Locale.ROOT);
  }
}
