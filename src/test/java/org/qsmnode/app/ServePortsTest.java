package org.qsmnode.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsmnode.route.NodeSettings;

/** A node that cannot listen where it is told does not start. */
class ServePortsTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"node.dicom.port", "node.tls.port", "node.web.port", "node.management.port"})
  void aPortThatAnotherProgramHasIsNamedWithItsAddress(String key) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path file =
          Files.writeString(
              folder.resolve("node.properties"),
              "node.work.directory="
                  + folder.resolve("work")
                  + "\nnode.dicom.bind-address=127.0.0.1\nnode.dicom.port=0\n"
                  + "node.management.port=0\ninversion.method=tkd\n"
                  + "node.tls.key-store=unread.p12\nnode.tls.trust-store=unread.p12\n"
                  + (key + "=" + taken.getLocalPort() + "\n"));
      CommandRun run =
          assertTimeoutPreemptively(
              Duration.ofSeconds(60), () -> CommandRun.of("serve", "--conf", file.toString()));
      assertEquals(ExitStatus.FAILURE, run.status(), run.err());
      String place = "127.0.0.1:" + taken.getLocalPort();
      assertTrue(run.err().contains(key + ": the node cannot listen on " + place), run.err());
      assertEquals("", run.out(), "it does not say that it listens");
    }
  }

  @Test
  void aNodeThatDoesNotReceiveNeedsNoPortOfReceipt() {
    Map<String, String> both = Map.of("node.dicom.port", "11112", "node.management.port", "9990");
    Map<String, String> worker = new HashMap<>(both);
    worker.put("node.roles", "work");
    worker.put("node.database.url", "jdbc:postgresql://localhost/ledger");
    assertEquals(List.of("node.dicom.port", "node.management.port"), keys(both));
    assertEquals(List.of("node.management.port"), keys(worker));
  }

  private static List<String> keys(Map<String, String> properties) {
    return ListeningPort.of(NodeSettings.from(properties)).stream()
        .map(ListeningPort::key)
        .toList();
  }
}
