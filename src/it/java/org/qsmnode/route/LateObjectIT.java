package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.MrImage;
import org.qsmnode.camel.ScriptedScp;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.simulate.dicom.Vendor;
import org.qsmnode.store.AcquisitionRow;
import org.qsmnode.store.AcquisitionState;
import org.qsmnode.store.Database;
import org.qsmnode.store.DatabaseSettings;
import org.qsmnode.store.HistoryRow;
import org.qsmnode.store.Ledger;

/** Objects that come after the hard limit, and after the result. */
class LateObjectIT {

  private static final Duration LONG = Duration.ofSeconds(120);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void lateObjectsOpenAnAcquisitionAgainAndALaterEchoGivesANewResult() throws Exception {
    List<Path> study = withoutAnnouncedEchoes(SmallStudy.files(Vendor.SIEMENS));
    List<Path> threeEchoes = withoutLastEcho(study);
    try (ScriptedScp pacs = new ScriptedScp("PACS", UID.ExplicitVRLittleEndian)) {
      Map<String, String> settings = TestSettings.in(folder);
      settings.put("node.assemble.hard-limit", "5s");
      TestSettings.destination(settings, pacs.address());
      try (NodeProcess node = NodeProcess.start(folder, settings)) {
        send(node, threeEchoes.subList(0, threeEchoes.size() - 7));
        node.awaitLog("INCOMPLETE", LONG);
        assertEquals(0, pacs.stored().size());

        send(node, threeEchoes);
        awaitStored(pacs, 2 * SmallStudy.SLICES);
        Set<String> first = new HashSet<>(pacs.stored().keySet());
        awaitDelivered(node, 2);

        send(node, study);
        awaitStored(pacs, 4 * SmallStudy.SLICES);
        awaitDelivered(node, 4);
        Set<String> second = new HashSet<>(pacs.stored().keySet());
        second.removeAll(first);
        assertEquals(2 * SmallStudy.SLICES, second.size());
      }
      assertEquals(
          4,
          pacs.stored().values().stream()
              .map(image -> image.getString(Tag.SeriesInstanceUID))
              .distinct()
              .count());
    }
    checkHistory();
  }

  private List<Path> withoutAnnouncedEchoes(List<Path> study) throws IOException {
    Path copies = Files.createDirectory(folder.resolve("study"));
    List<Path> edited = new ArrayList<>();
    for (Path file : study) {
      try (DicomInputStream in = new DicomInputStream(file.toFile())) {
        Attributes image = in.readDataset();
        image.remove(Tag.EchoTrainLength);
        edited.add(
            MrImage.write(image, UID.ExplicitVRLittleEndian, copies.resolve(file.getFileName())));
      }
    }
    return edited;
  }

  private static List<Path> withoutLastEcho(List<Path> study) throws IOException {
    Map<Path, Double> echoTimes = new TreeMap<>();
    for (Path file : study) {
      try (DicomInputStream in = new DicomInputStream(file.toFile())) {
        echoTimes.put(file, in.readDatasetUntilPixelData().getDouble(Tag.EchoTime, 0));
      }
    }
    double last = Collections.max(echoTimes.values());
    return study.stream()
        .filter(file -> Objects.requireNonNull(echoTimes.get(file)) < last)
        .toList();
  }

  private static void send(NodeProcess node, List<Path> files) throws Exception {
    try (Sender sender = new Sender(node.port())) {
      files.forEach(sender::store);
    }
  }

  private static void awaitStored(ScriptedScp pacs, int objects) {
    Awaitility.await(objects + " derived objects")
        .atMost(LONG)
        .until(() -> pacs.stored().size() == objects);
  }

  private static void awaitDelivered(NodeProcess node, int deliveries) {
    Awaitility.await(deliveries + " deliveries")
        .atMost(LONG)
        .until(() -> node.tail().split(" DELIVERED: ", -1).length == deliveries + 1);
  }

  private void checkHistory() {
    Database database = Database.open(DatabaseSettings.embedded(folder.resolve("work/database")));
    try (database) {
      Ledger ledger = Ledger.on(database, Clock.systemUTC());
      List<AcquisitionRow> acquisitions = ledger.acquisitions().all();
      assertEquals(1, acquisitions.size());
      assertEquals(AcquisitionState.DELIVERED, acquisitions.get(0).state());
      List<HistoryRow> history = ledger.acquisitions().history(acquisitions.get(0).acquisitionId());
      List<ReasonCode> reasons =
          history.stream()
              .filter(row -> row.state() == AcquisitionState.INCOMPLETE)
              .map(row -> ReasonCode.valueOf(String.valueOf(row.reasonCode())))
              .toList();
      assertFalse(reasons.isEmpty());
      assertEquals(
          2, history.stream().filter(row -> row.state() == AcquisitionState.READY).count());
    }
  }
}
