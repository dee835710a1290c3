package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A dozen seeded points of {@link KillCampaign}: SIGKILL, and nothing is lost or doubled. */
class SeededKillsIT {

  private static final int KILLS_OF_A_FLOW = 3;
  private static final int NODES_AT_A_TIME = 2;
  private static final long SEED = 20261130;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void aNodeThatIsKilledAtSeededPointsLosesAndDoublesNothing() throws Exception {
    ExecutorService nodes = Executors.newFixedThreadPool(NODES_AT_A_TIME);
    try {
      List<Callable<KillLineage.Outcome>> lineages = new ArrayList<>();
      for (KillFlow flow : KillFlow.values()) {
        Path own = Files.createDirectory(folder.resolve(flow.name()));
        lineages.add(new KillLineage(own, flow, SEED, flow.ordinal(), KILLS_OF_A_FLOW)::run);
      }
      Map<KillFlow, KillLineage.Outcome> outcomes = new EnumMap<>(KillFlow.class);
      List<Future<KillLineage.Outcome>> ends = nodes.invokeAll(lineages);
      for (KillFlow flow : KillFlow.values()) {
        outcomes.put(flow, ends.get(flow.ordinal()).get());
      }
      outcomes.forEach(
          (flow, outcome) -> {
            assertEquals(List.of(), outcome.faults(), () -> flow + ": " + outcome);
            assertTrue(outcome.struck().contains(true), () -> flow + ": " + outcome);
          });
    } finally {
      nodes.shutdownNow();
    }
  }
}
