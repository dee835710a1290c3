package org.qsmnode.series.pixels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.junit.jupiter.api.Test;
import org.qsmnode.series.header.PixelLayout;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.series.header.RefusedException;

class PixelDecoderTest {

  private static float[] decode(PixelLayout layout, boolean bigEndian, VR vr, int... bytes)
      throws Exception {
    byte[] pixels = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      pixels[i] = (byte) bytes[i];
    }
    Attributes a = new Attributes(bigEndian);
    a.setBytes(Tag.PixelData, vr, pixels);
    float[] values = new float[layout.rows() * layout.columns()];
    PixelDecoder.of(a, layout, 1).read(0, 1, 0, values, 0);
    return values;
  }

  @Test
  void bitsAboveTheHighBitAreIgnored() throws Exception {
    PixelLayout overlay = new PixelLayout(1, 2, 1, 16, 12, 11, false, false);
    assertArrayEquals(
        new float[] {0x234, 0xfff}, decode(overlay, false, VR.OW, 0x34, 0xf2, 0xff, 0x1f));
  }

  @Test
  void signIsExtendedFromTheStoredBits() throws Exception {
    PixelLayout signed = new PixelLayout(1, 3, 1, 16, 12, 11, true, false);
    assertArrayEquals(
        new float[] {-1, -2048, 2047},
        decode(signed, false, VR.OW, 0xff, 0x0f, 0x00, 0x08, 0xff, 0x07));
  }

  @Test
  void highBitShiftsTheStoredBitsDown() throws Exception {
    PixelLayout shifted = new PixelLayout(1, 1, 1, 16, 12, 15, false, false);
    assertArrayEquals(new float[] {0xabc}, decode(shifted, false, VR.OW, 0xcd, 0xab));
  }

  @Test
  void wordsOfBigEndianDataSetsAreSwappedAndBytesAreNot() throws Exception {
    PixelLayout words = new PixelLayout(1, 1, 1, 16, 16, 15, true, false);
    assertArrayEquals(new float[] {-2}, decode(words, true, VR.OW, 0xff, 0xfe));
    PixelLayout bytes = new PixelLayout(1, 2, 1, 8, 8, 7, false, false);
    assertArrayEquals(new float[] {1, 255}, decode(bytes, false, VR.OB, 1, 255));
  }

  @Test
  void tooFewBytesAndOddFormsAreRefused() {
    PixelLayout layout = new PixelLayout(2, 2, 1, 16, 16, 15, false, false);
    assertEquals(
        ReasonCode.UNREADABLE,
        assertThrows(RefusedException.class, () -> decode(layout, false, VR.OW, 1, 2))
            .reason()
            .code());
    Attributes oneFrame = new Attributes();
    oneFrame.setBytes(Tag.PixelData, VR.OW, new byte[8]);
    assertThrows(RefusedException.class, () -> PixelDecoder.of(oneFrame, layout, 2));
    PixelLayout colour = new PixelLayout(1, 1, 3, 8, 8, 7, false, false);
    assertThrows(RefusedException.class, () -> decode(colour, false, VR.OB, 1, 2, 3, 4));
    PixelLayout wide = new PixelLayout(1, 1, 1, 32, 32, 31, false, false);
    assertThrows(RefusedException.class, () -> decode(wide, false, VR.OW, 1, 2, 3, 4));
  }
}
