package org.qsmnode.app;

/** Exit status of every command. */
final class ExitStatus {

  static final int DONE = 0;
  static final int FAILURE = 1;
  static final int WRONG_USAGE = 2;
  static final int INPUT_REFUSED = 3;

  private ExitStatus() {}
}
