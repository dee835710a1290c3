package org.qsmnode.simulate.dicom;

import static org.dcm4che3.data.VR.OW;
import static org.dcm4che3.data.VR.SS;
import static org.dcm4che3.data.VR.US;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;

/** Stored pixel values of 16 allocated bits (PS3.3 C.7.6.3). */
final class Pixels {

  /** The stored value of one voxel of one frame. */
  @FunctionalInterface
  interface Quantiser {
    int stored(StudyFrame frame, int index);
  }

  private Pixels() {}

  /** Sets the pixel module of {@code a} for unsigned values of {@code bits} bits. */
  static void unsigned(
      Attributes a, StudySource study, List<StudyFrame> frames, int bits, Quantiser quantiser) {
    set(a, study, frames, bits, false, quantiser);
  }

  /** Sets the pixel module of {@code a} for signed values of 16 bits. */
  static void signed(
      Attributes a, StudySource study, List<StudyFrame> frames, Quantiser quantiser) {
    set(a, study, frames, 16, true, quantiser);
  }

  private static void set(
      Attributes a,
      StudySource study,
      List<StudyFrame> frames,
      int bits,
      boolean signed,
      Quantiser quantiser) {
    int size = study.grid().nx() * study.grid().ny();
    int lowest = signed ? Short.MIN_VALUE : 0;
    int highest = signed ? Short.MAX_VALUE : (1 << bits) - 1;
    int min = Integer.MAX_VALUE;
    int max = Integer.MIN_VALUE;
    ByteBuffer bytes = ByteBuffer.allocate(2 * size * frames.size());
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    for (StudyFrame frame : frames) {
      for (int i = 0; i < size; i++) {
        int stored = quantiser.stored(frame, frame.slice() * size + i);
        int kept = Math.max(lowest, Math.min(highest, stored));
        min = Math.min(min, kept);
        max = Math.max(max, kept);
        bytes.putShort((short) kept);
      }
    }
    a.setInt(Tag.BitsAllocated, US, 16);
    a.setInt(Tag.BitsStored, US, bits);
    a.setInt(Tag.HighBit, US, bits - 1);
    a.setInt(Tag.PixelRepresentation, US, signed ? 1 : 0);
    a.setInt(Tag.SmallestImagePixelValue, signed ? SS : US, min);
    a.setInt(Tag.LargestImagePixelValue, signed ? SS : US, max);
    a.setBytes(Tag.PixelData, OW, bytes.array());
  }
}
