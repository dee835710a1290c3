package org.qsmnode.field.data;

/** The images can be read, but no local field that one may trust comes out of them. */
public final class FieldMappingException extends Exception {

  private static final long serialVersionUID = 1;

  /** Why there is no local field. */
  public enum Code {
    /** Fewer than two echoes: the phase offset cannot be told from the field. */
    TOO_FEW_ECHOES,
    /** No voxels, or too few, stand out of the noise. */
    LOW_SIGNAL,
    /** No connected object of plausible size was found, or the user's mask leaves nothing. */
    EMPTY_MASK,
    /** The user's mask has another matrix than the images. */
    MASK_MISMATCH,
    /** The field runs against the field of a head in air: the phase sign is doubtful, hold. */
    SIGN_CONFLICT,
    /** The phase has nothing on a large scale: it was high-pass filtered. */
    FILTERED_PHASE,
    /** Angles between the two sides of wraps: the phase was interpolated as a number. */
    INTERPOLATED_PHASE,
    /** The field looks as if the main field lay along another axis. */
    FIELD_DIRECTION
  }

  private final Code code;

  public FieldMappingException(Code code, String message) {
    super(message);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
