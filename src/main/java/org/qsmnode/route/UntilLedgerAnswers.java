package org.qsmnode.route;

import java.time.Duration;
import java.util.function.Supplier;
import org.qsmnode.store.Database;
import org.qsmnode.store.LedgerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats the step that settles a job or a delivery while the database is away. A step that was
 * left out would leave the row in the hand of a worker that is alive, and nobody would take it
 * back. A step whose first try was done after all changes nothing at the second.
 */
final class UntilLedgerAnswers {

  /** Between two tries; a try itself waits up to 20 s for a connection. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(UntilLedgerAnswers.class);

  private UntilLedgerAnswers() {}

  /**
   * Does a step until the database has answered it.
   *
   * @return what the step gave
   * @throws LedgerException if the database refused the step itself, is closed for good, or is
   *     damaged
   */
  static <T> T run(Database database, Supplier<T> step) throws InterruptedException {
    while (true) {
      try {
        return step.get();
      } catch (LedgerException e) {
        if (e.isRefusal() || database.isOver()) {
          throw e;
        }
        LOG.warn("a step waits for the ledger: {}", e.getMessage());
        Thread.sleep(PAUSE.toMillis());
      }
    }
  }
}
