package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A dozen seeded points of {@link KillCampaign}: SIGKILL, and nothing is lost or doubled. */
class SeededKillsIT {

  private static final int KILLS_OF_A_FLOW = 3;
  private static final long SEED = 20261130;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @ParameterizedTest
  @EnumSource
  void aNodeThatIsKilledAtSeededPointsLosesAndDoublesNothing(KillFlow flow) throws Exception {
    KillLineage.Outcome outcome =
        new KillLineage(folder, flow, SEED, flow.ordinal(), KILLS_OF_A_FLOW).run();
    assertEquals(java.util.List.of(), outcome.faults(), outcome::toString);
    assertTrue(outcome.struck().contains(true), outcome::toString);
  }
}
