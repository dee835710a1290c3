package org.qsmnode.inversion.data;

import org.qsmnode.numeric.DipoleKernel;
import org.qsmnode.numeric.Fourier;
import org.qsmnode.numeric.GoodSizes;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Vector3;

/**
 * Where sources may lie and the field that they make in the box around the mask.
 *
 * <p>Sources fill a periodic grid, half as large again as the box and larger by the margin on every
 * side at least. The box is its corner, so that the margin before the box lies behind its end.
 * Buffers are kept, so an instance serves one thread at a time.
 */
public final class SourceSpace {

  private static final double PADDING = 1.5;

  private final Grid box;
  private final int[] dims;
  private final Fourier sources;
  private final Fourier fields;
  private final float[] kernel;
  private final float[] spectrum;

  /**
   * Places around a box.
   *
   * @param box voxels in which the field is asked for
   * @param b0 direction of the main field in voxel axes
   * @param marginMm least distance around the box in which sources may lie, mm
   */
  public SourceSpace(Grid box, Vector3 b0, double marginMm) {
    this.box = box;
    int[] least = GoodSizes.padded(box.dims(), PADDING);
    double[] voxelMm = box.voxelMm();
    for (int a = 0; a < 3; a++) {
      int margin = (int) Math.ceil(2 * marginMm / voxelMm[a]);
      least[a] = Math.max(least[a], GoodSizes.next(box.dims()[a] + margin));
    }
    dims = least;
    sources = new Fourier(dims, dims);
    fields = new Fourier(box.dims(), dims);
    kernel = DipoleKernel.spectral(sources, voxelMm, b0);
    spectrum = new float[sources.spectrumLength()];
  }

  /** Number of places for a source. */
  public int size() {
    return dims[0] * dims[1] * dims[2];
  }

  /** Lengths of the periodic grid. */
  public int[] dims() {
    return dims.clone();
  }

  /** Grid of the box in which the field is asked for. */
  public Grid box() {
    return box;
  }

  /** Field in the box of sources everywhere. */
  public void field(float[] chi, float[] field) {
    sources.forward(chi, spectrum);
    sources.multiply(spectrum, kernel);
    fields.inverse(spectrum, field);
  }

  /** Adjoint of {@link #field}. */
  public void adjoint(float[] field, float[] chi) {
    fields.forward(field, spectrum);
    sources.multiply(spectrum, kernel);
    sources.inverse(spectrum, chi);
  }

  /** Values of the box in their place, 0 elsewhere. */
  public float[] embed(float[] values) {
    float[] out = new float[size()];
    copy(values, out, true);
    return out;
  }

  /** Values in the box. */
  public float[] crop(float[] values) {
    float[] out = new float[box.size()];
    copy(out, values, false);
    return out;
  }

  private void copy(float[] inBox, float[] everywhere, boolean embed) {
    for (int z = 0; z < box.nz(); z++) {
      for (int y = 0; y < box.ny(); y++) {
        int b = box.nx() * (y + box.ny() * z);
        int e = dims[0] * (y + dims[1] * z);
        if (embed) {
          System.arraycopy(inBox, b, everywhere, e, box.nx());
        } else {
          System.arraycopy(everywhere, e, inBox, b, box.nx());
        }
      }
    }
  }

  /** Whether each place is in the mask, which fills the box. */
  public boolean[] embed(Mask mask) {
    boolean[] out = new boolean[size()];
    for (int z = 0; z < box.nz(); z++) {
      for (int y = 0; y < box.ny(); y++) {
        System.arraycopy(
            mask.data(), box.nx() * (y + box.ny() * z), out, dims[0] * (y + dims[1] * z), box.nx());
      }
    }
    return out;
  }
}
