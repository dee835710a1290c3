package org.qsmnode.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.component.quartz.QuartzComponent;
import org.jspecify.annotations.Nullable;
import org.qsmnode.route.NodeSettings;
import org.qsmnode.store.Database;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/**
 * Quartz on the ledger's database, clustered, so that each trigger fires on one node only. Each
 * role has a scheduler of its own: any node of a scheduler may get its trigger.
 */
final class Scheduling {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final String NAME = "org.quartz.scheduler.instanceName";
  private static final String DEFAULT_NAME = "qsm-node";

  private Scheduling() {}

  /**
   * A scheduler of the nodes that share a name.
   *
   * @param suffix what the role adds to the name of the scheduler, empty for that of all nodes
   */
  static QuartzComponent component(NodeSettings settings, Database database, String suffix)
      throws IOException {
    String dataSource = "ledger-" + NUMBER.incrementAndGet();
    DBConnectionManager.getInstance()
        .addConnectionProvider(dataSource, new LedgerConnections(database));
    Properties properties = read(settings.quartzProperties());
    properties.setProperty("org.quartz.scheduler.instanceId", settings.name());
    properties.setProperty(NAME, properties.getProperty(NAME, DEFAULT_NAME) + suffix);
    properties.setProperty("org.quartz.jobStore.dataSource", dataSource);
    properties.setProperty(
        "org.quartz.jobStore.driverDelegateClass",
        database.isH2()
            ? "org.quartz.impl.jdbcjobstore.StdJDBCDelegate"
            : "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
    QuartzComponent quartz = new QuartzComponent();
    quartz.setProperties(java.util.Map.copyOf(asMap(properties)));
    return quartz;
  }

  private static java.util.Map<String, Object> asMap(Properties properties) {
    java.util.Map<String, Object> map = new java.util.HashMap<>();
    properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
    return map;
  }

  private static Properties read(String file) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = open(file)) {
      if (in == null) {
        throw new IOException("quartz.properties is missing from the distribution");
      }
      properties.load(in);
    }
    return properties;
  }

  private static @Nullable InputStream open(String file) throws IOException {
    return file.isEmpty()
        ? Scheduling.class.getResourceAsStream("quartz.properties")
        : Files.newInputStream(Path.of(file));
  }

  /** Lends the ledger's connections to Quartz; the pool is opened and closed elsewhere. */
  private record LedgerConnections(Database ledger) implements ConnectionProvider {

    @Override
    public Connection getConnection() throws SQLException {
      return ledger.connection();
    }

    @Override
    public void initialize() {}

    @Override
    public void shutdown() {}
  }
}
