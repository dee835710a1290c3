package org.qsmnode.store;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.qsmnode.digest.Digests;

/**
 * Copies a ledger into another database, from H2 to PostgreSQL or back, in one transaction. What
 * was written is read again and compared before it is committed. Left out are tables that only
 * running nodes need: those of Quartz, the names of nodes, and Flyway's.
 */
public final class LedgerCopy {

  private static final int ROWS_AT_A_TIME = 500;
  private static final Set<String> OF_RUNNING_NODES = Set.of("nodes", "flyway_schema_history");
  private static final BigInteger DIGESTS = BigInteger.ONE.shiftLeft(256);

  private final Database from;
  private final Database to;

  /**
   * A copy.
   *
   * @param from a ledger that no node uses
   * @param to a ledger without a row
   */
  public LedgerCopy(Database from, Database to) {
    this.from = from;
    this.to = to;
  }

  /**
   * One table as it is in both databases.
   *
   * @param rows number of rows
   * @param sha256 sum of the SHA-256 digests of all rows, independent of their order
   */
  public record Copied(String table, long rows, String sha256) {}

  private record Content(long rows, String sha256) {}

  /**
   * Copies every table.
   *
   * @return the tables in the order they were copied in
   * @throws IllegalStateException if a node uses one of the databases, if the target has rows, or
   *     if the rows written differ from the rows read. The target is then as it was
   */
  public List<Copied> run() {
    refuseInUse(from, "source");
    refuseInUse(to, "target");
    List<Copied> done =
        to.writeDurably(
            target -> {
              List<String> tables = tables(target.connection());
              refuseRows(target, tables);
              return from.read(source -> copy(source.connection(), target, tables));
            });
    refuseInUse(from, "source");
    return done;
  }

  private static void refuseInUse(Database database, String which) {
    List<String> live =
        new Nodes(database)
            .all().stream()
                .filter(node -> node.live() && !database.isOfOneProcess())
                .map(NodeRow::name)
                .toList();
    if (!live.isEmpty()) {
      throw new IllegalStateException(
          "the %s is in use by %s; stop every node first"
              .formatted(which, String.join(", ", live)));
    }
  }

  private static void refuseRows(Sql target, List<String> tables) throws SQLException {
    for (String table : tables) {
      if (target.count("SELECT count(*) FROM " + table) > 0) {
        throw new IllegalStateException("the target is not empty: " + table + " has rows");
      }
    }
  }

  private static List<Copied> copy(Connection source, Sql target, List<String> tables)
      throws SQLException {
    source.setAutoCommit(false);
    source.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try {
      if (!new TreeSet<>(tables(source)).equals(new TreeSet<>(tables))) {
        throw new IllegalStateException("the databases have different tables");
      }
      List<Copied> done = new ArrayList<>();
      for (String table : tables) {
        List<String> columns = columns(target.connection(), table);
        Content read = copy(source, target.connection(), table, columns);
        Content written = content(target.connection(), table, columns);
        if (!read.equals(written)) {
          throw new IllegalStateException(table + " is not what was read; nothing was copied");
        }
        done.add(new Copied(table, written.rows(), written.sha256()));
      }
      return done;
    } finally {
      source.rollback();
      source.setAutoCommit(true);
    }
  }

  private static Content copy(
      Connection source, Connection target, String table, List<String> columns)
      throws SQLException {
    String marks = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
    String insert =
        "INSERT INTO %s (%s)%s VALUES (%s)"
            .formatted(
                table,
                String.join(", ", columns),
                identity(target, table).isEmpty() ? "" : " OVERRIDING SYSTEM VALUE",
                marks);
    try (PreparedStatement write = target.prepareStatement(insert)) {
      int[] pending = {0};
      Content content =
          forEachRow(
              source,
              table,
              columns,
              row -> {
                for (int i = 0; i < row.size(); i++) {
                  write.setObject(i + 1, row.get(i));
                }
                write.addBatch();
                if (++pending[0] % ROWS_AT_A_TIME == 0) {
                  write.executeBatch();
                }
              });
      write.executeBatch();
      for (String column : identity(target, table)) {
        goOnCounting(target, table, column);
      }
      return content;
    }
  }

  /** Columns that the database numbers by itself. */
  private static List<String> identity(Connection connection, String table) throws SQLException {
    try (ResultSet columns = columnsOf(connection, table)) {
      List<String> found = new ArrayList<>();
      while (columns.next()) {
        if ("YES".equals(columns.getString("IS_AUTOINCREMENT"))) {
          found.add(lower(columns.getString("COLUMN_NAME")));
        }
      }
      return found;
    }
  }

