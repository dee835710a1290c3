package org.qsmnode.series.pixels;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.io.DicomStreamException;
import org.qsmnode.series.header.BoundedInput;
import org.qsmnode.series.header.ReadingAllowance;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.series.header.RefusedException;

/**
 * A stored object with its pixels, without values that no header needs.
 *
 * @param headerBytes memory that the data set takes beside its pixels
 */
record StoredObject(Attributes dataSet, String transferSyntaxUid, long headerBytes) {

  /** Longer values are private data of makers and icons, which no derived object takes over. */
  private static final int MOST_VALUE_BYTES = 1 << 16;

  /** Pixel data of one object that may be in memory beside the volumes made of them. */
  private static final long MOST_PIXEL_BYTES = Runtime.getRuntime().maxMemory() / 3;

  /**
   * Reads a file.
   *
   * @throws RefusedException if it is not readable, or its pixels are too many for the heap
   */
  static StoredObject read(Path file) throws RefusedException, IOException {
    try (DicomInputStream in = new DicomInputStream(file.toFile());
        ReadingAllowance allowance = ReadingAllowance.ofFile()) {
      in.setDicomInputHandler(new BoundedInput(StoredObject::fate, allowance, Files.size(file)));
      Attributes dataSet = in.readDataset();
      return new StoredObject(dataSet, in.getTransferSyntax(), allowance.used());
    } catch (TooManyPixelsException e) {
      throw new RefusedException(
          new Reason(
              ReasonCode.PROCESSING_FAILED,
              "The pixel data of one object have %d MiB; the heap takes %d MiB."
                  .formatted(e.bytes >> 20, MOST_PIXEL_BYTES >> 20)));
    } catch (DicomStreamException
        | EOFException
        | IllegalArgumentException
        | StackOverflowError e) {
      throw new RefusedException(
          new Reason(ReasonCode.UNREADABLE, "A stored object is no longer readable as DICOM."));
    }
  }

  private static final class TooManyPixelsException extends IOException {

    private static final long serialVersionUID = 1L;

    private final long bytes;

    TooManyPixelsException(long bytes) {
      this.bytes = bytes;
    }
  }

  private static BoundedInput.Fate fate(DicomInputStream in) throws TooManyPixelsException {
    if (in.level() == 0 && in.tag() == Tag.PixelData && in.length() != -1) {
      if (in.unsignedLength() > MOST_PIXEL_BYTES) {
        throw new TooManyPixelsException(in.unsignedLength());
      }
      return BoundedInput.Fate.KEPT_UNCOUNTED;
    }
    boolean items = in.vr() == VR.SQ || in.length() == -1;
    return items || in.unsignedLength() <= MOST_VALUE_BYTES
        ? BoundedInput.Fate.KEPT
        : BoundedInput.Fate.PASSED_OVER;
  }
}
