package org.qsmnode.camel;

/**
 * A status other than success (PS3.7 annex C). A route throws it to answer a request with that
 * status; a requestor gets it as the answer to its request.
 *
 * <p>The comment goes to the peer, cut to 64 characters; it never holds a value of a patient
 * attribute.
 */
public final class DicomStatusException extends Exception {

  /** Out of resources, PS3.4 B.2.3. */
  public static final int OUT_OF_RESOURCES = 0xA700;

  /** The data set does not match the SOP class or instance of the command, PS3.4 B.2.3. */
  public static final int DATA_SET_DOES_NOT_MATCH = 0xA900;

  /** The data set cannot be understood, PS3.4 B.2.3. */
  public static final int CANNOT_UNDERSTAND = 0xC000;

  /** Another object has this SOP Instance UID, PS3.7 C.5.2. */
  public static final int DUPLICATE_SOP_INSTANCE = 0x0111;

  private static final long serialVersionUID = 1L;

  private final int status;

  public DicomStatusException(int status, String comment) {
    super(comment);
    this.status = status;
  }

  static DicomStatusException answered(String operation, int status) {
    return new DicomStatusException(status, String.format("%s answered %04X", operation, status));
  }

  public int status() {
    return status;
  }

  /** The message as it goes to the peer. */
  public String comment() {
    String message = String.valueOf(getMessage());
    return message.length() <= 64 ? message : message.substring(0, 64);
  }
}
