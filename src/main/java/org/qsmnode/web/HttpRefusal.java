package org.qsmnode.web;

import java.io.IOException;

/** A request that is answered with an HTTP status of 4xx and a sentence. */
final class HttpRefusal extends IOException {

  static final int BAD_REQUEST = 400;
  static final int NOT_FOUND = 404;
  static final int NOT_ACCEPTABLE = 406;
  static final int UNSUPPORTED_MEDIA_TYPE = 415;

  private static final long serialVersionUID = 1L;

  private final int status;

  HttpRefusal(int status, String sentence) {
    super(sentence);
    this.status = status;
  }

  int status() {
    return status;
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
