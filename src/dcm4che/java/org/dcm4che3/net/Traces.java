package org.dcm4che3.net;

/** Stack traces without messages, which may quote values of a data set. */
final class Traces {

  private Traces() {}

  static Throwable of(Throwable e) {
    Throwable bare = new Throwable(e.getClass().getName());
    bare.setStackTrace(e.getStackTrace());
    return bare;
  }
}
