package org.qsmnode.network;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The build of ND4J that needs twenty times as long is not used by accident. */
class Nd4jEngineTest {

  @Test
  void theEngineOfThisBuildUsesOneDnnAndSaysSo() {
    assertTrue(Engines.running().name().contains("oneDNN"));
    assertTrue(Engines.running().device().startsWith("CPU"));
  }

  @Test
  void aBuildWithoutOneDnnIsRefused() {
    String fast = "GCC: \"7.5.0\"\nHAVE_FLATBUFFERS\nHAVE_ONEDNN\nHAVE_OPENBLAS";
    assertDoesNotThrow(() -> Nd4jEngine.refuseSlowBuild(fast, true));
    String slow = "GCC: \"7.5.0\"\nHAVE_FLATBUFFERS\nHAVE_OPENBLAS";
    IllegalStateException refusal =
        assertThrows(IllegalStateException.class, () -> Nd4jEngine.refuseSlowBuild(slow, true));
    assertTrue(refusal.toString().contains("linux-x86_64-onednn"));
    assertThrows(IllegalStateException.class, () -> Nd4jEngine.refuseSlowBuild(fast, false));
  }
}
