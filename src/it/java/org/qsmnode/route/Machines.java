package org.qsmnode.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.qsmnode.camel.PeerAddress;
import org.qsmnode.store.Database;
import org.qsmnode.store.DatabaseSettings;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.PostgresServer;

/** Nodes as on several machines: one PostgreSQL, one broker, one spool, a work folder each. */
final class Machines implements AutoCloseable {

  /** Short, and longer than a busy machine keeps a beat waiting. */
  private static final String LEASE = "6s";

  private final Path folder;
  private final PeerAddress pacs;
  private final PostgresServer postgres;
  private final ArtemisProcess broker;
  private final DatabaseSettings database;

  private Machines(Path folder, PeerAddress pacs, PostgresServer postgres, ArtemisProcess broker) {
    this.folder = folder;
    this.pacs = pacs;
    this.postgres = postgres;
    this.broker = broker;
    this.database = postgres.database();
  }

  static Machines start(Path folder, PeerAddress pacs) throws Exception {
    PostgresServer postgres = PostgresServer.start();
    Files.writeString(
        folder.resolve("quartz.properties"),
        """
        org.quartz.scheduler.instanceName = qsm-node
        org.quartz.threadPool.class = org.quartz.simpl.SimpleThreadPool
        org.quartz.threadPool.threadCount = 2
        org.quartz.jobStore.class = org.quartz.impl.jdbcjobstore.JobStoreTX
        org.quartz.jobStore.tablePrefix = QRTZ_
        org.quartz.jobStore.isClustered = true
        org.quartz.jobStore.clusterCheckinInterval = 1000
        """);
    return new Machines(folder, pacs, postgres, ArtemisProcess.start(folder));
  }

  /** Starts a node. */
  NodeProcess node(String name, Map<String, String> more) throws IOException {
    Path own = folder.resolve(name);
    Files.createDirectories(own);
    return NodeProcess.start(own, settings(name, more));
  }

  Map<String, String> settings(String name, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(TestSettings.in(folder.resolve(name)));
    settings.put("node.name", name);
    settings.put("node.lease", LEASE);
    settings.put("node.spool.directory", spool().toString());
    settings.put("node.results.directory", folder.resolve("results").toString());
    settings.put("node.database.url", database.url());
    settings.put("node.database.user", database.user());
    settings.put("node.database.connections", "8");
    settings.put("node.broker.url", broker.url());
    settings.put("node.quartz.properties", folder.resolve("quartz.properties").toString());
    settings.put("node.assemble.quiet", "4s");
    settings.put("node.assemble.quiet-after-count", "2s");
    settings.put("inversion.method", "tkd");
    TestSettings.destination(settings, pacs);
    settings.putAll(more);
    return settings;
  }

  Path spool() {
    return folder.resolve("spool");
  }

  String log(String name) throws IOException {
    Path log = folder.resolve(name).resolve("node.log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  PostgresServer postgres() {
    return postgres;
  }

  /** The ledger that all nodes share, seen from outside. */
  Ledger ledger() {
    return Ledger.on(Database.open(database), Clock.systemUTC());
  }

  @Override
  public void close() throws Exception {
    broker.close();
    postgres.close();
  }
}
