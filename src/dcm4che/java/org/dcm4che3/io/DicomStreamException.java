package org.dcm4che3.io;

import java.io.IOException;

/** The bytes are no DICOM data set, or break the rules of its encoding. */
public class DicomStreamException extends IOException {
  private static final long serialVersionUID = 1L;

  public DicomStreamException() {}

  public DicomStreamException(String message) {
    super(message);
  }

  public DicomStreamException(Throwable cause) {
    super(cause);
  }

  public DicomStreamException(String message, Throwable cause) {
    super(message, cause);
  }
}