  private static void goOnCounting(Connection target, String table, String column)
      throws SQLException {
    Sql sql = new Sql(target);
    long next = sql.count("SELECT coalesce(max(" + column + "), 0) + 1 FROM " + table);
    sql.run("ALTER TABLE " + table + " ALTER COLUMN " + column + " RESTART WITH " + next);
  }

  private static Content content(Connection connection, String table, List<String> columns)
      throws SQLException {
    return forEachRow(connection, table, columns, row -> {});
  }

  private static Content forEachRow(
      Connection connection, String table, List<String> columns, RowUse use) throws SQLException {
    long rows = 0;
    BigInteger sum = BigInteger.ZERO;
    try (PreparedStatement query =
        connection.prepareStatement("SELECT " + String.join(", ", columns) + " FROM " + table)) {
      query.setFetchSize(ROWS_AT_A_TIME);
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          List<@Nullable Object> row = values(result, columns.size());
          use.accept(row);
          sum = sum.add(digest(row)).mod(DIGESTS);
          rows++;
        }
      }
    }
    return new Content(rows, "%064x".formatted(sum));
  }

  private static List<@Nullable Object> values(ResultSet result, int columns) throws SQLException {
    List<@Nullable Object> row = new ArrayList<>(columns);
    for (int i = 1; i <= columns; i++) {
      row.add(
          switch (result.getMetaData().getColumnType(i)) {
            case Types.TIMESTAMP_WITH_TIMEZONE, Types.TIMESTAMP ->
                result.getObject(i, OffsetDateTime.class);
            case Types.BIT, Types.BOOLEAN -> result.getObject(i, Boolean.class);
            case Types.INTEGER, Types.SMALLINT, Types.BIGINT -> whole(result, i);
            case Types.BINARY, Types.VARBINARY, Types.BLOB -> result.getBytes(i);
            default -> result.getString(i);
          });
    }
    return row;
  }

  private static @Nullable Long whole(ResultSet result, int column) throws SQLException {
    long value = result.getLong(column);
    return result.wasNull() ? null : value;
  }

  /** Digest of a row: values as text with their length in front, in the order of the columns. */
  private static BigInteger digest(List<@Nullable Object> row) {
    MessageDigest sha256 = Digests.sha256();
    for (@Nullable Object value : row) {
      byte[] bytes = text(value).getBytes(StandardCharsets.UTF_8);
      sha256.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
      sha256.update(bytes);
    }
    return new BigInteger(1, sha256.digest());
  }

  private static String text(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof OffsetDateTime time) {
      return "t" + time.toInstant();
    }
    if (value instanceof byte[] bytes) {
      return "b" + HexFormat.of().formatHex(bytes);
    }
    return "v" + value;
  }

  /** Tables of the ledger; one that others refer to stands before them. */
  private static List<String> tables(Connection connection) throws SQLException {
    Set<String> all = new TreeSet<>();
    DatabaseMetaData data = connection.getMetaData();
    try (ResultSet found =
        data.getTables(null, connection.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"})) {
      while (found.next()) {
        String name = lower(found.getString("TABLE_NAME"));
        if (!name.startsWith("qrtz_") && !OF_RUNNING_NODES.contains(name)) {
          all.add(name);
        }
      }
    }
    Set<String> ordered = new LinkedHashSet<>();
    for (String table : all) {
      addAfterItsTargets(connection, table, ordered);
    }
    return List.copyOf(ordered);
  }

  private static void addAfterItsTargets(Connection connection, String table, Set<String> ordered)
      throws SQLException {
    try (ResultSet keys =
        connection
            .getMetaData()
            .getImportedKeys(null, connection.getSchema(), asStored(connection, table))) {
      while (keys.next()) {
        String target = lower(keys.getString("PKTABLE_NAME"));
        if (!target.equals(table) && !ordered.contains(target)) {
          addAfterItsTargets(connection, target, ordered);
        }
      }
    }
    ordered.add(table);
  }

  private static List<String> columns(Connection connection, String table) throws SQLException {
    try (ResultSet found = columnsOf(connection, table)) {
      Set<String> names = new TreeSet<>();
      while (found.next()) {
        names.add(lower(found.getString("COLUMN_NAME")));
      }
      return List.copyOf(names);
    }
  }

  private static ResultSet columnsOf(Connection connection, String table) throws SQLException {
    return connection
        .getMetaData()
        .getColumns(null, connection.getSchema(), asStored(connection, table), "%");
  }

  private static String asStored(Connection connection, String name) throws SQLException {
    return connection.getMetaData().storesUpperCaseIdentifiers()
        ? name.toUpperCase(Locale.ROOT)
        : name;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Does something with the values of a row. */
  @FunctionalInterface
  private interface RowUse {
    void accept(List<@Nullable Object> row) throws SQLException;
  }
}
