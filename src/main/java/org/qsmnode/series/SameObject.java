package org.qsmnode.series;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.io.DicomStreamException;

/** Whether two files hold the same object. */
public final class SameObject {

  private static final int NO_MISMATCH = -1;

  private SameObject() {}

  /**
   * Whether the data sets of both files are equal; file meta information, encoding and padding of
   * values do not count.
   */
  public static boolean inBoth(Path one, Path other) throws IOException {
    if (Files.mismatch(one, other) == NO_MISMATCH) {
      return true;
    }
    try {
      return read(one).equals(read(other));
    } catch (DicomStreamException | EOFException | IllegalArgumentException e) {
      return false;
    }
  }

  private static Attributes read(Path file) throws IOException {
    try (DicomInputStream in = new DicomInputStream(file.toFile())) {
      return in.readDataset();
    }
  }
}
