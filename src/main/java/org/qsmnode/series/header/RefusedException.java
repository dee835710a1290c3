package org.qsmnode.series.header;

/** Input that is refused for a stated reason; no defect of the software. */
public final class RefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Reason reason;

  public RefusedException(Reason reason) {
    super(reason.code() + ": " + reason.sentence());
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
