package org.qsmnode.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.qsmnode.series.find.Magnet;
import org.qsmnode.series.find.SiteRule;

/**
 * Site rules as text: {@code manufacturer/model/software:phase-sign=-1,magnet=vertical}, several
 * separated by semicolons. An empty part matches any scanner. {@code phase-sign} is +1 or -1,
 * {@code magnet} is horizontal or vertical, and each may be left out.
 */
final class SiteRules {

  private SiteRules() {}

  /**
   * Reads the rules.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  static List<SiteRule> parse(String text) {
    List<SiteRule> rules = new ArrayList<>();
    for (String rule : text.split(";", -1)) {
      if (!rule.isBlank()) {
        rules.add(rule(rule.trim()));
      }
    }
    return rules;
  }

  static boolean isWellFormed(String text) {
    try {
      parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static SiteRule rule(String text) {
    int colon = text.lastIndexOf(':');
    String[] scanner = text.substring(0, Math.max(0, colon)).split("/", -1);
    if (colon < 0 || scanner.length != 3) {
      throw new IllegalArgumentException("a site rule is manufacturer/model/software:action");
    }
    int phaseSign = 0;
    Optional<Magnet> magnet = Optional.empty();
    for (String action : text.substring(colon + 1).split(",", -1)) {
      switch (action.trim()) {
        case "phase-sign=+1", "phase-sign=1" -> phaseSign = 1;
        case "phase-sign=-1" -> phaseSign = -1;
        case "magnet=horizontal", "magnet=vertical" ->
            magnet =
                Optional.of(Magnet.valueOf(action.trim().substring(7).toUpperCase(Locale.ROOT)));
        default ->
            throw new IllegalArgumentException(
                "a site rule's action is phase-sign=+1, phase-sign=-1, magnet=horizontal or"
                    + " magnet=vertical");
      }
    }
    return new SiteRule(scanner[0].trim(), scanner[1].trim(), scanner[2].trim(), phaseSign, magnet);
  }
}
