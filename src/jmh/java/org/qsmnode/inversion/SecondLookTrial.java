package org.qsmnode.inversion;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.qsmnode.field.LocalField;
import org.qsmnode.numeric.Progress;
import org.qsmnode.simulate.CaseFolder;
import org.qsmnode.simulate.InversionCase;

/**
 * What each part of {@link PdiViInversion} does for fields in which background removal erred: NRMSE
 * of the start map, of the network and after adaptation, in the first look and in the second.
 * Arguments: MODEL CASE...
 */
public final class SecondLookTrial {

  private SecondLookTrial() {}

  public static void main(String[] args) throws IOException {
    PdiModel model = PdiModel.read(Path.of(args[0]));
    PdiModel second = model.secondLook().orElseThrow();
    System.out.println(
        "| case | excess, ppb | hidden, ppb | start % | network % | adapted % | second start %"
            + " | second network % | adapted % | shown % |\n"
            + "|---|---|---|---|---|---|---|---|---|---|");
    for (String folder : List.of(args).subList(1, args.length)) {
      InversionCase one = CaseFolder.read(Path.of(folder));
      LocalField field = one.field();
      PdiPrediction first = TrialPrediction.of(field, model);
      if (first.start().outsidePpm().isEmpty()) {
        continue;
      }
      Posterior start = new SecondLook(model, PdiInputs.starter()).invert(field, Progress.NONE);
      PdiPrediction answer =
          PdiPrediction.of(field, start, second, MirroredViews.ALL, Progress.NONE);
      PdiInputs inputs = answer.inputs();
      float[] truth = inputs.box().crop(one.chiPpm()).data();
      PdiAdaptation once = TrialPrediction.adapted(first, field);
      PdiAdaptation again = TrialPrediction.adapted(answer, field);
      System.out.printf(
          Locale.ROOT,
          "| %s | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |%n",
          Path.of(folder).getFileName(),
          1000 * inputs.excessNoisePpm(),
          1000 * inputs.hiddenExcessPpm(),
          PoolTrial.nrmse(first.inputs().startPpm(), truth, inputs.mask()),
          PoolTrial.nrmse(first.mu(), truth, inputs.mask()),
          PoolTrial.nrmse(once.maps().adapted(), truth, inputs.mask()),
          PoolTrial.nrmse(inputs.startPpm(), truth, inputs.mask()),
          PoolTrial.nrmse(answer.mu(), truth, inputs.mask()),
          PoolTrial.nrmse(again.maps().adapted(), truth, inputs.mask()),
          PoolTrial.nrmse(again.mu(), truth, inputs.mask()));
    }
  }
}
