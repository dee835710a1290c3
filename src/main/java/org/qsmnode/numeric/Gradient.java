package org.qsmnode.numeric;

import org.qsmnode.volume.Grid;

/**
 * Forward differences per millimetre with replicated edge (the last plane has gradient 0), and the
 * divergence that is exactly their negative adjoint.
 */
public final class Gradient {

  private final Grid grid;

  public Gradient(Grid grid) {
    this.grid = grid;
  }

  /** Gradient of {@code in} along x, y and z. */
  public void apply(float[] in, float[] gx, float[] gy, float[] gz) {
    int nx = grid.nx();
    int plane = nx * grid.ny();
    float hx = (float) (1 / grid.dxMm());
    float hy = (float) (1 / grid.dyMm());
    float hz = (float) (1 / grid.dzMm());
    Parallel.run(
        grid.nz(),
        (from, to) -> {
          for (int z = from, i = from * plane; z < to; z++) {
            for (int y = 0; y < grid.ny(); y++) {
              for (int x = 0; x < nx; x++, i++) {
                gx[i] = x + 1 < nx ? hx * (in[i + 1] - in[i]) : 0;
                gy[i] = y + 1 < grid.ny() ? hy * (in[i + nx] - in[i]) : 0;
                gz[i] = z + 1 < grid.nz() ? hz * (in[i + plane] - in[i]) : 0;
              }
            }
          }
        });
  }

  /** Divergence of a vector field; values on the last planes have no influence. */
  public void divergence(float[] gx, float[] gy, float[] gz, float[] out) {
    int nx = grid.nx();
    int plane = nx * grid.ny();
    float hx = (float) (1 / grid.dxMm());
    float hy = (float) (1 / grid.dyMm());
    float hz = (float) (1 / grid.dzMm());
    Parallel.run(
        grid.nz(),
        (from, to) -> {
          for (int z = from, i = from * plane; z < to; z++) {
            for (int y = 0; y < grid.ny(); y++) {
              for (int x = 0; x < nx; x++, i++) {
                float sum = 0;
                sum += hx * ((x + 1 < nx ? gx[i] : 0) - (x > 0 ? gx[i - 1] : 0));
                sum += hy * ((y + 1 < grid.ny() ? gy[i] : 0) - (y > 0 ? gy[i - nx] : 0));
                sum += hz * ((z + 1 < grid.nz() ? gz[i] : 0) - (z > 0 ? gz[i - plane] : 0));
                out[i] = sum;
              }
            }
          }
        });
  }
}
