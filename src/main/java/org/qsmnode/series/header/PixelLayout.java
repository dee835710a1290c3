package org.qsmnode.series.header;

/**
 * How pixels are stored (PS3.3 C.7.6.3, PS3.5 8.1.1).
 *
 * @param rows Rows
 * @param columns Columns
 * @param samplesPerPixel SamplesPerPixel
 * @param bitsAllocated BitsAllocated
 * @param bitsStored BitsStored
 * @param highBit HighBit
 * @param signed PixelRepresentation is 1
 * @param lossy LossyImageCompression is 01
 */
public record PixelLayout(
    int rows,
    int columns,
    int samplesPerPixel,
    int bitsAllocated,
    int bitsStored,
    int highBit,
    boolean signed,
    boolean lossy) {

  /** Bytes of one frame of native pixel data. */
  public long frameBytes() {
    return ((long) rows * columns * samplesPerPixel * bitsAllocated + 7) / 8;
  }

  /** Smallest value the stored bits can hold. */
  public int minimum() {
    return signed ? -(1 << (bitsStored - 1)) : 0;
  }

  /** Largest value the stored bits can hold. */
  public int maximum() {
    return signed ? (1 << (bitsStored - 1)) - 1 : (1 << bitsStored) - 1;
  }
}
