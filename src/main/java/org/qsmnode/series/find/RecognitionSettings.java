package org.qsmnode.series.find;

import java.util.List;

/**
 * What an acquisition must have.
 *
 * @param minimumEchoes fewest echo times, at least 2
 * @param minimumSlices fewest slices, at least 2
 * @param siteRules first match wins over the built-in tables
 */
public record RecognitionSettings(int minimumEchoes, int minimumSlices, List<SiteRule> siteRules) {

  /** Fewer echoes than this are reconstructed but flagged as short. */
  static final int RECOMMENDED_ECHOES = 3;

  public RecognitionSettings {
    if (minimumEchoes < 2) {
      throw new IllegalArgumentException("minimumEchoes must be at least 2");
    }
    if (minimumSlices < 2) {
      throw new IllegalArgumentException("minimumSlices must be at least 2");
    }
    siteRules = List.copyOf(siteRules);
  }

  /** Two echoes, 16 slices, no site rules. */
  public static RecognitionSettings defaults() {
    return new RecognitionSettings(2, 16, List.of());
  }
}
