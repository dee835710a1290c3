package org.qsmnode.camel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qsmnode.store.QueryLevel;
import org.qsmnode.store.RetrievableInstance;
import org.qsmnode.store.RetrievableObjects;

/** Query and retrieve, each side against the other. */
@Timeout(60)
class QueryRetrieveTest extends QueryRetrieveSetup {

  @Test
  void studiesSeriesAndImagesAreFoundLevelByLevel() throws Exception {
    QueryScu.Matches studies =
        query().find(QueryLevel.STUDY, keys(Tag.StudyInstanceUID, Tag.StudyDate), 10);
    assertTrue(studies.complete());
    assertEquals(2, studies.found().size());
    Attributes study = studies.found().get(0);
    assertEquals("NODE", study.getString(Tag.RetrieveAETitle));
    assertEquals("STUDY", study.getString(Tag.QueryRetrieveLevel));
    assertFalse(study.contains(Tag.PatientName));
    Attributes series = keys(Tag.SeriesInstanceUID, Tag.Modality);
    series.setString(Tag.StudyInstanceUID, VR.UI, study.getString(Tag.StudyInstanceUID));
    List<Attributes> found = query().find(QueryLevel.SERIES, series, 10).found();
    assertEquals(1, found.size());
    Attributes images = keys(Tag.SOPInstanceUID);
    images.setString(Tag.StudyInstanceUID, VR.UI, study.getString(Tag.StudyInstanceUID));
    images.setString(Tag.SeriesInstanceUID, VR.UI, found.get(0).getString(Tag.SeriesInstanceUID));
    assertEquals(OF_EACH_SERIES, query().find(QueryLevel.IMAGE, images, 10).found().size());
  }

  @Test
  void aQueryEndsAtItsLimit() throws Exception {
    QueryScu.Matches matches = query().find(QueryLevel.STUDY, keys(Tag.StudyInstanceUID), 1);
    assertEquals(1, matches.found().size());
    Attributes none = keys();
    none.setString(Tag.StudyDate, VR.DA, "19000101-19001231");
    assertEquals(List.of(), query().find(QueryLevel.STUDY, none, 1).found());
  }

  @Test
  void anIdentifierWithoutEndIsAnsweredOutOfResourcesAndTheNodeGoesOn() throws Exception {
    Attributes endless = keys(Tag.StudyInstanceUID);
    endless.setBytes(Tag.StudyDescription, VR.UT, new byte[2 << 20]);
    DicomStatusException refused =
        assertThrows(DicomStatusException.class, () -> query().find(QueryLevel.STUDY, endless, 10));
    assertEquals(DicomStatusException.OUT_OF_RESOURCES, refused.status());
    assertEquals(2, query().find(QueryLevel.STUDY, keys(Tag.StudyInstanceUID), 10).found().size());
  }

  @Test
  void aDateThatIsNoneIsAnErrorAndNotEverything() throws Exception {
    for (String bad : List.of("abc", "20260101-abc", "20261301")) {
      Attributes keys = keys(Tag.StudyInstanceUID);
      keys.setString(Tag.StudyDate, VR.DA, bad);
      assertEquals(
          0xA900,
          assertThrows(DicomStatusException.class, () -> query().find(QueryLevel.STUDY, keys, 10))
              .status(),
          bad);
    }
  }

  @Test
  void aGetBringsTheBytesThatAreStored() throws Exception {
    Path into = Files.createDirectory(folder.resolve("into"));
    Attributes study = oneStudy();
    List<RetrieveReport> progress = new ArrayList<>();
    RetrieveReport report =
        retrieve().get(QueryLevel.STUDY, study, new FolderSink(into), progress::add);
    assertTrue(report.complete());
    assertEquals(OF_EACH_SERIES, report.completed());
    assertEquals(List.of(2, 1), progress.stream().map(RetrieveReport::remaining).toList());
    for (RetrievableInstance instance : archive.instances(QueryLevel.STUDY, study)) {
      Path copy = into.resolve(instance.sopInstanceUid() + ".dcm");
      assertArrayEquals(dataSet(instance.file()), dataSet(copy));
    }
  }

  private static byte[] dataSet(Path file) throws IOException {
    byte[] all = Files.readAllBytes(file);
    int from = (int) Part10Header.read(file).length();
    return java.util.Arrays.copyOfRange(all, from, all.length);
  }

