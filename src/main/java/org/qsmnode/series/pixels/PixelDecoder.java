package org.qsmnode.series.pixels;

import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.qsmnode.series.header.PixelLayout;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.series.header.RefusedException;

/** Takes stored values out of native pixel data (PS3.5 section 8.1). */
final class PixelDecoder {

  private final byte[] bytes;
  private final boolean bigEndian;
  private final PixelLayout layout;

  private PixelDecoder(byte[] bytes, boolean bigEndian, PixelLayout layout) {
    this.bytes = bytes;
    this.bigEndian = bigEndian;
    this.layout = layout;
  }

  /**
   * A decoder for all frames of a data set.
   *
   * @param frames how many there have to be
   * @throws RefusedException if pixels are missing, too few or in a form that is not decoded
   */
  static PixelDecoder of(Attributes dataset, PixelLayout layout, int frames)
      throws RefusedException, IOException {
    boolean supported =
        layout.samplesPerPixel() == 1
            && (layout.bitsAllocated() == 8 || layout.bitsAllocated() == 16)
            && layout.bitsStored() >= 1
            && layout.bitsStored() <= layout.bitsAllocated()
            && layout.highBit() >= layout.bitsStored() - 1
            && layout.highBit() < layout.bitsAllocated();
    if (!supported) {
      throw refused("Pixels are not single samples of 8 or 16 bits.");
    }
    if (!(dataset.getValue(Tag.PixelData) instanceof byte[])) {
      throw refused("There are no native pixel data.");
    }
    boolean words = dataset.getVR(Tag.PixelData) == VR.OW;
    byte[] bytes = dataset.getBytes(Tag.PixelData);
    if (bytes.length < layout.frameBytes() * frames) {
      throw refused("Pixel data are shorter than rows times columns.");
    }
    return new PixelDecoder(bytes, dataset.bigEndian() && words, layout);
  }

  /**
   * Writes stored values of one frame times slope plus intercept, row by row.
   *
   * @param frame 0-based
   */
  void read(int frame, double slope, double intercept, float[] target, int offset)
      throws RefusedException {
    int count = layout.rows() * layout.columns();
    int width = layout.bitsAllocated() / 8;
    long start = (long) frame * count * width;
    if (start + (long) count * width > bytes.length) {
      throw refused("Pixel data are shorter than rows times columns.");
    }
    int shift = layout.highBit() + 1 - layout.bitsStored();
    int mask = (1 << layout.bitsStored()) - 1;
    int signBit = layout.signed() ? 1 << (layout.bitsStored() - 1) : 0;
    int at = (int) start;
    for (int i = 0; i < count; i++, at += width) {
      int stored = (word(at, width) >>> shift) & mask;
      // Bits above the sign bit are restored; bits above HighBit may hold old overlays.
      int value = (stored ^ signBit) - signBit;
      target[offset + i] = (float) (value * slope + intercept);
    }
  }

  private int word(int at, int width) {
    if (width == 1) {
      return bytes[at] & 0xff;
    }
    int first = bytes[at] & 0xff;
    int second = bytes[at + 1] & 0xff;
    return bigEndian ? first << 8 | second : second << 8 | first;
  }

  private static RefusedException refused(String sentence) {
    return new RefusedException(new Reason(ReasonCode.UNREADABLE, sentence));
  }
}
