package org.qsmnode.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * The database with its pool, migrated to the schema of this version.
 *
 * <p>Transactions come in two strengths. {@link #write} is atomic and visible at once but may be
 * lost with the process. It serves for received instances, which the spool can give again. {@link
 * #writeDurably} is on the disk when it returns. It serves for everything else, so that no later
 * step runs on a state that a crash takes back.
 *
 * <p>When the embedded database writes to its file is the business of {@link FileAtRest}.
 */
public final class Database implements AutoCloseable {

  private static final String UNIQUE_VIOLATION = "23505";
  private static final int H2_DATABASE_IS_CLOSED = 90098;

  /** H2: file corrupted, row not found when deleting; PostgreSQL: data corrupted, index. */
  private static final Set<String> DAMAGED = Set.of("90030", "90112", "XX001", "XX002");

  private final HikariDataSource pool;
  private final boolean h2;
  private final boolean ofOneProcess;
  private final FileAtRest file = new FileAtRest();
  private volatile boolean closedItself;
  private volatile boolean damaged;

  private Database(HikariDataSource pool, DatabaseSettings settings) {
    this.pool = pool;
    this.h2 = settings.isH2();
    this.ofOneProcess = settings.isOfOneProcess();
  }

  /** Opens the database and brings its schema up to date. */
  public static Database open(DatabaseSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(settings.effectiveUrl());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(settings.connections());
    config.setMinimumIdle(2);
    config.setConnectionTimeout(Duration.ofSeconds(20).toMillis());
    config.setPoolName("ledger");
    HikariDataSource pool = new HikariDataSource(config);
    try {
      Flyway.configure(Database.class.getClassLoader())
          .dataSource(pool)
          .locations("classpath:db/migration/" + (settings.isH2() ? "h2" : "postgresql"))
          .load()
          .migrate();
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
    return new Database(pool, settings);
  }

  /** The pool. On an embedded database nobody writes by it once the node runs. */
  public DataSource dataSource() {
    return pool;
  }

  /** True once the embedded database has closed its file, as it does when the disk is full. */
  public boolean hasClosedItself() {
    return closedItself;
  }

  /** True once the database has said that a table or an index of its own is broken. */
  public boolean isDamaged() {
    return damaged;
  }

  /** True once waiting is in vain: the database is closed, or damaged. */
  public boolean isOver() {
    return closedItself || damaged || pool.isClosed();
  }

  /** True when no other process can open the database while this one has it. */
  public boolean isOfOneProcess() {
    return ofOneProcess;
  }

  /** True for the embedded database. */
  public boolean isH2() {
    return h2;
  }

  /** One transaction that may be lost with the process. */
  <T> T write(Work<T> work) {
    return transact(work, result -> false);
  }

  /** One transaction that is on the disk when this returns, where its result says so. */
  <T> T writeDurablyIf(Predicate<T> durably, Work<T> work) {
    return transact(work, durably);
  }

  /** One transaction that is on the disk when this returns. */
  <T> T writeDurably(Work<T> work) {
    return transact(work, result -> true);
  }

  /** Reads; no transaction spans several calls. */
  <T> T read(Work<T> work) {
    try (Connection connection = pool.getConnection()) {
      return work.on(new Sql(connection));
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private <T> T transact(Work<T> work, Predicate<T> durably) {
    try (Connection connection = pool.getConnection()) {
      T result = commit(connection, work, durably);
      if (h2) {
        file.write(connection, durably.test(result));
      }
      return result;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private <T> T commit(Connection connection, Work<T> work, Predicate<T> durably)
      throws SQLException {
    file.begin();
    try {
      connection.setAutoCommit(false);
      try {
        Sql sql = new Sql(connection);
        T result = work.on(sql);
        if (!h2 && !durably.test(result)) {
          sql.run("SET LOCAL synchronous_commit TO OFF");
        }
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } finally {
      file.end();
    }
  }

  private LedgerException failed(SQLException e) {
    if (h2 && e.getErrorCode() == H2_DATABASE_IS_CLOSED) {
      closedItself = true;
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      damaged |=
          cause instanceof SQLException told
              && told.getSQLState() != null
              && DAMAGED.contains(told.getSQLState());
    }
    return new LedgerException("the ledger failed with SQL state " + e.getSQLState(), e);
  }

  /** True when a row with the same key was there already. */
  static boolean isDuplicate(LedgerException e) {
    return e.getCause() instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState());
  }

  /** Closes the pool; H2 closes its file with the last connection. */
  @Override
  public void close() {
    pool.close();
  }

  /** Statements that belong together. */
  @FunctionalInterface
  interface Work<T extends @org.jspecify.annotations.Nullable Object> {
    T on(Sql sql) throws SQLException;
  }
}
