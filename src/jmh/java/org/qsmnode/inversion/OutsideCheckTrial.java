package org.qsmnode.inversion;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.qsmnode.field.LocalField;
import org.qsmnode.numeric.Progress;
import org.qsmnode.simulate.CaseFolder;
import org.qsmnode.simulate.InversionCase;

/**
 * For which fields total variation frees sources outside at its first look, for which after its
 * check, and what that does to the map. Arguments: CASE...
 */
public final class OutsideCheckTrial {

  private OutsideCheckTrial() {}

  public static void main(String[] args) throws IOException {
    Inversion hasty = PdiInputs.starter();
    Inversion checking = TvInversion.checking(TvSettings.defaults());
    System.out.println(
        "| case | field | first look | after the check | steps | NRMSE % by first look"
            + " | NRMSE % with the check |\n"
            + "|---|---|---|---|---|---|---|");
    for (String folder : args) {
      InversionCase one = CaseFolder.read(Path.of(folder));
      LocalField field = one.field();
      Posterior first = hasty.invert(field, Progress.NONE);
      Posterior checked =
          first.outsidePpm().isPresent() ? checking.invert(field, Progress.NONE) : first;
      System.out.printf(
          Locale.ROOT,
          "| %s | %s | %s | %s | %.0f | %.2f | %.2f |%n",
          Path.of(folder).getFileName(),
          one.facts().field(),
          verdict(first),
          verdict(checked),
          checked.figure("iterations", 0),
          nrmse(first, one),
          nrmse(checked, one));
    }
  }

  private static String verdict(Posterior map) {
    return map.outsidePpm().isPresent() ? "errors" : "exact";
  }

  private static double nrmse(Posterior map, InversionCase one) {
    return PoolTrial.nrmse(map.chiPpm().data(), one.chiPpm().data(), one.field().mask());
  }
}
