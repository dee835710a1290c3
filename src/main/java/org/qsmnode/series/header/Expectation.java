package org.qsmnode.series.header;

/**
 * How much of an acquisition the headers announce; 0 where they are silent.
 *
 * @param slices slices per echo and component, from GE (0021,104F) or Philips (2001,1018)
 * @param echoes echoes, from GE (0019,107E), Philips (2001,1014) or a plausible EchoTrainLength
 * @param concatenationUid ConcatenationUID (0020,9161), empty if absent
 * @param concatenationPart InConcatenationNumber (0020,9162)
 * @param concatenationParts InConcatenationTotalNumber (0020,9163)
 */
public record Expectation(
    int slices,
    int echoes,
    String concatenationUid,
    int concatenationPart,
    int concatenationParts) {

  /** Headers that announce nothing. */
  public static final Expectation NONE = new Expectation(0, 0, "", 0, 0);
}
