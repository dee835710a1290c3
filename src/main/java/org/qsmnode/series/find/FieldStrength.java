package org.qsmnode.series.find;

import java.util.OptionalDouble;
import org.qsmnode.series.header.Scanner;
import org.qsmnode.volume.FieldUnits;

/** Main field from the proton frequency, or from the nominal field where there is none. */
final class FieldStrength {

  private static final double LOWEST_TESLA = 0.06;
  private static final double HIGHEST_TESLA = 12;
  private static final double HIGHEST_NOMINAL_TESLA = 20;
  private static final double GAUSS_PER_TESLA = 1e4;
  private static final double HIGHEST_MHZ = 1e4;

  private FieldStrength() {}

  /** Field in tesla, empty where the header gives none that is plausible. */
  static OptionalDouble tesla(Scanner scanner) {
    double nominal = scanner.fieldStrengthTesla();
    if (nominal > HIGHEST_NOMINAL_TESLA) {
      nominal /= GAUSS_PER_TESLA;
    }
    boolean proton = scanner.nucleus().isEmpty() || scanner.nucleus().equals(Scanner.PROTON);
    double measured = megahertz(scanner) / FieldUnits.GAMMA_BAR_MHZ_PER_TESLA;
    if (proton && plausible(measured)) {
      return OptionalDouble.of(measured);
    }
    return proton && plausible(nominal) ? OptionalDouble.of(nominal) : OptionalDouble.empty();
  }

  /** Frequency in MHz; some makers write Hz. */
  static double megahertz(Scanner scanner) {
    double frequency = scanner.imagingFrequencyMhz();
    return frequency > HIGHEST_MHZ ? frequency / 1e6 : frequency;
  }

  private static boolean plausible(double tesla) {
    return tesla >= LOWEST_TESLA && tesla <= HIGHEST_TESLA;
  }
}
