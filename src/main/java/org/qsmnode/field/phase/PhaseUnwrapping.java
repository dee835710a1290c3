package org.qsmnode.field.phase;

import org.qsmnode.field.data.Angles;
import org.qsmnode.field.data.EchoImages;
import org.qsmnode.volume.Mask;

/**
 * Unwraps an acquisition in space. The phase step between echoes comes first, since it needs no
 * offset. Once the offset is known and the first echo is earlier than the step is long, the first
 * echo is the template. Its phase is the flatter of the two, and the step follows it.
 */
public final class PhaseUnwrapping {

  /** Echo time over length of the step under which the first echo is worth unwrapping too. */
  private static final double FLATTER = 0.95;

  private final EchoImages images;
  private final Mask mask;
  private final PhaseStep step;
  private final Unwrapping method;
  private final RegionGrowing growing;
  private final double share;

  public PhaseUnwrapping(EchoImages images, Mask mask, PhaseStep step, Unwrapping method) {
    this.images = images;
    this.mask = mask;
    this.step = step;
    this.method = method;
    this.share = images.te()[0] / step.seconds();
    this.growing =
        new RegionGrowing(mask, step.wrapped(), images.phase()[0], 1 / share, step.weight());
  }

  /** How well the phase step of a voxel goes with its neighbours', 0 to 1. */
  public float[] quality() {
    return growing.voxelQuality();
  }

  /** The phase step in radians without wraps, 0 outside the mask. */
  public float[] step() {
    return method == Unwrapping.LAPLACIAN
        ? LaplacianUnwrapping.unwrap(mask, step.wrapped())
        : growing.unwrap(step.wrapped());
  }

  /**
   * Moves the unwrapped step by multiples of 2 pi to where the first echo says.
   *
   * @param offset phase at time zero, rad
   * @param unwrapped the step, changed in place
   */
  public void followFirstEcho(float[] offset, float[] unwrapped) {
    if (share > FLATTER) {
      return;
    }
    float[] first = new float[unwrapped.length];
    for (int i = 0; i < first.length; i++) {
      boolean seen = images.magnitude(0, i) > 0;
      double phase = seen ? images.phase()[0][i] - offset[i] : share * unwrapped[i];
      first[i] = mask.data()[i] ? (float) Angles.wrap(phase) : 0;
    }
    float[] template =
        method == Unwrapping.LAPLACIAN
            ? LaplacianUnwrapping.unwrap(mask, first)
            : new RegionGrowing(mask, first, step.wrapped(), share, images.magnitude()[0])
                .unwrap(first);
    MaskParts.of(mask).alignTo(unwrapped, share, template);
    for (int i = 0; i < first.length; i++) {
      if (mask.data()[i]) {
        unwrapped[i] = (float) Angles.nearest(unwrapped[i], template[i] / share);
      }
    }
  }
}
