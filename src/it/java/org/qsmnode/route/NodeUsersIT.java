package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.DicomSendException;
import org.qsmnode.camel.PeerAddress;

/** A node that knows its users, called by DCMTK and by the SCUs of another node. */
class NodeUsersIT {

  private static final String PASSCODE = "OpenSesame";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void onlyKnownUsersGetIn() throws Exception {
    Peer.require("storescu");
    Path users = Files.writeString(folder.resolve("users"), "reader=" + PASSCODE + "\nguest=\n");
    Map<String, String> settings = TestSettings.in(folder);
    settings.put("node.dicom.users", users.toString());
    settings.put("node.pacs.aet", "PACS");
    settings.put("node.pacs.host", "127.0.0.1");
    settings.put("node.pacs.port", "104");
    try (NodeProcess node = NodeProcess.start(folder, settings)) {
      assertEquals(0, store(node, "-usr", "reader", "-pwd", PASSCODE));
      assertEquals(0, store(node, "-usr", "guest"));
      for (List<String> wrong :
          List.of(
              List.<String>of(),
              List.of("-usr", "reader", "-pwd", "Abracadabra"),
              List.of("-usr", "reader"),
              List.of("-usr", "stranger"))) {
        assertTrue(store(node, wrong.toArray(String[]::new)) != 0, wrong::toString);
      }
      assertEquals(0, store(node, "-aet", "PACS"), "a PACS that calls back names no user");
      verify(node, Map.of("user", "reader", "password", "file:" + secret()));
      assertThrows(DicomSendException.class, () -> verify(node, Map.of()));
      assertFalse(node.tail().contains(PASSCODE), "no passcode in the log");
    }
  }

  private Path secret() throws Exception {
    return Files.writeString(folder.resolve("secret"), PASSCODE + "\n");
  }

  private int store(NodeProcess node, String... user) throws Exception {
    List<Object> arguments = new ArrayList<>(List.of("-aec", "QSMNODE"));
    arguments.addAll(List.of(user));
    arguments.addAll(List.of("127.0.0.1", node.port()));
    try (Stream<Path> files = Files.list(Path.of("test-dicom", "siemens"))) {
      arguments.add(files.filter(f -> f.toString().endsWith(".dcm")).findFirst().orElseThrow());
    }
    return Peer.run(folder.resolve("dcmtk.log"), "storescu", arguments.toArray());
  }

  /** As another node would call this one, a destination of it. */
  private void verify(NodeProcess node, Map<String, String> user) throws Exception {
    Map<String, String> settings = new HashMap<>();
    TestSettings.destination(settings, new PeerAddress("QSMNODE", "127.0.0.1", node.port()));
    user.forEach((key, value) -> settings.put("node.destination.pacs." + key, value));
    NodeSettings other = NodeSettings.from(settings);
    try (DicomPeers peers = new DicomPeers(other, AuditTrail.none())) {
      Destination pacs = Objects.requireNonNull(other.send().destinations().get("pacs"));
      peers.verify(pacs.dicom().orElseThrow());
    }
  }
}
