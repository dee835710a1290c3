package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.PeerAddress;
import org.qsmnode.camel.ScriptedScp;
import org.qsmnode.simulate.dicom.Vendor;

/** DCMTK pushes studies in, Orthanc gets derived series back, nothing tells who the patient is. */
class PushAndReturnIT {

  private static final Duration LONG = Duration.ofSeconds(240);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void studiesPushedWithDcmtkComeBackIntoOrthancAsTwoSeriesEach() throws Exception {
    for (String program : new String[] {"storescu", "dcmsend", "echoscu", "Orthanc"}) {
      Peer.require(program);
    }
    Path orthancFolder = Files.createDirectory(folder.resolve("orthanc"));
    Path dcmtkLog = folder.resolve("dcmtk.log");
    try (Orthanc orthanc = new Orthanc(orthancFolder)) {
      Map<String, String> settings = TestSettings.in(folder);
      int management = ScriptedScp.freePort();
      settings.put("node.management.port", Integer.toString(management));
      settings.put("node.dicom.accepted-calling-ae-titles", "STORESCU,DCMSEND,ECHOSCU");
      TestSettings.destination(
          settings, new PeerAddress("ORTHANC", "127.0.0.1", orthanc.dicomPort()));
      try (NodeProcess node = NodeProcess.start(folder, settings)) {
        String port = Integer.toString(node.port());
        assertEquals(0, Peer.run(dcmtkLog, "echoscu", "-aec", "QSMNODE", "127.0.0.1", port));
        assertNotEquals(0, Peer.run(dcmtkLog, "echoscu", "-aec", "WRONG", "127.0.0.1", port));
        assertNotEquals(
            0,
            Peer.run(
                dcmtkLog, "echoscu", "-aet", "STRANGER", "-aec", "QSMNODE", "127.0.0.1", port));

        push("storescu", port, Vendor.SIEMENS);
        push("dcmsend", port, Vendor.GE);
        push("dcmsend", port, Vendor.PHILIPS_ENHANCED);
        push("storescu", port, Vendor.SIEMENS);

        Awaitility.await("six derived series in Orthanc")
            .atMost(LONG)
            .pollInterval(Duration.ofSeconds(1))
            .until(() -> orthanc.count("instances") == 3 * 2 * SmallStudy.SLICES);
        Awaitility.await()
            .during(Duration.ofSeconds(3))
            .atMost(Duration.ofSeconds(20))
            .until(() -> orthanc.count("instances") == 3 * 2 * SmallStudy.SLICES);
        check(orthanc);
        String scraped = http(management, "/observe/metrics") + http(management, "/observe/health");
        assertTrue(scraped.contains("qsmnode_received_objects_total"), scraped);
        assertTrue(scraped.contains("UP"), scraped);
        assertFalse(scraped.contains(SmallStudy.SENTINEL));
      }
      noTraceOfThePatient();
    }
  }

  private void push(String program, String port, Vendor vendor) throws Exception {
    List<Object> arguments = new ArrayList<>(List.of("-aec", "QSMNODE", "127.0.0.1", port));
    arguments.addAll(SmallStudy.files(vendor));
    assertEquals(0, Peer.run(folder.resolve("dcmtk.log"), program, arguments.toArray()));
  }

  private static void check(Orthanc orthanc) throws Exception {
    assertEquals(3, orthanc.count("studies"));
    TreeSet<String> descriptions = new TreeSet<>();
    for (JsonNode id : orthanc.get("/series")) {
      JsonNode series = orthanc.get("/series/" + id.asText());
      assertEquals(SmallStudy.SLICES, series.get("Instances").size());
      String description = series.at("/MainDicomTags/SeriesDescription").asText();
      descriptions.add(description.substring(0, description.indexOf(']') + 1));
      JsonNode study = orthanc.get("/studies/" + series.get("ParentStudy").asText());
      assertEquals(
          SmallStudy.SENTINEL + "^Name", study.at("/PatientMainDicomTags/PatientName").asText());
    }
    assertEquals(new TreeSet<>(List.of("QSM SD [ppb]", "QSM mean [ppb]")), descriptions);
  }

  private static String http(int port, String path) throws Exception {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    assertEquals(200, response.statusCode(), path);
    return response.body();
  }

  /**
   * Looks for the sentinel in the log, the database, the broker's journal and all file names;
   * received objects lie in the spool and in its journal.
   */
  private void noTraceOfThePatient() throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    Path work = folder.resolve("work");
    int searched = 0;
    for (Path file : files) {
      assertFalse(file.toString().contains(SmallStudy.SENTINEL), file::toString);
      boolean dicom = String.valueOf(file.getFileName()).endsWith(".dcm");
      boolean received = dicom || file.startsWith(work.resolve("spool").resolve("journal"));
      boolean ours = file.startsWith(work) || file.endsWith("node.log");
      if (ours && !received) {
        searched++;
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertFalse(content.contains(SmallStudy.SENTINEL), file::toString);
        assertFalse(
            content.contains(
                new String(
                    SmallStudy.SENTINEL.getBytes(StandardCharsets.UTF_16BE),
                    StandardCharsets.ISO_8859_1)),
            file::toString);
      }
    }
    assertTrue(searched >= 3, "log, database and journal were searched");
    assertTrue(
        files.stream()
            .map(Path::getFileName)
            .filter(Objects::nonNull)
            .anyMatch(name -> name.toString().endsWith(".mv.db")));
  }
}
