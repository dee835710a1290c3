package org.qsmnode.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Has the embedded H2 write to its file only while no transaction is under way.
 *
 * <p>H2 collects what it writes table by table and index by index, and transactions go on
 * meanwhile. A process killed right after H2's writing leaves a file of several moments (h2database
 * issue 2080). There an index contradicts its table, or a lost transaction locks a row. So H2's own
 * background writing is put off for ever by {@link #SETTINGS}, and the node says when to write.
 */
final class FileAtRest {

  /** Milliseconds of 24 days: H2's writer in the background never has its turn. */
  static final String SETTINGS = ";WRITE_DELAY=" + Integer.MAX_VALUE;

  /** How long a transaction that need not be durable stays in memory alone while others come. */
  private static final Duration LONGEST_IN_MEMORY = Duration.ofMillis(500);

  private final ReadWriteLock underWay = new ReentrantReadWriteLock();
  private final AtomicLong ended = new AtomicLong();
  private long written;
  private volatile long writtenAtNanos = System.nanoTime();

  /** A transaction begins; the thread that calls ends it too. */
  void begin() {
    underWay.readLock().lock();
  }

  /** A transaction has ended, whether or not it was committed. */
  void end() {
    ended.incrementAndGet();
    underWay.readLock().unlock();
  }

  /**
   * Writes what transactions have left, unless another thread has since the last of them ended.
   *
   * @param durably true when the caller's transaction has to be on the disk on return
   */
  void write(Connection connection, boolean durably) throws SQLException {
    long own = ended.get();
    if (!durably && System.nanoTime() - writtenAtNanos < LONGEST_IN_MEMORY.toNanos()) {
      return;
    }
    underWay.writeLock().lock();
    try {
      if (written < own) {
        long all = ended.get();
        new Sql(connection).run("CHECKPOINT SYNC");
        written = all;
        writtenAtNanos = System.nanoTime();
      }
    } finally {
      underWay.writeLock().unlock();
    }
  }
}
