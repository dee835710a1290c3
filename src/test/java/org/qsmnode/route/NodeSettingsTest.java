package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.qsmnode.camel.PeerAddress;
import org.qsmnode.pipeline.SettingKey;
import org.qsmnode.series.CompletenessSettings;

class NodeSettingsTest {

  @Test
  void withoutPropertiesEverythingHasItsDefault() {
    NodeSettings settings = NodeSettings.from(Map.of());
    assertEquals("QSMNODE@0.0.0.0:11112", settings.dicom().own().toString());
    assertEquals(CompletenessSettings.defaults(), settings.completeness());
    assertEquals(Map.of(), settings.send().destinations());
    assertTrue(settings.folders().spool().endsWith(Path.of("work", "spool")));
    assertTrue(settings.database().url().startsWith("jdbc:h2:file:"));
    assertTrue(settings.database().url().endsWith("work/database/ledger"));
    assertFalse(settings.dicom().refuseOtherContent());
  }

  @Test
  void retriesWaitLongerAndThenDaily() {
    Backoff backoff = NodeSettings.from(Map.of()).send().backoff();
    assertEquals(
        List.of(1L, 5L, 15L, 60L, 1440L, 1440L),
        List.of(1, 2, 3, 4, 5, 11).stream().map(n -> backoff.pauseAfter(n).toMinutes()).toList());
    assertFalse(backoff.exhausted(11));
    assertTrue(backoff.exhausted(12));
  }

  @Test
  void destinationsAreBoundByName() {
    NodeSettings settings =
        NodeSettings.from(
            Map.of(
                "node.destination.main.aet", "PACS ONE",
                "node.destination.main.host", "pacs.example.org",
                "node.destination.main.port", "104",
                "node.destination.research.aet", "RESEARCH",
                "node.destination.research.host", "::1",
                "node.destination.off.aet", ""));
    assertEquals(
        Map.of(
            "main", new PeerAddress("PACS ONE", "pacs.example.org", 104),
            "research", new PeerAddress("RESEARCH", "::1", 104)),
        settings.send().destinations());
  }

  @Test
  void aWrongValueIsRefusedByTheNameOfItsKey() {
    for (Map.Entry<String, String> wrong :
        Map.of(
                "node.dicom.port", "70000",
                "node.dicom.ae-title", "A TITLE OF SEVENTEEN",
                "node.assemble.quiet", "2 minutes",
                "node.send.retry", "1m,soon",
                "node.name", "a/b",
                "node.destination.main.port", "0",
                "node.database.url", "jdbc:mysql://x")
            .entrySet()) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  NodeSettings.from(
                      Map.of(
                          "node.destination.main.aet",
                          "A",
                          "node.destination.main.host",
                          "h",
                          wrong.getKey(),
                          wrong.getValue())));
      String expected =
          wrong.getKey().startsWith("node.destination.") ? "node.destination.main" : wrong.getKey();
      assertTrue(e.toString().contains(expected), e::toString);
    }
  }

  @Test
  void anUnknownKeyIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> NodeSettings.from(Map.of("node.dicom.prot", "104")));
    assertThrows(
        IllegalArgumentException.class,
        () -> NodeSettings.from(Map.of("node.destination.main.tls", "true")));
  }

  @Test
  void everyKeyIsDocumentedOnceAndItsDefaultIsAccepted() {
    List<SettingKey> keys = NodeKeys.all();
    assertEquals(keys.size(), keys.stream().map(SettingKey::name).distinct().count());
    for (SettingKey key : keys) {
      assertTrue(key.name().startsWith("node."), key::name);
      assertTrue(key.meaning().endsWith("."), key::name);
      assertTrue(key.range().accepts(key.defaultValue()), key::name);
    }
  }

  @Test
  void durationsReadAsTheyAreWritten() {
    for (String text : List.of("250ms", "15s", "5m", "2h", "7d")) {
      assertEquals(text, Durations.format(Durations.parse(text)));
    }
    assertEquals(Duration.ofMinutes(90), Durations.parse("90m"));
    assertThrows(IllegalArgumentException.class, () -> Durations.parse("-5s"));
  }
}
