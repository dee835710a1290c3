package org.dcm4che3.data;

/** A text cannot be copied, as the target has another character set than its source. */
public class IncompatibleSpecificCharacterSetException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  public IncompatibleSpecificCharacterSetException(String message) {
    super(message);
  }
}
