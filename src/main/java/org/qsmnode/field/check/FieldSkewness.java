package org.qsmnode.field.check;

import java.util.Optional;
import org.qsmnode.field.data.Blocks;
import org.qsmnode.field.data.TotalField;

/**
 * Skewness of the measured field over a head: the sign of the phase and the direction of the main
 * field in one number.
 *
 * <p>Air in the skull base lies below the brain, along the main field of a horizontal bore. There
 * the dipole field of air, 9.4 ppm against tissue, is positive and steep; sideways it is negative
 * and half as large. The field in the brain, without its trend of second order that a shim may have
 * changed, thus has a long positive tail. Turned round the tail is negative, and a main field from
 * front to back makes none. Measured on the means of blocks of about 5 mm.
 *
 * @param value third central moment over the cube of the standard deviation
 */
public record FieldSkewness(double value) {

  private static final double BLOCK_MM = 5;
  private static final int LEAST_BLOCKS = 50;
  private static final double LEAST_RMS_PPM = 0.05;

  /**
   * Empty where there are too few voxels, or where the field is so even that no air is near. Heads
   * have 0.1 ppm and more, objects without air cavities a few hundredths.
   */
  public static Optional<FieldSkewness> of(TotalField total) {
    Blocks blocks = new Blocks(total.grid(), BLOCK_MM);
    int[] places = blocks.filled(total);
    if (places.length < LEAST_BLOCKS) {
      return Optional.empty();
    }
    double[] field = blocks.field(total, places);
    new QuadraticTrend(blocks.points(places)).remove(field);
    double second = 0;
    double third = 0;
    for (double ppm : field) {
      second += ppm * ppm;
      third += ppm * ppm * ppm;
    }
    double rms = Math.sqrt(second / field.length);
    return rms < LEAST_RMS_PPM
        ? Optional.empty()
        : Optional.of(new FieldSkewness(third / field.length / (rms * rms * rms)));
  }
}
