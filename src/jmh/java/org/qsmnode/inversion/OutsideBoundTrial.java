package org.qsmnode.inversion;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.qsmnode.field.LocalField;
import org.qsmnode.simulate.CaseFolder;
import org.qsmnode.simulate.InversionCase;
import org.qsmnode.volume.Mask;

/**
 * What adaptation does whatever the excess noise of a field, once with sources outside the mask
 * fixed at what the start map found and once with them as further unknowns of the bound. Arguments:
 * MODEL CASE...
 */
public final class OutsideBoundTrial {

  /** Prior of a source outside, so wide that it hardly counts. */
  private static final float OUTSIDE_SD_PPM = 0.5f;

  private static final int STEPS = 80;

  private OutsideBoundTrial() {}

  public static void main(String[] args) throws IOException {
    PdiModel model = PdiModel.read(Path.of(args[0]));
    System.out.println(
        "| case | field | excess, ppb | hidden, ppb | network % | adapted, outside fixed %"
            + " | adapted, outside free % | half way %, fixed | half way %, free |\n"
            + "|---|---|---|---|---|---|---|---|---|");
    for (String folder : List.of(args).subList(1, args.length)) {
      InversionCase one = CaseFolder.read(Path.of(folder));
      LocalField field = one.field();
      PdiPrediction prediction = TrialPrediction.of(field, model);
      PdiInputs inputs = prediction.inputs();
      float[] truth = inputs.box().crop(one.chiPpm()).data();
      PooledMaps fixed = adapted(prediction, field, 0);
      PooledMaps free = adapted(prediction, field, OUTSIDE_SD_PPM);
      PooledMaps.Weights half = new PooledMaps.Weights(0.5, 0);
      Mask mask = inputs.mask();
      System.out.printf(
          Locale.ROOT,
          "| %s | %s | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |%n",
          Path.of(folder).getFileName(),
          one.facts().field(),
          1000 * inputs.excessNoisePpm(),
          1000 * inputs.hiddenExcessPpm(),
          PoolTrial.nrmse(prediction.mu(), truth, mask),
          PoolTrial.nrmse(fixed.adapted(), truth, mask),
          PoolTrial.nrmse(free.adapted(), truth, mask),
          PoolTrial.nrmse(fixed.pool(half), truth, mask),
          PoolTrial.nrmse(free.pool(half), truth, mask));
    }
  }

  private static PooledMaps adapted(PdiPrediction prediction, LocalField field, float outsideSd) {
    PdiInputs inputs = prediction.inputs();
    boolean[] inside = inputs.mask().data();
    float[] sd = prediction.sd().clone();
    for (int i = 0; i < sd.length; i++) {
      sd[i] = inside[i] ? sd[i] : outsideSd;
    }
    Elbo elbo = Elbo.forPatient(prediction, field);
    MeanAdaptation means =
        new MeanAdaptation(inputs, elbo, prediction.mu(), elbo.sdBelowFlat(prediction.sd()), sd, 1);
    for (int step = 0; step < STEPS; step++) {
      means.step();
    }
    return new PooledMaps(prediction.mu(), means.mu(), inputs.startPpm());
  }
}