  @Test
  void aMissingFileFailsAloneWhateverTheService() throws Exception {
    Path into = Files.createDirectory(folder.resolve("into"));
    Attributes study = oneStudy();
    String missing = archive.instances(QueryLevel.STUDY, study).get(1).sopInstanceUid();
    Files.move(archive.instances(QueryLevel.STUDY, study).get(1).file(), folder.resolve("away"));
    List<RetrieveReport> reports =
        List.of(
            retrieve().get(QueryLevel.STUDY, study, new FolderSink(into), r -> {}),
            retrieve().move(QueryLevel.STUDY, study, "THERE", r -> {}));
    for (RetrieveReport report : reports) {
      assertEquals(0xB000, report.status());
      assertEquals(OF_EACH_SERIES - 1, report.completed());
      assertEquals(List.of(missing), report.failedSopInstanceUids());
    }
    try (Stream<Path> got = Files.list(into)) {
      assertEquals(OF_EACH_SERIES - 1, got.count());
    }
    assertEquals(OF_EACH_SERIES - 1, destination.received.size());
  }

  @Test
  void aFileThatWasCutShortFailsAloneAndIsNeverSentCut() throws Exception {
    Path into = Files.createDirectory(folder.resolve("into"));
    Attributes study = oneStudy();
    RetrievableInstance cut = archive.instances(QueryLevel.STUDY, study).get(1);
    try (FileChannel file = FileChannel.open(cut.file(), StandardOpenOption.WRITE)) {
      file.truncate(file.size() - 8);
    }
    List<RetrieveReport> reports =
        List.of(
            retrieve().get(QueryLevel.STUDY, study, new FolderSink(into), r -> {}),
            retrieve().move(QueryLevel.STUDY, study, "THERE", r -> {}));
    for (RetrieveReport report : reports) {
      assertEquals(0xB000, report.status());
      assertEquals(List.of(cut.sopInstanceUid()), report.failedSopInstanceUids());
    }
    try (Stream<Path> got = Files.list(into)) {
      assertEquals(OF_EACH_SERIES - 1, got.count());
    }
    assertEquals(OF_EACH_SERIES - 1, destination.received.size());
  }

  @Test
  void warningsOfADestinationAreAWarning() throws Exception {
    deaf.answer(n -> 0xB007);
    RetrieveReport report = retrieve().move(QueryLevel.STUDY, oneStudy(), "DEAF", r -> {});
    assertEquals(0xB000, report.status());
    assertEquals(List.of(), report.failedSopInstanceUids());
  }

  @Test
  void aDestinationThatEndsTheAssociationFailsTheRest() throws Exception {
    deaf.answer(n -> n == 0 ? 0 : ScriptedScp.ABORT);
    RetrieveReport report = retrieve().move(QueryLevel.STUDY, oneStudy(), "DEAF", r -> {});
    assertEquals(0xB000, report.status());
    assertEquals(1, report.completed());
    assertEquals(OF_EACH_SERIES - 1, report.failedSopInstanceUids().size());
  }

  @Test
  void aFailureAmidTheMatchesIsAStatus() throws Exception {
    List<Attributes> breaking =
        new AbstractList<>() {
          @Override
          public Attributes get(int index) {
            if (index > 1) {
              throw new IllegalStateException("Sentinel");
            }
            return keys(Tag.StudyInstanceUID);
          }

          @Override
          public int size() {
            return 3;
          }
        };
    RetrievableObjects objects =
        new RetrievableObjects() {
          @Override
          public List<Attributes> candidates(QueryLevel level, Attributes keys) {
            return breaking;
          }

          @Override
          public List<RetrievableInstance> instances(QueryLevel level, Attributes keys) {
            return List.of();
          }
        };
    try (TestNode other = new TestNode()) {
      other
          .with(
              "services",
              new ConsumerServices(
                  new QueryRetrieve(objects, Map.of(), List.of()), null, null, event -> {}))
          .start(Files.createDirectory(folder.resolve("breaking")));
      QueryScu asking = new QueryScu(other.options(), node.executor, node.timers);
      assertEquals(
          0xC000,
          assertThrows(
                  DicomStatusException.class,
                  () -> asking.find(QueryLevel.STUDY, keys(Tag.StudyInstanceUID), 5))
              .status());
    }
  }

