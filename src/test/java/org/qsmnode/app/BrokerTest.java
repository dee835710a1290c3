package org.qsmnode.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.jms.Connection;
import jakarta.jms.Session;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The embedded broker takes messages as long as the node's reserve of the disk is free. */
class BrokerTest {

  private static final int NONE = 0;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"0, 100", "2, 98", "10, 90", "90, 10"})
  void producersAreHeldBackAtTheReserveAndNotBefore(int reservePercent, int mostUsedPercent)
      throws Exception {
    assertEquals(
        mostUsedPercent,
        Broker.configuration("vm://trial", folder, reservePercent).getMaxDiskUsage());
  }

  @Test
  void messagesAreTaken() throws Exception {
    try (Broker broker = Broker.embedded(folder, NONE);
        Connection connection = broker.connections().createConnection();
        Session session = connection.createSession(true, Session.SESSION_TRANSACTED)) {
      session.createProducer(session.createQueue("trial")).send(session.createTextMessage("id"));
      session.commit();
    }
  }
}
