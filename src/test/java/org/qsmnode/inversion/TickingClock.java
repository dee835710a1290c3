package org.qsmnode.inversion;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock for tests of time budgets. */
public final class TickingClock {

  private TickingClock() {}

  /** Nanoseconds that go on by a second whenever they are read. */
  public static LongSupplier seconds() {
    AtomicLong seconds = new AtomicLong();
    return () -> seconds.getAndIncrement() * 1_000_000_000L;
  }
}
