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
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.impl.jdbcjobstore.StdJDBCDelegate;
import org.quartz.simpl.RAMJobStore;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/**
 * Quartz on the ledger's database, clustered, so that each trigger fires on one node only. Each
 * role has a scheduler of its own: any node of a scheduler may get its trigger. An embedded
 * database belongs to one node. There the triggers, which the start makes anew, are in memory.
 */
final class Scheduling {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final String NAME = "org.quartz.scheduler.instanceName";
  private static final String JOB_STORE = "org.quartz.jobStore.";
  private static final String DEFAULT_NAME = "qsm-node";

  private Scheduling() {}

  /**
   * A scheduler of the nodes that share a name.
   *
   * @param suffix what the role adds to the name of the scheduler, empty for that of all nodes
   */
  static QuartzComponent component(NodeSettings settings, Database database, String suffix)
      throws IOException {
    Properties properties = read(settings.quartzProperties());
    properties.setProperty("org.quartz.scheduler.instanceId", settings.name());
    properties.setProperty(NAME, properties.getProperty(NAME, DEFAULT_NAME) + suffix);
    if (database.isOfOneProcess()) {
      inMemory(properties);
    } else {
      onLedger(properties, database);
    }
    QuartzComponent quartz = new QuartzComponent();
    quartz.setProperties(java.util.Map.copyOf(asMap(properties)));
    return quartz;
  }

  private static void inMemory(Properties properties) {
    properties.keySet().removeIf(key -> key.toString().startsWith(JOB_STORE));
    properties.setProperty(JOB_STORE + "class", RAMJobStore.class.getName());
  }

  private static void onLedger(Properties properties, Database database) {
    String dataSource = "ledger-" + NUMBER.incrementAndGet();
    DBConnectionManager.getInstance()
        .addConnectionProvider(dataSource, new LedgerConnections(database));
    properties.setProperty(JOB_STORE + "dataSource", dataSource);
    properties.setProperty(
        JOB_STORE + "driverDelegateClass",
        database.isH2() ? StdJDBCDelegate.class.getName() : PostgreSQLDelegate.class.getName());
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
      return ledger.dataSource().getConnection();
    }

    @Override
    public void initialize() {}

    @Override
    public void shutdown() {}
  }
}
