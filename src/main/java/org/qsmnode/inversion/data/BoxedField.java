package org.qsmnode.inversion.data;

import org.qsmnode.field.LocalField;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.volume.Box;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/**
 * A field in the smallest box around its mask, cropped and weighted once for all that is computed
 * there.
 *
 * @param whole grid that the field came on
 * @param box place of the arrays in that grid
 * @param mask the mask, which fills the box
 * @param noise weights of the field
 * @param knownPpm the field, 0 where it is unknown, ppm
 * @param magnitude combined magnitude, arbitrary unit
 * @param dipole field of susceptibility on the box; serves one thread
 */
public record BoxedField(
    Grid whole,
    Box box,
    Mask mask,
    NoiseWeights noise,
    float[] knownPpm,
    float[] magnitude,
    DipoleConvolution dipole) {

  /** The local field. */
  public static BoxedField of(LocalField field) {
    return of(field, field.localPpm());
  }

  /**
   * The field that is explained, which may be another than the local one.
   *
   * @param fieldPpm on the grid of {@code field}, ppm
   */
  public static BoxedField of(LocalField field, Volume fieldPpm) {
    Box box = Box.around(field.mask(), 0);
    Mask mask = box.crop(field.mask());
    NoiseWeights noise = NoiseWeights.of(field, fieldPpm, box);
    return new BoxedField(
        field.grid(),
        box,
        mask,
        noise,
        noise.known(fieldPpm, box),
        box.crop(field.magnitude()).data(),
        new DipoleConvolution(mask.grid(), field.b0Direction()));
  }

  /** Grid of the box. */
  public Grid grid() {
    return mask.grid();
  }

  /** Values of the box on the grid that the field came on, 0 around the box. */
  public Volume onWhole(float[] values) {
    return new Volume(whole, box.embed(new Volume(grid(), values)).data());
  }
}
