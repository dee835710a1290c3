package org.qsmnode.series.header;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.io.DicomStreamException;

/** Whether two files hold the same object. */
public final class SameObject {

  private static final int NO_MISMATCH = -1;

  /** Of longer values, such as pixels, digests are compared. */
  private static final int MOST_VALUE_BYTES = 1 << 12;

  private SameObject() {}

  /**
   * Whether the data sets of both files are equal; file meta information, encoding and padding of
   * values do not count. Where they are too large to be compared, they count as different.
   */
  public static boolean inBoth(Path one, Path other) throws IOException {
    if (Files.mismatch(one, other) == NO_MISMATCH) {
      return true;
    }
    try {
      return read(one).equals(read(other));
    } catch (HeaderTooLargeException
        | DicomStreamException
        | EOFException
        | IllegalArgumentException
        | StackOverflowError e) {
      return false;
    }
  }

  private static Attributes read(Path file) throws IOException {
    try (DicomInputStream in = new DicomInputStream(file.toFile());
        ReadingAllowance allowance = ReadingAllowance.ofFile()) {
      in.setDicomInputHandler(new BoundedInput(SameObject::fate, allowance, Files.size(file)));
      return in.readDataset();
    }
  }

  private static BoundedInput.Fate fate(DicomInputStream in) {
    boolean items = in.vr() == VR.SQ || in.length() == -1;
    return items || in.unsignedLength() <= MOST_VALUE_BYTES
        ? BoundedInput.Fate.KEPT
        : BoundedInput.Fate.DIGESTED;
  }
}
