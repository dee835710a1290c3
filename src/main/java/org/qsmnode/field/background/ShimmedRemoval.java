package org.qsmnode.field.background;

import java.util.function.DoubleConsumer;
import org.qsmnode.field.data.TotalField;

/**
 * Background removal after a second-order {@link Shim} of the field. What a scanner's shim left is
 * background. Sources in a shell around the mask that are kept small cannot make all of it, and
 * iterations over neighbours take long to.
 */
final class ShimmedRemoval implements BackgroundRemoval {

  private final BackgroundRemoval removal;

  ShimmedRemoval(BackgroundRemoval removal) {
    this.removal = removal;
  }

  @Override
  public String name() {
    return removal.name();
  }

  @Override
  public String parameters() {
    return removal.parameters();
  }

  @Override
  public Result remove(TotalField total, DoubleConsumer progress) {
    float[] sd = total.sdPpm();
    boolean[] known = total.mask().data().clone();
    for (int i = 0; i < known.length; i++) {
      known[i] &= sd[i] < Float.POSITIVE_INFINITY;
    }
    float[] ppm = total.ppm().clone();
    Shim.apply(total.grid(), known, ppm);
    return removal.remove(new TotalField(ppm, sd, total.mask(), total.b0()), progress);
  }
}
