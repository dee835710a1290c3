package org.qsmnode.inversion;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.qsmnode.field.LocalField;
import org.qsmnode.numeric.Progress;
import org.qsmnode.simulate.CaseFolder;
import org.qsmnode.simulate.InversionCase;
import org.qsmnode.volume.Mask;

/**
 * What free sources outside the mask do to map and field of simulated cases: a row of Markdown a
 * case. Arguments: folders of cases.
 */
public final class OutsideTrial {

  private OutsideTrial() {}

  /** Prints the table. */
  public static void main(String[] folders) throws IOException {
    System.out.println(
        "| case | field | excess, ppb | weight outside | NRMSE of tv % | of the field %"
            + " | of what is left of it % |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (String root : folders) {
      for (Path folder : CaseFolder.list(Path.of(root))) {
        InversionCase one = CaseFolder.read(folder);
        LocalField field = one.field();
        Posterior map = PdiInputs.starter().invert(field, Progress.NONE);
        PdiInputs inputs = PdiInputs.of(field, map);
        Mask mask = inputs.mask();
        float[] chi = inputs.box().crop(one.chiPpm()).data();
        MaskedMap.reference(chi, mask);
        float[] truth = new float[chi.length];
        inputs.dipole().apply(chi, truth);
        float[] measured = inputs.box().crop(field.localPpm()).data();
        System.out.printf(
            Locale.ROOT,
            "| %s | %s | %.2f | %.3f | %.1f | %.1f | %.1f |%n",
            folder.getFileName(),
            one.facts().field(),
            1000 * inputs.excessNoisePpm(),
            map.figure("outsideWeight", 1),
            percent(inputs.startPpm(), chi, inputs),
            percent(measured, truth, inputs),
            percent(inputs.fieldPpm(), truth, inputs));
      }
    }
  }

  /** Error of what is known over the size of the truth, a constant left out. */
  private static double percent(float[] found, float[] truth, PdiInputs inputs) {
    double error = 0;
    double square = 0;
    double sum = 0;
    int count = 0;
    for (int i = 0; i < truth.length; i++) {
      if (inputs.weight()[i] > 0) {
        double difference = found[i] - truth[i];
        error += difference * difference;
        square += truth[i] * truth[i];
        sum += difference;
        count++;
      }
    }
    return 100 * Math.sqrt((error - sum * sum / count) / square);
  }
}
