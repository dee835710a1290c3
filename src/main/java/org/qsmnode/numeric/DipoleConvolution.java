package org.qsmnode.numeric;

import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Vector3;

/**
 * Field of a susceptibility distribution on the same grid, both in ppm: zero padding, transform,
 * kernel, inverse transform, cropping. Linear and self-adjoint on the unpadded grid. Buffers are
 * kept, so an instance serves one thread at a time.
 */
public final class DipoleConvolution {

  private static final double PADDING = 1.5;

  private final Fourier fourier;
  private final float[] multiplier;

  private DipoleConvolution(Fourier fourier, float[] multiplier) {
    this.fourier = fourier;
    this.multiplier = multiplier;
  }

  /** The analytic k-space kernel on a grid padded by at least half its size along every axis. */
  public DipoleConvolution(Grid grid, Vector3 b0) {
    this(new Fourier(grid.dims(), GoodSizes.padded(grid.dims(), PADDING)), grid, b0);
  }

  /** The analytic k-space kernel with the padding of {@code fourier}. */
  public DipoleConvolution(Fourier fourier, Grid grid, Vector3 b0) {
    this(fourier, DipoleKernel.spectral(fourier, grid.voxelMm(), b0));
  }

  /**
   * Voxels as magnetised cuboids in image space on a doubled grid: the field in free space, for
   * simulation. It differs from the k-space kernel near the Nyquist frequency and in having no
   * periodic images.
   */
  public static DipoleConvolution imageSpace(Grid grid, Vector3 b0) {
    Fourier fourier = new Fourier(grid.dims(), GoodSizes.padded(grid.dims(), 2));
    return new DipoleConvolution(fourier, DipoleKernel.imageSpace(fourier, grid.voxelMm(), b0));
  }

  /** Field of {@code in}; {@code out} may be the same array. */
  public void apply(float[] in, float[] out) {
    fourier.convolve(in, multiplier, out);
  }

  /** The transform, for other operators on the same grid. */
  public Fourier fourier() {
    return fourier;
  }

  /** The sampled kernel in the order of {@link #fourier()}; shared, not copied. */
  public float[] multiplier() {
    return multiplier;
  }
}
