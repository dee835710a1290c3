package org.qsmnode.web;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;

/**
 * A frame as a grey picture. Rescale comes first. The first window of the object with the function
 * that it names (PS3.3 C.11.2.1.2) follows, else the span from the least to the greatest value.
 * PixelPaddingValue is black.
 */
final class RenderedFrame {

  private final Attributes dataSet;
  private final double center;
  private final double width;

  private RenderedFrame(Attributes dataSet, double center, double width) {
    this.dataSet = dataSet;
    this.center = center;
    this.width = width;
  }

  /**
   * Draws a frame, one pixel for each of its pixels; 406 if it is not one sample of 8 or 16 bits,
   * or floating point.
   */
  static BufferedImage draw(PixelFrames frames, int number) throws HttpRefusal {
    Attributes dataSet = frames.dataSet();
    byte[] bytes = frames.frame(number);
    double[] stored = frames.areFloats() ? floats(bytes) : integers(dataSet, bytes);
    Attributes display = display(dataSet);
    double center = display.getDouble(Tag.WindowCenter, Double.NaN);
    double width = display.getDouble(Tag.WindowWidth, Double.NaN);
    if (Double.isNaN(center) || !(width > 0)) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (double value : stored) {
        low = Math.min(low, rescaled(dataSet, value));
        high = Math.max(high, rescaled(dataSet, value));
      }
      width = Math.max(high - low, 1) + 1;
      center = (low + high) / 2 + 0.5;
    }
    return new RenderedFrame(dataSet, center, width).picture(stored);
  }

  /** Where the window is: in the object, or in what all its frames share (PS3.3 C.7.6.16.2.10). */
  private static Attributes display(Attributes dataSet) {
    Attributes shared = dataSet.getNestedDataset(Tag.SharedFunctionalGroupsSequence);
    Attributes group = shared == null ? null : shared.getNestedDataset(Tag.FrameVOILUTSequence);
    return group == null || dataSet.containsValue(Tag.WindowCenter) ? dataSet : group;
  }

  private BufferedImage picture(double[] stored) {
    int columns = dataSet.getInt(Tag.Columns, 0);
    int rows = dataSet.getInt(Tag.Rows, 0);
    double padding =
        dataSet.containsValue(Tag.PixelPaddingValue)
            ? dataSet.getInt(Tag.PixelPaddingValue, 0)
            : dataSet.getFloat(Tag.FloatPixelPaddingValue, Float.NaN);
    boolean inverted = "MONOCHROME1".equals(dataSet.getString(Tag.PhotometricInterpretation));
    BufferedImage picture = new BufferedImage(columns, rows, BufferedImage.TYPE_BYTE_GRAY);
    WritableRaster raster = picture.getRaster();
    for (int i = 0; i < stored.length; i++) {
      int grey = grey(rescaled(dataSet, stored[i]));
      boolean black = stored[i] == padding;
      raster.setSample(i % columns, i / columns, 0, black ? 0 : inverted ? 255 - grey : grey);
    }
    return picture;
  }

  private int grey(double value) {
    boolean exact = "LINEAR_EXACT".equals(dataSet.getString(Tag.VOILUTFunction));
    double fraction =
        exact || width <= 1
            ? (value - center) / width + 0.5
            : (value - (center - 0.5)) / (width - 1) + 0.5;
    return (int) Math.round(255 * Math.max(0, Math.min(1, fraction)));
  }

  private static double rescaled(Attributes dataSet, double stored) {
    return stored * dataSet.getDouble(Tag.RescaleSlope, 1)
        + dataSet.getDouble(Tag.RescaleIntercept, 0);
  }

  private static double[] integers(Attributes dataSet, byte[] bytes) throws HttpRefusal {
    int allocated = dataSet.getInt(Tag.BitsAllocated, 0);
    int bits = dataSet.getInt(Tag.BitsStored, allocated);
    if (dataSet.getInt(Tag.SamplesPerPixel, 1) != 1
        || (allocated != 8 && allocated != 16)
        || bits < 1
        || bits > allocated) {
      throw new HttpRefusal(
          HttpRefusal.NOT_ACCEPTABLE, "Only grey pixels of 8 or 16 bits can be drawn.");
    }
    int shift = dataSet.getInt(Tag.HighBit, bits - 1) + 1 - bits;
    int unused = Integer.SIZE - bits;
    boolean signed = dataSet.getInt(Tag.PixelRepresentation, 0) == 1;
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    double[] stored = new double[bytes.length * 8 / allocated];
    for (int i = 0; i < stored.length; i++) {
      int word = (allocated == 8 ? buffer.get() & 0xff : buffer.getShort() & 0xffff) >>> shift;
      int left = word << unused;
      stored[i] = signed ? left >> unused : left >>> unused;
    }
    return stored;
  }

  private static double[] floats(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    double[] stored = new double[bytes.length / Float.BYTES];
    for (int i = 0; i < stored.length; i++) {
      stored[i] = buffer.getFloat();
    }
    return stored;
  }
}
