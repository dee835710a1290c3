package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.Part10Header;
import org.qsmnode.camel.ScriptedScp;

/** Orthanc asks the node for storage commitment and leaves; the node calls back. */
class CommitmentProviderIT {

  private static final String LOST = "1.2.3.4.5.6.7.8.9";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void orthancIsToldWhatIsKeptAndWhatIsNotHere() throws Exception {
    Peer.require("Orthanc");
    Path object;
    try (Stream<Path> files = Files.list(Path.of("test-dicom", "siemens"))) {
      object = files.filter(file -> file.toString().endsWith(".dcm")).findFirst().orElseThrow();
    }
    Part10Header header = Part10Header.read(object);
    int nodePort = ScriptedScp.freePort();
    try (Orthanc orthanc =
        new Orthanc(
            Files.createDirectory(folder.resolve("orthanc")),
            ScriptedScp.freePort(),
            ScriptedScp.freePort(),
            nodePort)) {
      Map<String, String> settings = TestSettings.in(folder);
      settings.put("node.dicom.port", Integer.toString(nodePort));
      settings.put("node.dicom.peers", "ORTHANC@127.0.0.1:" + orthanc.dicomPort());
      settings.put("node.commitment.provide", "true");
      try (NodeProcess node = NodeProcess.start(folder, settings)) {
        try (Sender sender = new Sender(node.port())) {
          sender.store(object);
        }
        JsonNode result = ask(orthanc, header);
        assertEquals("Failure", result.get("Status").asText());
        assertEquals(1, result.get("Success").size());
        assertEquals(
            header.sopInstanceUid(), result.get("Success").get(0).get("SOPInstanceUID").asText());
        assertEquals(1, result.get("Failures").size());
        assertEquals(LOST, result.get("Failures").get(0).get("SOPInstanceUID").asText());
      }
    }
  }

  private static JsonNode ask(Orthanc orthanc, Part10Header header) throws Exception {
    String instance = "{\"SOPClassUID\": \"%s\", \"SOPInstanceUID\": \"%s\"}";
    String body =
        "{\"DicomInstances\": [%s, %s]}"
            .formatted(
                instance.formatted(header.sopClassUid(), header.sopInstanceUid()),
                instance.formatted(header.sopClassUid(), LOST));
    String path =
        orthanc
            .post("/modalities/node/storage-commitment", HttpRequest.BodyPublishers.ofString(body))
            .get("Path")
            .asText();
    Awaitility.await("the report")
        .atMost(Duration.ofMinutes(2))
        .until(() -> !orthanc.get(path).get("Status").asText().equals("Pending"));
    return orthanc.get(path);
  }
}
