package org.qsmnode.web;

/**
 * What became of one object.
 *
 * @param sopClassUid empty if it could not be read
 * @param sopInstanceUid empty if it could not be read
 * @param failureReason 0 when the object is kept, else Failure Reason (0008,1197)
 */
public record StowOutcome(String sopClassUid, String sopInstanceUid, int failureReason) {

  /** An object that cannot be understood, PS3.18 table I.2-2. */
  public static final int CANNOT_UNDERSTAND = 0xC000;

  boolean stored() {
    return failureReason == 0;
  }
}
