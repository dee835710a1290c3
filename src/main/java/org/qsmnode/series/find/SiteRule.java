package org.qsmnode.series.find;

import java.util.Locale;
import java.util.Optional;
import org.qsmnode.series.header.Scanner;

/**
 * What a site knows better than the built-in tables about one scanner.
 *
 * @param manufacturer part of Manufacturer's {@code Vendor} name, empty for any
 * @param model part of ManufacturerModelName, any case, empty for any
 * @param software part of SoftwareVersions, any case, empty for any
 * @param phaseSign +1 where phase grows with field, -1 where it falls, 0 to leave the table's
 * @param magnet direction of the main field, if the table's is to be overruled
 */
public record SiteRule(
    String manufacturer, String model, String software, int phaseSign, Optional<Magnet> magnet) {

  public SiteRule {
    if (phaseSign < -1 || phaseSign > 1) {
      throw new IllegalArgumentException("phaseSign must be -1, 0 or +1");
    }
  }

  boolean matches(Scanner scanner) {
    return contains(scanner.vendor().name(), manufacturer)
        && contains(scanner.model(), model)
        && contains(scanner.software(), software);
  }

  private static boolean contains(String text, String part) {
    return text.toUpperCase(Locale.ROOT).contains(part.toUpperCase(Locale.ROOT));
  }
}
