package org.qsmnode.series.find;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.qsmnode.series.header.Scanner;
import org.qsmnode.volume.Vector3;

/** How the main field lies: along a horizontal bore, or vertical between two poles. */
public enum Magnet {
  HORIZONTAL,
  VERTICAL;

  private static final List<String> VERTICAL_MODELS =
      List.of(
          "AIRIS",
          "APERTO",
          "OASIS",
          "ALTAIRE",
          "PANORAMA",
          "OVATION",
          "OPENSPEED",
          "SIGNA PROFILE",
          "OPART",
          "MAGNETOM C!",
          "CONCERTO",
          "MAGNETOM OPEN",
          "G-SCAN",
          "S-SCAN");
  private static final double OPEN_MAGNET_LIMIT_TESLA = 1.25;

  /**
   * Unit vector of the main field in patient coordinates (LPS), empty where it is not known.
   *
   * <p>In a bore the field lies along the patient in every position. Between poles it lies
   * front-to-back in a supine or prone patient and side-to-side in a decubitus one.
   */
  static Optional<Vector3> direction(
      Scanner scanner, double fieldStrengthTesla, RecognitionSettings settings) {
    Optional<Magnet> magnet =
        settings.siteRules().stream()
            .filter(rule -> rule.magnet().isPresent() && rule.matches(scanner))
            .findFirst()
            .flatMap(SiteRule::magnet)
            .or(() -> ofModel(scanner, fieldStrengthTesla));
    return magnet.flatMap(
        m -> m == HORIZONTAL ? Optional.of(Vector3.Z) : vertical(scanner.patientPosition()));
  }

  private static Optional<Magnet> ofModel(Scanner scanner, double fieldStrengthTesla) {
    String model = scanner.model().toUpperCase(Locale.ROOT);
    if (VERTICAL_MODELS.stream().anyMatch(model::contains)) {
      return Optional.of(VERTICAL);
    }
    boolean knownBores =
        switch (scanner.vendor()) {
          case SIEMENS, GE, PHILIPS, UIH, CANON, BRUKER -> true;
          case FUJIFILM -> model.contains("ECHELON");
          case OTHER -> false;
        };
    return knownBores || fieldStrengthTesla >= OPEN_MAGNET_LIMIT_TESLA
        ? Optional.of(HORIZONTAL)
        : Optional.empty();
  }

  private static Optional<Vector3> vertical(String patientPosition) {
    return switch (patientPosition) {
      case "HFS", "HFP", "FFS", "FFP" -> Optional.of(Vector3.Y);
      case "HFDR", "HFDL", "FFDR", "FFDL" -> Optional.of(Vector3.X);
      default -> Optional.empty();
    };
  }
}
