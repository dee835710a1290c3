package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.ScriptedScp;
import org.qsmnode.simulate.dicom.Vendor;

/**
 * Orthanc's DICOMweb plugin stores a study at the node and fetches the derived series; a viewer of
 * the web opens them.
 */
class DicomWebIT {

  private static final Path PLUGIN = Path.of("/usr/share/orthanc/plugins/libOrthancDicomWeb.so");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void aStudyGoesInByStowAndItsResultComesBackByWadoAndOpensInAViewer() throws Exception {
    Peer.require("Orthanc");
    Assumptions.assumeTrue(
        Files.exists(PLUGIN), "the DICOMweb plugin of Orthanc is not installed; SKIPPED");
    int webPort = ScriptedScp.freePort();
    String base = "http://127.0.0.1:" + webPort + "/dicom-web/";
    Map<String, String> settings = TestSettings.in(folder);
    settings.put("node.web.port", Integer.toString(webPort));
    settings.put("inversion.method", "tkd");
    settings.put("node.destination.disk.folder", folder.resolve("disk").toString());
    settings.put("node.destination.disk.objects", "classic,parametric-map");
    settings.put("node.web.allowed-origin", Viewer.ORIGIN);
    try (NodeProcess node = NodeProcess.start(folder, settings);
        Orthanc orthanc =
            Orthanc.withDicomWeb(Files.createDirectory(folder.resolve("orthanc")), PLUGIN, base)) {
      List<Path> sources = SmallStudy.files(Vendor.PHILIPS_ENHANCED);
      for (Path file : sources) {
        orthanc.post("/instances", HttpRequest.BodyPublishers.ofFile(file));
      }
      assertEquals(sources.size(), orthanc.count("instances"));
      String study = orthanc.get("/studies").get(0).asText();
      orthanc.post(
          "/dicom-web/servers/node/stow",
          HttpRequest.BodyPublishers.ofString("{\"Resources\":[\"" + study + "\"]}"));

      Awaitility.await("the derived series")
          .atMost(Duration.ofSeconds(240))
          .until(() -> get(base + "series?SeriesDescription=QSM*").statusCode() == 200);
      JsonNode series = JSON.readTree(get(base + "series?SeriesDescription=QSM*").body()).get(0);
      String retrieve =
          "{\"Resources\":[{\"Study\":\"%s\",\"Series\":\"%s\"}]}"
              .formatted(value(series, "0020000D"), value(series, "0020000E"));
      orthanc.post(
          "/dicom-web/servers/node/retrieve", HttpRequest.BodyPublishers.ofString(retrieve));
      assertEquals(sources.size() + SmallStudy.SLICES, orthanc.count("instances"));
      assertEquals(1, orthanc.count("studies"), "the result is in the study of its sources");
      new Viewer(base).opensEverythingOf(value(series, "0020000D"), SmallStudy.SLICES);
      assertFalse(node.tail().contains(SmallStudy.SENTINEL), "no patient attribute in the log");
    }
  }

  private static HttpResponse<byte[]> get(String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String value(JsonNode dataSet, String tag) {
    return dataSet.path(tag).path("Value").path(0).asText();
  }
}
