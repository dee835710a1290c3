package org.qsmnode.inversion.adapt;

import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.LeftBackground;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.inversion.data.MaskedMap;
import org.qsmnode.inversion.pdi.PdiInputs;
import org.qsmnode.inversion.pdi.PdiPrediction;
import org.qsmnode.inversion.pdi.TinyModel;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Volume;

/** What a network might say of the blocks of {@link LeftBackground}. */
final class BlockPrediction {

  private BlockPrediction() {}

  /**
   * A posterior as of a network: a part of the truth, with errors of its standard deviation.
   *
   * @param part 0 to 1
   */
  static PdiPrediction of(LocalField field, Posterior start, float part, float sdPpm) {
    PdiInputs inputs = PdiInputs.of(field, start);
    float[] mu =
        inputs.box().crop(new Volume(LeftBackground.MASK.grid(), LeftBackground.TRUTH)).data();
    float[] sd = new float[mu.length];
    float[] errors = new float[mu.length];
    new SeededRandom(11).fillGaussian(errors);
    for (int i = 0; i < mu.length; i++) {
      sd[i] = inputs.mask().data()[i] ? sdPpm : 0;
      mu[i] = part * mu[i] + sd[i] * errors[i];
    }
    MaskedMap.reference(mu, inputs.mask());
    return new PdiPrediction(inputs, mu, sd, TinyModel.of(1).facts().errors().at(0), start);
  }
}
