package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.app.FailingNode;

/** The clock of a running node is set a day ahead, amid receipt, computation and sending. */
class ClockAheadIT {

  private static final Duration LONG = Duration.ofSeconds(180);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void aClockThatJumpsADayAheadAtEachStepNeitherSplitsNorDoublesAStudy() throws Exception {
    KillStudy study = KillStudy.write(1, folder.resolve("study"));
    try (RecordingPacs pacs = new RecordingPacs(0)) {
      Map<String, String> settings = TestSettings.in(folder);
      settings.put("inversion.method", "gaussian");
      TestSettings.destination(settings, pacs.address());
      List<String> jumps =
          List.of(
              "0",
              "RECEIVE_ROW:40:" + FailingNode.Action.DAY_AHEAD,
              "ASSEMBLE_COMPLETE:1:" + FailingNode.Action.DAY_AHEAD,
              "PROCESS_WRITTEN:1:" + FailingNode.Action.DAY_AHEAD,
              "SEND_FILE:5:" + FailingNode.Action.DAY_AHEAD);
      try (NodeProcess node =
          NodeProcess.start(
              folder,
              settings,
              new NodeProcess.Launch(
                  List.of(), List.of("-Xmx600m"), FailingNode.class, jumps, "INFO"))) {
        study.send(node.port(), 0, new SplittableRandom(1));
        Awaitility.await("both series are delivered")
            .atMost(LONG)
            .until(() -> node.tail().split(" DELIVERED: ", -1).length == 3);
        assertEquals(5, node.tail().split(FailingNode.MARK, -1).length, "all jumps came");
      }
      assertEquals(
          List.of(),
          new KillChecks(folder.resolve("work"), KillFlow.PUSH).atTheEnd(List.of(study), pacs));
    }
  }
}
