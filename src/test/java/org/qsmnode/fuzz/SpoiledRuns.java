package org.qsmnode.fuzz;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Reads many spoiled inputs on one thread; an input that does not end is a finding too. */
final class SpoiledRuns {

  private static final long SEED = 20261130;
  private static final int SECONDS_BEFORE_A_HANG = 60;

  private final FuzzTarget target;
  private final Mutator mutants;
  private final Path findings;
  private final AtomicLong runs = new AtomicLong();
  private volatile long mostAllocated;
  private volatile byte[] current = {};

  SpoiledRuns(FuzzTarget target, List<byte[]> inputs, Path findings) {
    this.target = target;
    this.mutants = new Mutator(inputs, SEED);
    this.findings = findings;
  }

  /** Reads until the number is reached; empty, or what was found. */
  String run(long wanted) throws Exception {
    ExecutorService thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread made = new Thread(task, "spoiled");
              made.setDaemon(true);
              return made;
            });
    Future<?> reading = thread.submit(() -> read(wanted), null);
    thread.shutdown();
    for (long before = -1; ; before = runs.get()) {
      try {
        reading.get(SECONDS_BEFORE_A_HANG, TimeUnit.SECONDS);
        return "";
      } catch (ExecutionException e) {
        return finding(String.valueOf(e.getCause()));
      } catch (TimeoutException e) {
        if (runs.get() == before) {
          return finding("no end after " + SECONDS_BEFORE_A_HANG + " s");
        }
      }
    }
  }

  private void read(long wanted) {
    Guard guard = new Guard(target, bytes -> mostAllocated = bytes);
    while (runs.get() < wanted) {
      current = mutants.next();
      try {
        guard.read(current);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      runs.incrementAndGet();
    }
  }

  private String finding(String what) throws Exception {
    Files.write(findings.resolve("spoiled"), current);
    return "FINDING after %d: %s, see %s".formatted(runs.get(), what, findings);
  }

  long mostAllocated() {
    return mostAllocated;
  }
}
