package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.app.FailingNode;

/** Steps of one node fail with I/O errors and for want of memory; it goes on to one result. */
class FailingStepsIT {

  private static final Duration LONG = Duration.ofSeconds(180);

  private static final List<String> FAULTS =
      List.of(
          "RECEIVE_WRITTEN:9:IO_ERROR",
          "RECEIVE_RENAMED:15:IO_ERROR",
          "RECEIVE_FORCED:21:IO_ERROR",
          "RECEIVE_ROW:30:IO_ERROR",
          "RECEIVE_ANSWER:40:IO_ERROR",
          "ASSEMBLE_OBSERVED:1:IO_ERROR",
          "ASSEMBLE_COMPLETE:1:IO_ERROR",
          "ASSEMBLE_QUEUED:1:IO_ERROR",
          "DERIVE_FILE:5:IO_ERROR",
          "PROCESS_WRITTEN:1:OUT_OF_MEMORY",
          "PROCESS_FORCED:1:IO_ERROR",
          "SEND_FILE:3:IO_ERROR",
          "SEND_ANSWERED:1:IO_ERROR");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void aNodeOfWhichEachStepFailsOnceDeliversExactlyOneResult() throws Exception {
    KillStudy study = KillStudy.write(1, folder.resolve("study"));
    try (RecordingPacs pacs = new RecordingPacs(0)) {
      Map<String, String> settings = TestSettings.in(folder);
      settings.put("inversion.method", "gaussian");
      settings.put("node.process.max-attempts", "20");
      TestSettings.destination(settings, pacs.address());
      List<String> arguments = new ArrayList<>(List.of("0"));
      arguments.addAll(FAULTS);
      try (NodeProcess node =
          NodeProcess.start(
              folder,
              settings,
              new NodeProcess.Launch(
                  List.of(), List.of("-Xmx600m"), FailingNode.class, arguments, "INFO"))) {
        Awaitility.await("every object is acknowledged")
            .atMost(LONG)
            .until(
                () -> {
                  study.send(node.port(), 0, new SplittableRandom(1));
                  return study.isSent();
                });
        Awaitility.await("both series are delivered")
            .atMost(LONG)
            .until(() -> node.tail().split(" DELIVERED: ", -1).length == 3);
        for (String fault : FAULTS) {
          assertTrue(
              node.tail().contains(FailingNode.MARK + fault.replace(':', ' ')), fault + " came");
        }
      }
      assertEquals(
          List.of(),
          new KillChecks(folder.resolve("work"), KillFlow.PUSH).atTheEnd(List.of(study), pacs));
    }
  }
}
