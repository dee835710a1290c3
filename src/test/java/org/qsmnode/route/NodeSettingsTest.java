package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.DicomSecurity;
import org.qsmnode.camel.PeerAddress;
import org.qsmnode.pipeline.SettingKey;
import org.qsmnode.series.find.CompletenessSettings;

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
  void passcodesComeFromFilesAndAreNeverSaid(@TempDir Path folder) throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "open sesame\n");
    Path users = Files.writeString(folder.resolve("users"), "reader=knows\nanybody=\n");
    NodeSettings settings =
        NodeSettings.from(
            Map.of(
                "node.pacs.aet", "PACS",
                "node.pacs.host", "pacs.example.org",
                "node.pacs.user", "node",
                "node.pacs.password", "file:" + secret,
                "node.dicom.users", users.toString()));
    DicomSecurity.User user = settings.pacs().peer().orElseThrow().user().orElseThrow();
    assertEquals(new DicomSecurity.User("node", "open sesame", false), user);
    assertTrue(settings.dicom().users().isPresent());
    String text = settings.pacs() + " " + settings.dicom() + " " + settings.send();
    assertFalse(text.contains("sesame") || text.contains("knows"), text);
    for (Map<String, String> wrong :
        List.of(
            Map.of("node.pacs.aet", "P", "node.pacs.host", "h", "node.pacs.password", "env:HOME"),
            Map.of(
                "node.pacs.aet", "P",
                "node.pacs.host", "h",
                "node.pacs.user", "u",
                "node.pacs.password", "env:NO_SUCH_VARIABLE_HERE"),
            Map.of(
                "node.pacs.aet", "P",
                "node.pacs.host", "h",
                "node.pacs.user", "u",
                "node.pacs.password", "sesame"),
            Map.of("node.dicom.users", folder.resolve("none").toString()))) {
      Throwable refusal =
          assertThrows(IllegalArgumentException.class, () -> NodeSettings.from(wrong));
      assertFalse(String.valueOf(refusal.getMessage()).contains("sesame"));
    }
  }

  @Test
  void whatIsPromisedIsNotDeleted() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            NodeSettings.from(
                Map.of("node.commitment.provide", "true", "node.retention.received", "30d")));
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
        List.of(
            new PeerAddress("PACS ONE", "pacs.example.org", 104),
            new PeerAddress("RESEARCH", "::1", 104)),
        settings.send().destinations().values().stream()
            .map(destination -> destination.dicom().orElseThrow().peer())
            .toList());
    assertEquals(Set.of("main", "research"), settings.send().destinations().keySet());
  }

  @Test
  void aDestinationIsOnePlaceWithItsOwnOptions() {
    Map<String, Destination> destinations =
        NodeSettings.from(
                Map.of(
                    "node.destination.web.url", "http://pacs.example.org/dicom-web",
                    "node.destination.disk.folder", "/results",
                    "node.destination.back.aet", "@sender",
                    "node.destination.back.senders", "MR1, MR2",
                    "node.destination.back.objects", "classic, parametric-map",
                    "node.destination.back.commitment", "true",
                    "node.destination.back.hold", "true"))
            .send()
            .destinations();
    assertEquals(
        new Destination.Stow(URI.create("http://pacs.example.org/dicom-web/")),
        place(destinations, "web"));
    assertEquals(new Destination.Folder(Path.of("/results")), place(destinations, "disk"));
    Destination back = Objects.requireNonNull(destinations.get("back"));
    assertEquals(new Destination.Sender(), back.place());
    assertTrue(back.commitment() && back.hold());
    assertTrue(back.takes("MR2") && !back.takes("MR3"));
    assertTrue(back.wants("qsm-sd") && back.wants("qsm-sd-float") && !back.wants("qsm-reference"));
    Destination disk = Objects.requireNonNull(destinations.get("disk"));
    assertTrue(disk.wants("qsm-mean") && !disk.wants("qsm-mean-float"), "classic by default");
    for (Map<String, String> wrong :
        List.of(
            Map.of("node.destination.a.url", "http://x", "node.destination.a.folder", "/y"),
            Map.of("node.destination.a.folder", "/y", "node.destination.a.commitment", "true"),
            Map.of("node.destination.a.folder", "/y", "node.destination.a.objects", "jpeg"),
            Map.of("node.destination.a.folder", "/y", "node.destination.a.objects", ""),
            Map.of("node.destination.a.colour", "red"))) {
      assertThrows(IllegalArgumentException.class, () -> NodeSettings.from(wrong));
    }
  }

  private static Destination.Place place(Map<String, Destination> destinations, String name) {
    return Objects.requireNonNull(destinations.get(name)).place();
  }

  @Test
  void aNightMayGoOverMidnightAndBelongsToItsEvening() {
    NightWindow night = NightWindow.parse("22:00-06:00");
    LocalDate evening = LocalDate.of(2026, 1, 2);
    assertEquals(Optional.of(evening), night.night(evening.atTime(22, 0)));
    assertEquals(Optional.of(evening), night.night(evening.plusDays(1).atTime(5, 59)));
    assertEquals(Optional.empty(), night.night(evening.plusDays(1).atTime(6, 0)));
    NightWindow noon = NightWindow.parse("12:00-13:00");
    assertEquals(Optional.of(evening), noon.night(evening.atTime(12, 30)));
    assertEquals(Optional.empty(), noon.night(evening.atTime(13, 0)));
    assertFalse(NightWindow.accepts("22:00-22:00"));
    assertFalse(NightWindow.accepts("24:00-06:00"));
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
        () -> NodeSettings.from(Map.of("node.destination.main.colour", "red")));
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
