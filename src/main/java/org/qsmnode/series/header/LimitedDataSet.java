package org.qsmnode.series.header;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.io.DicomStreamException;

/** Reads of a peer's data set what is needed, and no more than a limit, whatever is in it. */
public final class LimitedDataSet {

  private LimitedDataSet() {}

  /**
   * A whole data set, such as the identifier of a query.
   *
   * @param mostBytes length, inflated, that it may have
   * @throws DicomStreamException if it is longer, or is no data set
   */
  public static Attributes read(InputStream bytes, String transferSyntaxUid, long mostBytes)
      throws IOException {
    // The stream belongs to the association, which goes on.
    DicomInputStream in = new DicomInputStream(bytes, transferSyntaxUid);
    try (ReadingAllowance allowance = ReadingAllowance.ofRequest()) {
      in.setDicomInputHandler(
          new BoundedInput(
              next -> {
                if (next.getPosition() + Math.max(0, next.length()) > mostBytes
                    || next.length() < -1) {
                  throw new DicomStreamException("the data set is longer than " + mostBytes);
                }
                return BoundedInput.Fate.KEPT;
              },
              allowance,
              mostBytes));
      return in.readDataset();
    } catch (EOFException | IllegalArgumentException | StackOverflowError e) {
      throw new DicomStreamException("the data set is not readable");
    }
  }

  /**
   * The text of one element of the data set in a file, empty if there is none.
   *
   * @throws IOException if the file cannot be read as far as that element
   */
  public static Optional<String> text(Path file, int tag) throws IOException {
    try (DicomInputStream in = new DicomInputStream(file.toFile());
        ReadingAllowance allowance = ReadingAllowance.ofFile()) {
      in.setDicomInputHandler(
          new BoundedInput(
              next -> isWanted(next, tag) ? BoundedInput.Fate.KEPT : BoundedInput.Fate.PASSED_OVER,
              allowance,
              Files.size(file)));
      Attributes read = in.readDataset(next -> Integer.compareUnsigned(next.tag(), tag) > 0);
      return Optional.ofNullable(read.getString(tag));
    } catch (IllegalArgumentException | StackOverflowError e) {
      throw new DicomStreamException("the data set is not readable");
    }
  }

  private static boolean isWanted(DicomInputStream in, int tag) {
    boolean wanted =
        in.tag() == tag || in.tag() == Tag.SpecificCharacterSet || in.tag() >>> 16 == 2;
    return wanted && in.unsignedLength() <= HeaderTags.MOST_VALUE_BYTES;
  }
}
