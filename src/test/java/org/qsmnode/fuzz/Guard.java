package org.qsmnode.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.LongConsumer;

/** Reads inputs within the bounds on memory and time; beyond them the input is a finding. */
final class Guard {

  /** A thousand times what the slowest sound input needs. */
  private static final Duration MOST_TIME = Duration.ofSeconds(5);

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final FuzzTarget target;
  private final LongConsumer record;
  private long mostAllocated;

  private record Cost(long bytes, Duration time) {}

  /**
   * A guard.
   *
   * @param record told the most bytes that an input has allocated, whenever it grows by a tenth
   */
  Guard(FuzzTarget target, LongConsumer record) {
    this.target = target;
    this.record = record;
  }

  /**
   * Reads one input on the current thread; a second time if classes may have been loaded for it.
   */
  void read(byte[] input) throws Exception {
    Cost cost = measured(input);
    if (tooMuch(cost, input)) {
      cost = measured(input);
    }
    if (tooMuch(cost, input)) {
      throw new AssertionError(
          "%s: %d bytes of input take %s and %d bytes of memory, more than %d"
              .formatted(
                  target.name(),
                  input.length,
                  cost.time(),
                  cost.bytes(),
                  target.mayAllocate(input)));
    }
    if (cost.bytes() > mostAllocated + mostAllocated / 10) {
      mostAllocated = cost.bytes();
      record.accept(mostAllocated);
    }
  }

  private boolean tooMuch(Cost cost, byte[] input) {
    return cost.bytes() > target.mayAllocate(input) || cost.time().compareTo(MOST_TIME) > 0;
  }

  private Cost measured(byte[] input) throws Exception {
    long began = System.nanoTime();
    long before = threads.getCurrentThreadAllocatedBytes();
    target.read(input);
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    return new Cost(bytes, Duration.ofNanos(System.nanoTime() - began));
  }
}
