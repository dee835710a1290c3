package org.qsmnode.inversion;

import java.util.function.LongSupplier;

/** What is left of the time that an inversion may take. */
public final class TimeBudget {

  /** How much longer than the longest before it the next step may take. */
  public static final double CAUTION = 1.2;

  private final LongSupplier nanoTime;
  private final long begin;
  private final double seconds;

  /**
   * A budget that begins now.
   *
   * @param nanoTime clock
   */
  public TimeBudget(LongSupplier nanoTime, double seconds) {
    this(nanoTime, nanoTime.getAsLong(), seconds);
  }

  private TimeBudget(LongSupplier nanoTime, long begin, double seconds) {
    this.nanoTime = nanoTime;
    this.begin = begin;
    this.seconds = seconds;
  }

  /** A budget that never ends. */
  public static TimeBudget unlimited() {
    return new TimeBudget(System::nanoTime, Double.POSITIVE_INFINITY);
  }

  /** Seconds since the budget began. */
  public double spent() {
    return (nanoTime.getAsLong() - begin) / 1e9;
  }

  /** Seconds until the budget ends; negative after its end. */
  public double left() {
    return seconds - spent();
  }

  /** Whether something of this length ends in time, though it take somewhat longer. */
  public boolean allows(double length) {
    return CAUTION * length <= left();
  }

  /** This budget without its last seconds. */
  public TimeBudget without(double last) {
    return new TimeBudget(nanoTime, begin, seconds - last);
  }

  /** A part of what is left. */
  public TimeBudget share(double part) {
    double now = spent();
    return new TimeBudget(nanoTime, begin, now + part * (seconds - now));
  }
}
