package org.qsmnode.field.check;

import org.qsmnode.field.data.Angles;
import org.qsmnode.field.data.EchoImages;
import org.qsmnode.numeric.Quantiles;
import org.qsmnode.volume.Mask;

/**
 * Whether phase was interpolated as a number, for example by a correction of distortion. Between
 * two neighbours on either side of a wrap then lies a voxel whose angle fits neither.
 *
 * @param wraps rows of three voxels with signal whose ends differ by nearly a turn, and thus little
 * @param off those of them whose middle is far from both ends
 */
public record WrapCheck(long wraps, long off) {

  /** Ends differ by this or more in value, so by 0.3 pi or less in angle. */
  private static final double NEARLY_A_TURN = 1.7 * Math.PI;

  private static final double FAR = 0.3 * Math.PI;
  private static final double FLAT = 0.25 * Math.PI;
  private static final double BRIGHT = 0.3;
  private static final long ENOUGH = 500;

  /** Above this share; the benchmark of input checks shows why. */
  private static final double INTERPOLATED = 0.015;

  /** Sharp structures make some tens of them in any image, however few wraps it has. */
  private static final long NOT_BY_CHANCE = 50;

  /** Looks along each axis of voxels; the axis with the largest share counts. */
  public static WrapCheck of(EchoImages images, Mask mask) {
    boolean[] bright = bright(images, mask);
    WrapCheck worst = new WrapCheck(0, 0);
    for (int step : new int[] {1, images.grid().nx(), images.grid().nx() * images.grid().ny()}) {
      WrapCheck found = along(step, images, bright);
      worst = found.wraps >= ENOUGH && found.share() >= worst.share() ? found : worst;
    }
    return worst;
  }

  private static WrapCheck along(int step, EchoImages images, boolean[] bright) {
    long wraps = 0;
    long off = 0;
    for (float[] phase : images.phase()) {
      for (int i = 2 * step; i < phase.length - 2 * step; i++) {
        double across = phase[i + step] - (double) phase[i - step];
        if (Math.abs(across) > NEARLY_A_TURN
            && bright[i]
            && bright[i - step]
            && bright[i + step]
            && isFlat(phase[i - step] - phase[i - 2 * step])
            && isFlat(phase[i + 2 * step] - phase[i + step])) {
          double middle = phase[i - step] + Angles.wrap(across) / 2;
          wraps++;
          off += Math.abs(Angles.wrap(phase[i] - middle)) > FAR ? 1 : 0;
        }
      }
    }
    return new WrapCheck(wraps, off);
  }

  /** Beside air the field is so steep that angles in between mean nothing. */
  private static boolean isFlat(double step) {
    return Math.abs(Angles.wrap(step)) < FLAT;
  }

  /** Voxels whose signal at the last echo is not much weaker than usual at the first. */
  private static boolean[] bright(EchoImages images, Mask mask) {
    double[] sorted =
        Quantiles.sorted(images.size(), i -> mask.data()[i], i -> images.magnitude(0, i));
    double least = sorted.length == 0 ? 0 : BRIGHT * Quantiles.median(sorted);
    boolean[] bright = new boolean[images.size()];
    for (int i = 0; i < bright.length; i++) {
      bright[i] = mask.data()[i] && images.magnitude(images.echoes() - 1, i) > least;
    }
    return bright;
  }

  /** Share of wraps with a voxel in between that is neither here nor there. */
  double share() {
    return wraps == 0 ? 0 : (double) off / wraps;
  }

  public boolean isInterpolated() {
    return wraps >= ENOUGH && off >= NOT_BY_CHANCE && share() > INTERPOLATED;
  }
}
