package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.DicomConfiguration;
import org.qsmnode.camel.DicomScu;
import org.qsmnode.camel.MrImage;
import org.qsmnode.camel.ScriptedScp;
import org.qsmnode.camel.StoreReport;

/** Peers that put control characters into what they send do not write lines of the log. */
class LogLinesIT {

  private static final String FORGED = "1.2\n2000-01-01 ERROR forged\u0000\u001b[2J\r";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void nothingThatAPeerSendsBreaksALine() throws Exception {
    int web = ScriptedScp.freePort();
    Map<String, String> settings = TestSettings.in(folder);
    settings.put("inversion.method", "tkd");
    settings.put("node.web.port", Integer.toString(web));
    try (NodeProcess node = NodeProcess.start(folder, settings)) {
      assertEquals(1, store(node).outcomes().size());
      for (String path :
          List.of(
              "/dicom-web/studies?x%0A2000-01-01%20ERROR%20forged=1",
              "/dicom-web/studies/1%0A2000-01-01%20ERROR%20forged/metadata",
              "/dicom-web/studies?StudyDate=%1B%5B2J%00",
              "/%0Aforged%00")) {
        get(web, path);
      }
      node.awaitLog("forged", Duration.ofSeconds(20));
      String log = node.tail();
      assertTrue(log.contains("\\u000A2000-01-01 ERROR forged\\u0000\\u001B[2J"), log);
      assertFalse(log.contains("\n2000-01-01"), log);
      assertTrue(
          log.chars().allMatch(c -> c == '\n' || c == '\t' || !Character.isISOControl(c)), log);
    }
  }

  private StoreReport store(NodeProcess node) throws Exception {
    DicomConfiguration options = new DicomConfiguration();
    options.setAddress("QSMNODE@127.0.0.1:" + node.port());
    Attributes image = MrImage.of(FORGED);
    Path file = MrImage.write(image, UID.ExplicitVRLittleEndian, folder.resolve("forged.dcm"));
    ExecutorService executor = Executors.newCachedThreadPool();
    ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    try {
      return new DicomScu(options, executor, timers).store(List.of(file), done -> {});
    } finally {
      executor.shutdownNow();
      timers.shutdownNow();
    }
  }

  private static void get(int port, String path) throws Exception {
    int status =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                HttpResponse.BodyHandlers.discarding())
            .statusCode();
    assertTrue(status < 500, path + " was answered " + status);
  }
}
