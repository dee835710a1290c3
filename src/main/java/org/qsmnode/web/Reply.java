package org.qsmnode.web;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP response.
 *
 * @param body bytes or an input stream, null for none
 */
record Reply(int status, String contentType, @Nullable Object body) {

  static final String DICOM_JSON = "application/dicom+json";

  static Reply ok(String contentType, Object body) {
    return new Reply(200, contentType, body);
  }

  static Reply noContent() {
    return new Reply(204, DICOM_JSON, null);
  }
}
