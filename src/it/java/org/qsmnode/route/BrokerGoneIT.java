package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.ScriptedScp;

/** The external broker is killed while a study is received, and again while it is computed. */
class BrokerGoneIT {

  private static final Duration LONG = Duration.ofSeconds(180);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void aNodeWhoseBrokerIsGoneSaysSoAndDeliversOnceWhenTheBrokerIsBack() throws Exception {
    KillStudy study = KillStudy.write(1, folder.resolve("study"));
    int management = ScriptedScp.freePort();
    ArtemisProcess broker = ArtemisProcess.start(folder);
    try (RecordingPacs pacs = new RecordingPacs(0)) {
      Map<String, String> settings = TestSettings.in(folder);
      settings.put("inversion.method", "gaussian");
      settings.put("node.broker.url", broker.url());
      settings.put("node.management.port", Integer.toString(management));
      TestSettings.destination(settings, pacs.address());
      try (NodeProcess node = NodeProcess.start(folder, settings)) {
        awaitHealth(management, 200);
        broker.kill();
        study.send(node.port(), 0, new SplittableRandom(1));
        assertTrue(study.isSent(), "receipt needs no broker");
        awaitHealth(management, 503);

        broker = ArtemisProcess.start(folder, broker.url());
        awaitHealth(management, 200);
        node.awaitLog("runs, attempt 1", LONG);
        broker.kill();
        node.awaitLog(" READY after ", LONG);

        broker = ArtemisProcess.start(folder, broker.url());
        Awaitility.await("both series are delivered")
            .atMost(LONG)
            .until(() -> node.tail().split(" DELIVERED: ", -1).length == 3);
        assertEquals(2, node.tail().split("runs, attempt 1", -1).length, "computed once");
      }
      assertEquals(
          List.of(),
          new KillChecks(folder.resolve("work"), KillFlow.PUSH).atTheEnd(List.of(study), pacs));
    } finally {
      broker.close();
    }
  }

  private static void awaitHealth(int port, int status) {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/health")).build();
    Awaitility.await("health " + status)
        .atMost(LONG)
        .until(
            () ->
                client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode()
                    == status);
  }
}
