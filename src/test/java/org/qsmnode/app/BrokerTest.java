package org.qsmnode.app;

import jakarta.jms.Connection;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded broker takes messages as long as the node's reserve of the disk is free. */
class BrokerTest {

  private static final int NONE = 0;
  private static final int WHOLE_DISK = 100;

  @TempDir Path folder;
  private final ExecutorService producers = Executors.newCachedThreadPool();

  @Test
  void withoutAReserveAnyDiskIsUsed() throws Exception {
    try (Broker broker = Broker.embedded(folder, NONE)) {
      send(broker);
      send(broker);
    }
  }

  @Test
  void atTheReserveProducersWait() throws Exception {
    try (Broker broker = Broker.embedded(folder, WHOLE_DISK)) {
      Awaitility.await("a producer that waits")
          .atMost(Duration.ofSeconds(30))
          .until(() -> waits(broker));
      producers.shutdownNow();
    }
  }

  private boolean waits(Broker broker) throws Exception {
    try {
      producers
          .submit(
              () -> {
                send(broker);
                return true;
              })
          .get(1, TimeUnit.SECONDS);
      return false;
    } catch (TimeoutException e) {
      return true;
    }
  }

  private static void send(Broker broker) throws Exception {
    try (Connection connection = broker.connections().createConnection();
        Session session = connection.createSession(true, Session.SESSION_TRANSACTED)) {
      var queue = session.createQueue("trial");
      session.createProducer(queue).send(session.createTextMessage("id"));
      session.commit();
    }
  }
}
