package org.qsmnode.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
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
 * <p>H2 writes what its tables hold at one moment, statements of other transactions half done
 * included. Killed right after that, it comes back with an index that contradicts its table.
 * Therefore H2 is made to write only while no transaction of the ledger is under way.
 */
public final class Database implements AutoCloseable {

  private static final String UNIQUE_VIOLATION = "23505";
  private static final int H2_DATABASE_IS_CLOSED = 90098;

  private final HikariDataSource pool;
  private final boolean h2;
  private final boolean ofOneProcess;
  private final ReadWriteLock underWay = new ReentrantReadWriteLock();
  private volatile boolean closedItself;

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

  /** The pool. Whoever writes by it takes no part in what {@link #connection} is for. */
  public DataSource dataSource() {
    return pool;
  }

  /**
   * A connection for Quartz, whose transactions count as under way until it is closed; by the
   * thread that opened it.
   *
   * @throws SQLException when the database does not answer
   */
  public Connection connection() throws SQLException {
    Connection connection = pool.getConnection();
    underWay.readLock().lock();
    AtomicBoolean open = new AtomicBoolean(true);
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          try {
            return method.invoke(connection, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          } finally {
            if (method.getName().equals("close") && open.getAndSet(false)) {
              underWay.readLock().unlock();
            }
          }
        };
    return (Connection)
        Proxy.newProxyInstance(
            Database.class.getClassLoader(), new Class<?>[] {Connection.class}, handler);
  }

  /** True once the embedded database has closed its file, as it does when the disk is full. */
  public boolean hasClosedItself() {
    return closedItself;
  }

  /** True once no step can be done any more: the database has closed itself, or was closed. */
  public boolean isOver() {
    return closedItself || pool.isClosed();
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
      if (h2 && durably.test(result)) {
        force(connection);
      }
      return result;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private <T> T commit(Connection connection, Work<T> work, Predicate<T> durably)
      throws SQLException {
    underWay.readLock().lock();
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
      underWay.readLock().unlock();
    }
  }

  private void force(Connection connection) throws SQLException {
    underWay.writeLock().lock();
    try {
      new Sql(connection).run("CHECKPOINT SYNC");
    } finally {
      underWay.writeLock().unlock();
    }
  }

  private LedgerException failed(SQLException e) {
    if (h2 && e.getErrorCode() == H2_DATABASE_IS_CLOSED) {
      closedItself = true;
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
