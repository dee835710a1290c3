package org.qsmnode.series.find;

import org.qsmnode.series.header.Scanner;

/**
 * Whether a scanner's phase grows with the field.
 *
 * @param sign +1 if it grows, -1 if it falls
 * @param known false where no rule covers the scanner and growth is assumed
 */
public record PhaseSign(int sign, boolean known) {

  public static PhaseSign of(Scanner scanner, RecognitionSettings settings) {
    for (SiteRule rule : settings.siteRules()) {
      if (rule.phaseSign() != 0 && rule.matches(scanner)) {
        return new PhaseSign(rule.phaseSign(), true);
      }
    }
    return switch (scanner.vendor()) {
      case SIEMENS, PHILIPS -> new PhaseSign(1, true);
      case GE, UIH -> new PhaseSign(-1, true);
      case CANON, FUJIFILM, BRUKER, OTHER -> new PhaseSign(1, false);
    };
  }
}
