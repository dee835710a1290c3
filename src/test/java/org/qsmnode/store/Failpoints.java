package org.qsmnode.store;

import java.util.function.Consumer;

/** The door through which tests of other packages hear of failpoints. */
public final class Failpoints {

  private Failpoints() {}

  /** Tells a test of every point that is reached in this process, on the thread that reached it. */
  public static void listen(Consumer<Failpoint> listener) {
    Failpoint.listen(listener::accept);
  }

  /** Nobody is told any more. */
  public static void silence() {
    Failpoint.listen(null);
  }
}