  @Test
  void whatTheSinkRefusesIsReportedByName() throws Exception {
    Attributes study = oneStudy();
    String refused = uidsOf(study).get(1);
    RetrieveReport report =
        retrieve()
            .get(
                QueryLevel.STUDY,
                study,
                (cuid, iuid, syntax, header, data) -> {
                  if (iuid.equals(refused)) {
                    throw new IOException("no room");
                  }
                },
                r -> {});
    assertFalse(report.complete());
    assertEquals(0xB000, report.status());
    assertEquals(List.of(refused), report.failedSopInstanceUids());
  }

  @Test
  void aMoveReachesADestinationByName() throws Exception {
    Attributes study = oneStudy();
    RetrieveReport report = retrieve().move(QueryLevel.STUDY, study, "THERE", r -> {});
    assertTrue(report.complete());
    assertEquals(uidsOf(study), List.copyOf(destination.received));
  }

  @Test
  void aMoveReachesADestinationOverTls() throws Exception {
    Attributes study = oneStudy();
    assertTrue(retrieve().move(QueryLevel.STUDY, study, "SECURE", r -> {}).complete());
    assertEquals(uidsOf(study), List.copyOf(secure.received));
  }

  @Test
  void aMoveEncodesAnewForADestinationThatTakesOnlyImplicit() throws Exception {
    Attributes study = oneStudy();
    assertTrue(retrieve().move(QueryLevel.STUDY, study, "DEAF", r -> {}).complete());
    assertEquals(uidsOf(study), deaf.stored().keySet().stream().sorted().toList());
  }

  @Test
  void aDestinationThatIsUnknownOrDownOrRefusesAllIsAStatus() {
    assertEquals(0xA801, moveStatus("ELSEWHERE"));
    assertEquals(0xA702, moveStatus("NOBODY"));
    deaf.answer(n -> 0xA700);
    assertEquals(0xA702, moveStatus("DEAF"));
  }

  private int moveStatus(String name) {
    return assertThrows(
            DicomStatusException.class,
            () -> retrieve().move(QueryLevel.STUDY, oneStudy(), name, r -> {}))
        .status();
  }

  @Test
  void retrievingWhatIsNotThereSendsNothing() throws Exception {
    Attributes study = keys();
    study.setString(Tag.StudyInstanceUID, VR.UI, "1.2.3.4.5");
    RetrieveReport report = retrieve().move(QueryLevel.STUDY, study, "THERE", r -> {});
    assertTrue(report.complete());
    assertEquals(0, report.completed());
  }

  @Test
  void aBrokenArchiveIsAStatusAndNotAnEnd() throws Exception {
    RetrievableObjects broken =
        new RetrievableObjects() {
          @Override
          public List<Attributes> candidates(QueryLevel level, Attributes keys) throws IOException {
            throw new IOException("Sentinel");
          }

          @Override
          public List<RetrievableInstance> instances(QueryLevel level, Attributes keys) {
            throw new IllegalStateException("Sentinel");
          }
        };
    try (TestNode other = new TestNode()) {
      other
          .with(
              "services",
              new ConsumerServices(
                  new QueryRetrieve(broken, Map.of(), List.of()), null, null, event -> {}))
          .start(Files.createDirectory(folder.resolve("broken")));
      QueryScu asking = new QueryScu(other.options(), node.executor, node.timers);
      RetrieveScu getting = new RetrieveScu(other.options(), node.executor, node.timers);
      assertEquals(
          0xC000,
          assertThrows(
                  DicomStatusException.class,
                  () -> asking.find(QueryLevel.STUDY, keys(Tag.StudyInstanceUID), 5))
              .status());
      assertEquals(
          0xA701,
          assertThrows(
                  DicomStatusException.class,
                  () -> getting.get(QueryLevel.STUDY, oneStudy(), new FolderSink(folder), r -> {}))
              .status());
    }
  }

  @Test
  void aPeerWithoutTheServiceOrDownIsASendException() {
    DicomConfiguration down = TestNode.options("NODE", destination.port());
    assertThrows(
        DicomSendException.class,
        () ->
            new QueryScu(down, node.executor, node.timers)
                .find(QueryLevel.STUDY, keys(Tag.StudyInstanceUID), 5));
    assertThrows(
        DicomSendException.class,
        () ->
            new RetrieveScu(down, node.executor, node.timers)
                .move(QueryLevel.STUDY, oneStudy(), "THERE", r -> {}));
  }
}
