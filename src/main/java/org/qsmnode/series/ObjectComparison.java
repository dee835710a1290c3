package org.qsmnode.series;

import java.io.IOException;
import java.nio.file.Path;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.io.DicomInputStream;

/** Tells a second copy of an object from another object under the same UID. */
public final class ObjectComparison {

  private ObjectComparison() {}

  /**
   * Whether two files hold the same data set, whatever their file meta information, group lengths
   * and padding.
   *
   * @throws IOException if a file cannot be read as DICOM
   */
  public static boolean sameDataset(Path a, Path b) throws IOException {
    return read(a).equals(read(b));
  }

  private static Attributes read(Path file) throws IOException {
    try (DicomInputStream in = new DicomInputStream(file.toFile())) {
      return in.readDataset();
    }
  }
}
