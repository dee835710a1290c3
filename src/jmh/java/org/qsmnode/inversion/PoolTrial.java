package org.qsmnode.inversion;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.qsmnode.field.LocalField;
import org.qsmnode.simulate.CaseFolder;
import org.qsmnode.simulate.InversionCase;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/**
 * How well the weights of least estimated risk do on cases with known truth, whatever the excess
 * noise of their field: error of the maps that are pooled, of the pool, and of the best pool.
 *
 * <p>Arguments: MODEL stated|unstated CASE...; with {@code unstated} the standard deviation of the
 * field is withheld.
 */
public final class PoolTrial {

  private static final int STEPS = 20;

  private PoolTrial() {}

  public static void main(String[] args) throws IOException {
    PdiModel model = PdiModel.read(Path.of(args[0]));
    System.out.println(
        "| case | field | excess, ppb | hidden, ppb | network % | adapted % | start % |"
            + " weight of adapted | of start | pool % | ratio to network | best pool % |\n"
            + "|---|---|---|---|---|---|---|---|---|---|---|---|");
    for (String folder : List.of(args).subList(2, args.length)) {
      InversionCase one = CaseFolder.read(Path.of(folder));
      LocalField field =
          args[1].equals("stated")
              ? one.field()
              : one.field().withSdPpm(Volume.zeros(one.field().grid()));
      PdiPrediction prediction = TrialPrediction.of(field, model);
      PdiInputs inputs = prediction.inputs();
      FieldRisk risk = new FieldRisk(inputs, prediction.start());
      PooledMaps maps = TrialPrediction.adapted(prediction, field).maps();
      LocalField disturbed = risk.disturbed(field);
      PooledMaps again =
          TrialPrediction.adapted(TrialPrediction.of(disturbed, model), disturbed).maps();
      PooledMaps.Weights found = risk.best(maps, again);
      Mask mask = inputs.mask();
      float[] truth = inputs.box().crop(one.chiPpm()).data();
      double best = Double.POSITIVE_INFINITY;
      for (int a = 0; a <= STEPS; a++) {
        for (int s = 0; a + s <= STEPS; s++) {
          double p = (double) a / STEPS;
          double q = (double) s / STEPS;
          best = Math.min(best, nrmse(maps.pool(new PooledMaps.Weights(p, q)), truth, mask));
        }
      }
      double network = nrmse(maps.network(), truth, mask);
      double pool = nrmse(maps.pool(found), truth, mask);
      System.out.printf(
          Locale.ROOT,
          "| %s | %s | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.3f | %.2f"
              + " |%n",
          Path.of(folder).getFileName(),
          one.facts().field(),
          1000 * inputs.excessNoisePpm(),
          1000 * inputs.hiddenExcessPpm(),
          network,
          nrmse(maps.adapted(), truth, mask),
          nrmse(maps.start(), truth, mask),
          found.adapted(),
          found.start(),
          pool,
          pool / network,
          best);
    }
  }

  static double nrmse(float[] map, float[] truth, Mask mask) {
    double shift = MaskedMap.mean(map, mask) - MaskedMap.mean(truth, mask);
    double offset = MaskedMap.mean(truth, mask);
    double error = 0;
    double power = 0;
    for (int i = 0; i < map.length; i++) {
      if (mask.data()[i]) {
        error += Math.pow(map[i] - truth[i] - shift, 2);
        power += Math.pow(truth[i] - offset, 2);
      }
    }
    return 100 * Math.sqrt(error / power);
  }
}
