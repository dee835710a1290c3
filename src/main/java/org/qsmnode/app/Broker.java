package org.qsmnode.app;

import jakarta.jms.ConnectionFactory;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.jms.connection.CachingConnectionFactory;

/** The message broker: Artemis inside this process with a journal on disk, or one elsewhere. */
final class Broker implements AutoCloseable {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final int JOURNAL_FILE_BYTES = 1 << 20;
  private static final int CACHED_SESSIONS = 8;

  /** Bytes that a consumer fetches ahead: none, or a busy one would keep hints from a free one. */
  private static final int NO_HINT_AHEAD = 0;

  /** An address without a queue: what the broker gives up is gone. Without one it warns. */
  private static final SimpleString NOWHERE = SimpleString.of("nowhere");

  private final @Nullable EmbeddedActiveMQ embedded;
  private final ActiveMQConnectionFactory factory;
  private final CachingConnectionFactory connections;

  private Broker(@Nullable EmbeddedActiveMQ embedded, ActiveMQConnectionFactory factory) {
    this.embedded = embedded;
    this.factory = factory;
    this.factory.setConsumerWindowSize(NO_HINT_AHEAD);
    this.connections = new CachingConnectionFactory(factory);
    this.connections.setSessionCacheSize(CACHED_SESSIONS);
    this.connections.setCacheConsumers(false);
  }

  /**
   * A broker inside this process. The broker holds its producers back while the disk of the journal
   * is at the node's reserve. So the journal never fails for lack of space, and health says so.
   *
   * @param reservePercent part of the disk that stays free, 0..90 percent
   */
  static Broker embedded(Path journal, int reservePercent) throws Exception {
    String url = "vm://" + NUMBER.incrementAndGet();
    EmbeddedActiveMQ server = new EmbeddedActiveMQ();
    server.setConfiguration(configuration(url, journal, reservePercent));
    server.start();
    return new Broker(server, new ActiveMQConnectionFactory(url));
  }

  /** A broker elsewhere. */
  static Broker at(String url) {
    return new Broker(null, new ActiveMQConnectionFactory(url));
  }

  ConnectionFactory connections() {
    return connections;
  }

  static Configuration configuration(String url, Path journal, int reservePercent)
      throws Exception {
    AddressSettings settings =
        new AddressSettings()
            .setAutoCreateAddresses(true)
            .setAutoCreateQueues(true)
            .setAutoDeleteQueues(false)
            .setAutoDeleteAddresses(false)
            .setDeadLetterAddress(NOWHERE)
            .setExpiryAddress(NOWHERE);
    return new ConfigurationImpl()
        .setPersistenceEnabled(true)
        .setSecurityEnabled(false)
        .setJMXManagementEnabled(false)
        .setCriticalAnalyzer(false)
        .setMaxDiskUsage(100 - reservePercent)
        .setJournalType(JournalType.NIO)
        .setJournalFileSize(JOURNAL_FILE_BYTES)
        .setJournalDirectory(journal.resolve("journal").toString())
        .setBindingsDirectory(journal.resolve("bindings").toString())
        .setPagingDirectory(journal.resolve("paging").toString())
        .setLargeMessagesDirectory(journal.resolve("large").toString())
        .setNodeManagerLockDirectory(journal.resolve("journal").toString())
        .addAcceptorConfiguration("in-vm", url)
        .addAddressSetting("#", settings);
  }

  @Override
  public void close() throws Exception {
    connections.destroy();
    factory.close();
    if (embedded != null) {
      embedded.stop();
    }
  }
}
