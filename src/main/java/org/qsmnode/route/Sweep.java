package org.qsmnode.route;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.qsmnode.camel.QuietTrace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task that is repeated for as long as the node runs. Its failure is logged when it begins, not
 * at every repetition, and never reaches the tasks beside it.
 */
final class Sweep implements Processor {

  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  /** Intervals without success after which a sweep is in trouble. */
  static final int INTERVALS = 10;

  /** A shorter silence is no trouble: a busy machine may be late by seconds. */
  static final Duration SHORTEST_SILENCE = Duration.ofSeconds(10);

  private final String name;
  private final Rhythm rhythm;
  private final Clock clock;
  private final Task task;
  private Instant succeeded;
  private @Nullable Instant began;
  private boolean failing;

  /** What is repeated. */
  @FunctionalInterface
  interface Task {
    void run() throws Exception;
  }

  /**
   * When a sweep runs.
   *
   * @param interval from one start to the next
   * @param longestRun how long one run may take
   * @param onEveryNode false where another node may run it in this one's place
   */
  record Rhythm(Duration interval, Duration longestRun, boolean onEveryNode) {

    private Duration longestSilence() {
      Duration silence = interval.multipliedBy(INTERVALS);
      return silence.compareTo(SHORTEST_SILENCE) < 0 ? SHORTEST_SILENCE : silence;
    }
  }

  Sweep(String name, Rhythm rhythm, Clock clock, Task task) {
    this.name = name;
    this.rhythm = rhythm;
    this.clock = clock;
    this.task = task;
    this.succeeded = clock.instant();
  }

  String name() {
    return name;
  }

  @Override
  public void process(Exchange exchange) throws InterruptedException {
    run();
  }

  /** Runs the task once. */
  void run() throws InterruptedException {
    begin();
    try {
      task.run();
      end();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | StackOverflowError e) {
      failed(e);
    }
  }

  private synchronized void begin() {
    began = clock.instant();
  }

  private synchronized void end() {
    began = null;
    succeeded = clock.instant();
    if (failing) {
      failing = false;
      LOG.info("sweep {} works again", name);
    }
  }

  private synchronized void failed(Throwable cause) {
    began = null;
    if (!failing) {
      failing = true;
      LOG.error(
          "sweep {} fails, and is tried every {} ms",
          name,
          rhythm.interval().toMillis(),
          QuietTrace.of(cause));
    }
  }

  /** Time since the last success, or since the start of the node. */
  synchronized Duration silence() {
    return Duration.between(succeeded, clock.instant());
  }

  /** What is wrong, empty when the sweep is well. */
  synchronized Optional<String> trouble() {
    Instant running = began;
    boolean due =
        running == null
            ? rhythm.onEveryNode()
            : running.plus(rhythm.longestRun()).isBefore(clock.instant());
    if ((!failing && !due) || silence().compareTo(rhythm.longestSilence()) <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        "sweep %s has not succeeded for %d s".formatted(name, silence().toSeconds()));
  }
}
