package org.qsmnode.simulate.cases;

import java.util.EnumSet;
import java.util.Set;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.simulate.head.Pathology;

/**
 * How often the heads of a family have findings.
 *
 * @param lesions probability of white matter lesions
 * @param microbleeds probability of small bleeds
 * @param always findings of every head
 */
record FindingRates(double lesions, double microbleeds, Set<Pathology> always) {

  private static final double SOME_LESIONS = 0.3;
  private static final double SOME_BLEEDS = 0.25;

  /** Lesions and small bleeds in some. */
  static final FindingRates USUAL = lesions(SOME_LESIONS);

  /** None in any. */
  static final FindingRates HEALTHY = new FindingRates(0, 0, Set.of());

  /** Small bleeds in some, lesions with another probability. */
  static FindingRates lesions(double probability) {
    return new FindingRates(probability, SOME_BLEEDS, Set.of());
  }

  /** Lesions and small bleeds in some, {@code finding} in all. */
  static FindingRates always(Pathology finding) {
    return new FindingRates(SOME_LESIONS, SOME_BLEEDS, Set.of(finding));
  }

  /** The findings of one head. A healthy family draws no number. */
  Set<Pathology> draw(SeededRandom random) {
    EnumSet<Pathology> findings = EnumSet.noneOf(Pathology.class);
    if (equals(HEALTHY)) {
      return findings;
    }
    if (random.uniform() < lesions) {
      findings.add(Pathology.LESIONS);
    }
    if (random.uniform() < microbleeds) {
      findings.add(Pathology.MICROBLEEDS);
    }
    findings.addAll(always);
    return findings;
  }
}
