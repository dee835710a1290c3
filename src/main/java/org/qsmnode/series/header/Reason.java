package org.qsmnode.series.header;

/**
 * A reason code with one plain sentence about this very case; never holds a value of a patient
 * attribute.
 *
 * @param code stable code
 * @param sentence one sentence with counts where they help
 */
public record Reason(ReasonCode code, String sentence) {

  /** The code with its general sentence. */
  public static Reason of(ReasonCode code) {
    return new Reason(code, code.sentence());
  }
}
