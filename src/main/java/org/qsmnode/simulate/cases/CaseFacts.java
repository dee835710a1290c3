package org.qsmnode.simulate.cases;

import java.util.Arrays;
import java.util.List;
import org.qsmnode.field.FieldOrigin;

/**
 * How an inversion case came about.
 *
 * @param family name of the generator's family, for example {@code head} or {@code calcification}
 * @param seed what everything random follows from
 * @param head {@code procedural}, {@code geometric} or the name of a label map
 * @param field how the local field was found
 * @param findings names of {@code Pathology}
 * @param fieldStrengthTesla main field
 * @param echoTimesSeconds echoes of the sequence
 * @param peakSnr peak signal over noise of one channel at the first echo
 * @param tiltDegrees angle between the main field and the nearest voxel axis
 */
public record CaseFacts(
    String family,
    long seed,
    String head,
    FieldOrigin field,
    List<String> findings,
    double fieldStrengthTesla,
    List<Double> echoTimesSeconds,
    double peakSnr,
    double tiltDegrees) {

  public CaseFacts {
    findings = List.copyOf(findings);
    echoTimesSeconds = List.copyOf(echoTimesSeconds);
  }

  /** Echo times that are handed over with the field, in seconds; empty if the family has none. */
  public List<Double> statedEchoTimesSeconds() {
    boolean none =
        Arrays.stream(CaseFamily.values())
            .filter(row -> row.handover == CaseFamily.Handover.FIELD_ALONE)
            .anyMatch(row -> row.commandName().equals(family));
    return none ? List.of() : echoTimesSeconds;
  }
}
