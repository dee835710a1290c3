package org.qsmnode.store;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The ledger on PostgreSQL. */
class PostgresLedgerIT extends LedgerContract {

  private static Optional<PostgresServer> server = Optional.empty();

  private Optional<DatabaseSettings> database = Optional.empty();

  @BeforeAll
  static void startServer() throws Exception {
    server = Optional.of(PostgresServer.start());
  }

  @AfterAll
  static void stopServer() throws Exception {
    if (server.isPresent()) {
      server.get().close();
    }
  }

  @Override
  protected DatabaseSettings database() {
    if (database.isEmpty()) {
      database = server.map(PostgresServer::database);
    }
    return database.orElseThrow();
  }
}
