package org.qsmnode.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.io.DicomOutputStream;

/** Studies that differ in their UIDs and patients only, so that many are made quickly. */
final class StudyCopies {

  private StudyCopies() {}

  /**
   * Writes a copy of a study.
   *
   * @param number distinguishes the copy
   * @param kept which objects it has
   * @return its Study Instance UID
   */
  static String write(List<Path> files, int number, Predicate<Attributes> kept, Path folder)
      throws IOException {
    Files.createDirectories(folder);
    String study = "";
    List<Path> written = new ArrayList<>();
    for (Path file : files) {
      Attributes image;
      try (DicomInputStream in = new DicomInputStream(file.toFile())) {
        image = in.readDataset();
      }
      if (!kept.test(image)) {
        continue;
      }
      for (int tag :
          new int[] {
            Tag.StudyInstanceUID, Tag.SeriesInstanceUID, Tag.SOPInstanceUID, Tag.FrameOfReferenceUID
          }) {
        image.setString(tag, VR.UI, renumbered(image.getString(tag, "1"), number));
      }
      image.setString(Tag.PatientID, VR.LO, SmallStudy.SENTINEL + number);
      study = image.getString(Tag.StudyInstanceUID, "");
      Path copy = folder.resolve(number + "-" + written.size() + ".dcm");
      Attributes meta = image.createFileMetaInformation(UID.ExplicitVRLittleEndian);
      try (DicomOutputStream out = new DicomOutputStream(copy.toFile())) {
        out.writeDataset(meta, image);
      }
      written.add(copy);
    }
    return study;
  }

  private static String renumbered(String uid, int number) {
    String end = "." + number;
    return uid.length() + end.length() <= 64
        ? uid + end
        : uid.substring(0, 64 - end.length()).replaceAll("\\.$", "0") + end;
  }
}
