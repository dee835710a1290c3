package org.qsmnode.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements on one connection; an {@link Instant} argument becomes a time stamp in UTC. */
record Sql(Connection connection) {

  void run(String command) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  int update(String command, @Nullable Object... arguments) throws SQLException {
    try (PreparedStatement statement = prepare(command, arguments)) {
      return statement.executeUpdate();
    }
  }

  /** True when the update met exactly the one row that it expected. */
  boolean updateOne(String command, @Nullable Object... arguments) throws SQLException {
    return update(command, arguments) == 1;
  }

  <T> List<T> list(RowReader<T> reader, String query, @Nullable Object... arguments)
      throws SQLException {
    List<T> rows = new ArrayList<>();
    try (PreparedStatement statement = prepare(query, arguments);
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        rows.add(reader.read(result));
      }
    }
    return rows;
  }

  <T> Optional<T> first(RowReader<T> reader, String query, @Nullable Object... arguments)
      throws SQLException {
    return list(reader, query, arguments).stream().findFirst();
  }

  /** The number that a {@code SELECT count(*)} gives. */
  long count(String query, @Nullable Object... arguments) throws SQLException {
    return first(row -> row.getLong(1), query, arguments).orElse(0L);
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  Array texts(Collection<String> values) throws SQLException {
    return connection.createArrayOf("VARCHAR", values.toArray());
  }

  private PreparedStatement prepare(String command, @Nullable Object... arguments)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(command);
    try {
      for (int i = 0; i < arguments.length; i++) {
        Object argument = arguments[i];
        statement.setObject(
            i + 1,
            argument instanceof Instant instant
                ? instant.atOffset(ZoneOffset.UTC)
                : argument instanceof Enum<?> constant ? constant.name() : argument);
      }
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  /** Makes a value of the current row. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }
}
