package org.qsmnode.camel;

/**
 * Where an exception came from, for the log, without the messages: those of libraries may quote
 * values of a data set.
 */
public final class QuietTrace extends Exception {

  private static final long serialVersionUID = 1L;

  private QuietTrace(Throwable origin) {
    super(origin.getClass().getName(), origin.getCause() == null ? null : of(origin.getCause()));
    setStackTrace(origin.getStackTrace());
  }

  public static QuietTrace of(Throwable origin) {
    return new QuietTrace(origin);
  }
}
