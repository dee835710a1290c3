package org.qsmnode.store;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Where the ledger is.
 *
 * @param url JDBC URL of an H2 file or a PostgreSQL database
 * @param user user name
 * @param password password, may be empty
 * @param connections size of the connection pool, 2..100
 */
public record DatabaseSettings(String url, String user, String password, int connections) {

  public DatabaseSettings {
    if (!url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException("url must be jdbc:h2: or jdbc:postgresql:");
    }
    if (connections < 2 || connections > 100) {
      throw new IllegalArgumentException("connections must be 2..100: " + connections);
    }
  }

  /** An H2 file database inside {@code folder}. */
  public static DatabaseSettings embedded(Path folder) {
    return new DatabaseSettings(
        "jdbc:h2:file:" + folder.toAbsolutePath().resolve("ledger"), "sa", "", 16);
  }

  boolean isH2() {
    return url.startsWith("jdbc:h2:");
  }

  /** True for an H2 file, which its lock keeps to one process; false for any database server. */
  boolean isOfOneProcess() {
    return isH2()
        && !url.startsWith("jdbc:h2:tcp:")
        && !url.startsWith("jdbc:h2:ssl:")
        && !url.toUpperCase(Locale.ROOT).contains("AUTO_SERVER=TRUE");
  }

  /** H2 is closed by the node, in order, and waits for a row lock instead of failing at once. */
  String effectiveUrl() {
    if (!isH2()) {
      return url;
    }
    String waiting = url + ";DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=20000";
    return isOfOneProcess() ? waiting + FileAtRest.SETTINGS : waiting;
  }

  @Override
  public String toString() {
    return "DatabaseSettings[url=" + url + ", user=" + user + ", connections=" + connections + "]";
  }
}
