package org.qsmnode.inversion.adapt;

import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.inversion.classic.TkdInversion;
import org.qsmnode.numeric.Progress;

/** A quick start map, by thresholded division, for tests to change in one respect. */
class Starter implements Inversion {

  private final Inversion map = new TkdInversion(0.19);

  @Override
  public String name() {
    return map.name();
  }

  @Override
  public String parameters() {
    return map.parameters();
  }

  @Override
  public Posterior invert(LocalField field, Progress progress) {
    return map.invert(field, progress);
  }
}
