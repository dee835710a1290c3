package org.qsmnode.store;

/** An object was to be issued under a UID that stands for other bytes already. */
public final class UidConflictException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UidConflictException(String sopInstanceUid) {
    super("the UID " + sopInstanceUid + " was issued before with other content");
  }
}
