package org.qsmnode.route;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.qsmnode.store.Database;
import org.qsmnode.store.LedgerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes rows of the ledger in hand, each row in one thread of this process at a time. The database
 * may have done a start whose answer was lost. Nobody else takes that row back, since its worker is
 * alive: it is looked for, and worked on like any other.
 */
final class StartOnce {

  private static final Logger LOG = LoggerFactory.getLogger(StartOnce.class);

  private final Database database;
  private final Set<String> starting = ConcurrentHashMap.newKeySet();

  StartOnce(Database database) {
    this.database = database;
  }

  /**
   * Starts a row.
   *
   * @param start moves the row; empty when it is not waiting
   * @param inHand the row while this worker has it in hand
   * @return the started row; empty when there is nothing to do, or when the start has to be tried
   *     again
   */
  <T> Optional<T> run(String id, Supplier<Optional<T>> start, Supplier<Optional<T>> inHand)
      throws InterruptedException {
    if (!starting.add(id)) {
      return Optional.empty();
    }
    try {
      return inHand.get().isPresent() ? Optional.empty() : startOrFind(id, start, inHand);
    } finally {
      starting.remove(id);
    }
  }

  private <T> Optional<T> startOrFind(
      String id, Supplier<Optional<T>> start, Supplier<Optional<T>> inHand)
      throws InterruptedException {
    try {
      return start.get();
    } catch (LedgerException e) {
      LOG.warn("the start of {} waits for the ledger: {}", id, e.getMessage());
      return UntilLedgerAnswers.run(database, inHand);
    }
  }
}
