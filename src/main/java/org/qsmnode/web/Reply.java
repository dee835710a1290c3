package org.qsmnode.web;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP response.
 *
 * @param body bytes or an input stream, null for none
 * @param warnings sentences for the header Warning, code 299 (PS3.18 8.3.4); ASCII without quotes
 */
record Reply(int status, String contentType, @Nullable Object body, List<String> warnings) {

  static final String DICOM_JSON = "application/dicom+json";

  Reply {
    warnings = List.copyOf(warnings);
  }

  Reply(int status, String contentType, @Nullable Object body) {
    this(status, contentType, body, List.of());
  }

  static Reply ok(String contentType, Object body) {
    return new Reply(200, contentType, body);
  }

  static Reply noContent() {
    return new Reply(204, DICOM_JSON, null);
  }

  Reply with(List<String> moreWarnings) {
    return new Reply(status, contentType, body, moreWarnings);
  }

  /** The value of the header Warning (RFC 7234 5.5). */
  String warning() {
    return warnings.stream()
        .map(sentence -> "299 qsm-node \"" + sentence + "\"")
        .collect(Collectors.joining(", "));
  }
}
