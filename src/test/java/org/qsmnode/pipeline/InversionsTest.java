package org.qsmnode.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.qsmnode.inversion.Inversion;

/** Methods by the name that a command line or a configuration file gives. */
class InversionsTest {

  @Test
  void unknownNamesAndSettingsAreRefusedByName() {
    var method =
        assertThrows(IllegalArgumentException.class, () -> Inversions.named("magic", Map.of()));
    assertEquals(
        "unknown method 'magic', known are [gaussian, pdi, pdi-vi, tkd, tv]", method.getMessage());
    var setting =
        assertThrows(
            IllegalArgumentException.class,
            () -> Inversions.named("tkd", Map.of("treshold", "0.1")));
    assertEquals("unknown setting of tkd: [treshold]", setting.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> Inversions.named("tkd", Map.of("threshold", "x")));
    assertThrows(
        IllegalArgumentException.class, () -> Inversions.named("gaussian", Map.of("samples", "1")));
    assertTrue(
        Inversions.named("tkd", Map.of("threshold", "0.1")).parameters().contains("threshold=0.1"));
  }

  @Test
  void theMethodsForPatientsCheckAndSaySoInTheirParameters() {
    for (String method : new String[] {"tv", "pdi", "pdi-vi"}) {
      Inversion named = Inversions.named(method, Map.of());
      assertTrue(named.parameters().contains("checkedSteps=60"), named.parameters());
    }
  }

  @Test
  void onlyMethodsWithANetworkUseAModel() {
    assertFalse(Inversions.usesModel("tkd"));
    assertFalse(Inversions.usesModel("tv"));
    assertFalse(Inversions.usesModel("gaussian"));
    assertTrue(Inversions.usesModel("pdi"));
    assertTrue(Inversions.usesModel("pdi-vi"));
  }
}
