package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.PeerAddress;
import org.qsmnode.camel.ScriptedScp;
import org.qsmnode.simulate.dicom.Vendor;
import org.qsmnode.store.AcquisitionRow;
import org.qsmnode.store.AcquisitionState;
import org.qsmnode.store.Database;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.ReprocessingItem;

/**
 * A night: twenty studies in Orthanc, some done before, some broken; Orthanc is stopped in the
 * middle, the node is killed in the middle. By morning each study has exactly one current result or
 * one stated reason.
 */
class NightIT {

  private static final Duration LONG = Duration.ofSeconds(420);
  private static final int GOOD = 14;
  private static final int DONE_BEFORE = 3;
  private static final int BROKEN = 3;

  /** The kill may come between the ledger's entry and the line in the log. */
  private static final int ENDED_WITH_THE_KILL = 1;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void byMorningEachStudyHasExactlyOneResultOrOneReason() throws Exception {
    for (String program : new String[] {"storescu", "Orthanc"}) {
      Peer.require(program);
    }
    int dicomPort = ScriptedScp.freePort();
    int httpPort = ScriptedScp.freePort();
    int nodePort = ScriptedScp.freePort();
    Path orthancFolder = Files.createDirectory(folder.resolve("orthanc"));
    Map<String, String> settings = TestSettings.in(folder);
    settings.put("node.dicom.port", Integer.toString(nodePort));
    settings.put("inversion.method", "tkd");
    TestSettings.destination(settings, new PeerAddress("ORTHANC", "127.0.0.1", dicomPort));
    settings.put("node.send.max-attempts", "1000");
    List<String> before;
    try (Orthanc orthanc = new Orthanc(orthancFolder, dicomPort, httpPort, nodePort)) {
      fill(dicomPort);
      assertEquals(GOOD + DONE_BEFORE + BROKEN, orthanc.count("studies"));
      try (NodeProcess node = NodeProcess.start(folder, settings);
          Sender sender = new Sender(node.port())) {
        for (int n = 0; n < DONE_BEFORE; n++) {
          files("done-" + n).forEach(sender::store);
        }
        Awaitility.await("the studies of the day")
            .atMost(LONG)
            .until(() -> derivedSeries(orthanc).size() == DONE_BEFORE);
        node.awaitLog("DELIVERED", LONG);
      }
      before = derivedSeries(orthanc).values().stream().flatMap(List::stream).toList();
    }

    settings.put("node.night.window", "00:00-23:59");
    settings.put("node.night.search", "true");
    settings.put("node.night.look-back", "3650d");
    settings.put("node.night.pause", "0s");
    settings.put("node.night.max-attempts", "100");
    settings.put("node.pacs.aet", "ORTHANC");
    settings.put("node.pacs.host", "127.0.0.1");
    settings.put("node.pacs.port", Integer.toString(dicomPort));
    NodeProcess node = NodeProcess.start(folder, settings);
    try {
      try (Orthanc orthanc = new Orthanc(orthancFolder, dicomPort, httpPort, nodePort)) {
        node.awaitLog("to do", LONG);
        Awaitility.await("the first of the night")
            .atMost(LONG)
            .until(() -> derivedSeries(orthanc).size() > DONE_BEFORE + 2);
      }
      node.awaitLog("again in", LONG);
      node.kill();
      try (Orthanc orthanc = new Orthanc(orthancFolder, dicomPort, httpPort, nodePort)) {
        node = NodeProcess.start(folder, settings);
        Awaitility.await("every good study has its result")
            .atMost(LONG)
            .pollInterval(Duration.ofSeconds(1))
            .until(() -> derivedSeries(orthanc).size() == GOOD + DONE_BEFORE);
        Awaitility.await("the list is worked off").atMost(LONG).until(this::nightIsOver);
        Map<String, List<String>> after = derivedSeries(orthanc);
        assertTrue(
            after.values().stream().allMatch(series -> series.size() == 1),
            () -> "one result for each study: " + after);
        assertTrue(
            after.values().stream().flatMap(List::stream).toList().containsAll(before),
            "what was done before is untouched");
        assertFalse(node.tail().contains(SmallStudy.SENTINEL), "no patient attribute in the log");
      }
    } finally {
      node.close();
    }
    everyBrokenStudyHasItsReason();
  }

  /** Only when no process has the database. */
  private void everyBrokenStudyHasItsReason() {
    try (Database database =
        Database.open(
            NodeSettings.from(Map.of("node.work.directory", folder.resolve("work").toString()))
                .database())) {
      List<AcquisitionRow> refused =
          Ledger.on(database, Clock.systemUTC()).acquisitions().inState(AcquisitionState.REFUSED);
      assertEquals(BROKEN, refused.size());
      assertTrue(refused.stream().allMatch(row -> row.reason().isPresent()));
      List<ReprocessingItem> items = Ledger.on(database, Clock.systemUTC()).reprocessing().all();
      assertEquals(GOOD + BROKEN, items.size());
      assertTrue(
          items.stream()
              .allMatch(
                  item -> item.state() == ReprocessingItem.State.DONE && item.outcome() != null),
          items::toString);
    }
  }

  private boolean nightIsOver() throws Exception {
    String log = Files.readString(folder.resolve("node.log"));
    int ends = log.split("reprocessing FETCH/[^ ]+ ends", -1).length - 1;
    return ends >= GOOD + BROKEN - ENDED_WITH_THE_KILL;
  }

  private void fill(int dicomPort) throws Exception {
    List<Path> enhanced = SmallStudy.files(Vendor.PHILIPS_ENHANCED);
    for (int n = 0; n < DONE_BEFORE; n++) {
      StudyCopies.write(enhanced, n, image -> true, folder.resolve("done-" + n));
    }
    for (int n = 0; n < GOOD; n++) {
      StudyCopies.write(enhanced, 100 + n, image -> true, folder.resolve("good-" + n));
    }
    for (int n = 0; n < BROKEN; n++) {
      StudyCopies.write(
          SmallStudy.files(Vendor.SIEMENS),
          200 + n,
          NightIT::isMagnitude,
          folder.resolve("broken-" + n));
    }
    for (String kind : List.of("done", "good", "broken")) {
      for (int n = 0; Files.isDirectory(folder.resolve(kind + "-" + n)); n++) {
        List<Object> arguments =
            new ArrayList<>(List.of("-aec", "ORTHANC", "127.0.0.1", dicomPort));
        arguments.addAll(files(kind + "-" + n));
        assertEquals(
            0, Peer.run(folder.resolve("dcmtk.log"), "storescu", arguments.toArray()), kind);
      }
    }
  }

  private static boolean isMagnitude(Attributes image) {
    String[] type = image.getStrings(Tag.ImageType);
    return type != null && List.of(type).contains("M");
  }

  private List<Path> files(String name) throws Exception {
    try (Stream<Path> list = Files.list(folder.resolve(name))) {
      return list.sorted().toList();
    }
  }

  /** Complete derived series by study. */
  private static Map<String, List<String>> derivedSeries(Orthanc orthanc) throws Exception {
    Map<String, List<String>> byStudy = new TreeMap<>();
    for (JsonNode series : orthanc.get("/series?expand")) {
      if (series.at("/MainDicomTags/SeriesDescription").asText().startsWith("QSM mean")
          && series.get("Instances").size() == SmallStudy.SLICES) {
        byStudy
            .computeIfAbsent(series.get("ParentStudy").asText(), study -> new ArrayList<>())
            .add(series.at("/MainDicomTags/SeriesInstanceUID").asText());
      }
    }
    return byStudy;
  }
}
