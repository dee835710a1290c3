package org.qsmnode.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.net.Dcmtk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qsmnode.store.QueryLevel;

/** Query and retrieve with programs of DCMTK. */
@Timeout(60)
class QueryRetrievePeersTest extends QueryRetrieveSetup {

  @Test
  void anIdentifierWithoutTheKeysAboveIsRefusedUnlessRelationalQueriesWereNegotiated()
      throws Exception {
    findSeriesOfNoStudy();
    assertTrue(Dcmtk.log(folder, "findscu").contains("DoesNotMatchSOPClass"));
    QueryScu.Matches series = query().find(QueryLevel.SERIES, keys(Tag.SeriesInstanceUID), 10);
    assertEquals(2, series.found().size());
    QueryScu.Matches images = query().find(QueryLevel.IMAGE, keys(Tag.SOPInstanceUID), 10);
    assertEquals(2 * OF_EACH_SERIES, images.found().size());
    DicomStatusException e =
        assertThrows(
            DicomStatusException.class,
            () ->
                retrieve()
                    .move(QueryLevel.STUDY, keys(Tag.StudyInstanceUID), "THERE", report -> {}));
    assertEquals(0xA900, e.status());
  }

  @Test
  void queriesAndRetrievalsAreToldWithWhoAskedAndWhoGotWhat() throws Exception {
    DicomEvent.Caller caller = new DicomEvent.Caller("TESTSCU", "127.0.0.1");
    query().find(QueryLevel.STUDY, keys(Tag.StudyInstanceUID), 5);
    findSeriesOfNoStudy();
    List<Boolean> understood = new ArrayList<>();
    for (DicomEvent event : events) {
      DicomEvent.Queried queried = assertInstanceOf(DicomEvent.Queried.class, event);
      assertEquals(caller, queried.caller());
      assertEquals(UID.StudyRootQueryRetrieveInformationModelFind, queried.sopClassUid());
      understood.add(queried.understood());
    }
    assertEquals(List.of(true, false), understood);
    events.clear();
    Attributes study = oneStudy();
    String uid = study.getString(Tag.StudyInstanceUID);
    retrieve().move(QueryLevel.STUDY, study, "THERE", r -> {});
    retrieve().get(QueryLevel.STUDY, study, new FolderSink(folder), r -> {});
    Map<String, Integer> all = Map.of(UID.MRImageStorage, OF_EACH_SERIES);
    DicomEvent.Caller there = new DicomEvent.Caller("NODE", "127.0.0.1");
    Awaitility.await().until(() -> events.size() == 2);
    assertEquals(new DicomEvent.Retrieved(caller, there, uid, all, true), events.get(0));
    assertEquals(new DicomEvent.Retrieved(caller, caller, uid, all, true), events.get(1));
  }

  private void findSeriesOfNoStudy() throws Exception {
    Dcmtk.run(
        folder,
        "findscu",
        "-v",
        "-S",
        "-aet",
        "TESTSCU",
        "-aec",
        "NODE",
        "-k",
        "QueryRetrieveLevel=SERIES",
        "-k",
        "SeriesInstanceUID",
        "127.0.0.1",
        "" + node.port());
  }

  @Test
  void storescpIsMovedToOverTls() throws Exception {
    Path viewer = Files.createDirectory(folder.resolve("viewer"));
    Process storescp =
        Dcmtk.start(
            folder,
            "storescp",
            List.of(
                "+tls",
                keys.keyPem("peer").toString(),
                keys.certificatePem("peer").toString(),
                "+cf",
                keys.certificatePem("node").toString(),
                "-od",
                viewer.toString(),
                "" + viewerPort));
    try {
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> dcmtk("movescu", "-aem", "VIEWER") == 0);
      try (Stream<Path> files = Files.list(viewer)) {
        assertEquals(OF_EACH_SERIES, files.count());
      }
    } finally {
      Dcmtk.stop(storescp);
    }
  }

  @Test
  void aPatientIsFoundAndFetchedWithAllStudies() throws Exception {
    String patient = archive.candidates(QueryLevel.PATIENT, keys()).get(0).getString(Tag.PatientID);
    Path got = Files.createDirectory(folder.resolve("got"));
    List<String> common =
        List.of(
            "-P",
            "-aec",
            "NODE",
            "-k",
            "QueryRetrieveLevel=PATIENT",
            "-k",
            "PatientID=" + patient,
            "127.0.0.1",
            "" + node.port());
    for (List<String> program :
        List.of(
            List.of("findscu", "-X"),
            List.of("movescu", "-aem", "THERE"),
            List.of("getscu", "-od", got.toString()))) {
      List<String> arguments = new ArrayList<>(program.subList(1, program.size()));
      arguments.addAll(common);
      assertEquals(
          0,
          Dcmtk.run(folder, program.get(0), arguments.toArray(String[]::new)),
          program::toString);
    }
    try (DicomInputStream in = new DicomInputStream(folder.resolve("rsp0001.dcm").toFile())) {
      Attributes found = in.readDataset();
      assertEquals("PATIENT", found.getString(Tag.QueryRetrieveLevel));
      assertEquals(patient, found.getString(Tag.PatientID));
    }
    Attributes keys = new Attributes();
    keys.setString(Tag.PatientID, VR.LO, patient);
    int objectsOfPatient = archive.instances(QueryLevel.PATIENT, keys).size();
    assertTrue(objectsOfPatient > 0);
    assertEquals(objectsOfPatient, destination.received.size());
    try (Stream<Path> files = Files.list(got)) {
      assertEquals(objectsOfPatient, files.count());
    }
  }

  private int dcmtk(String program, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("-S", "-aec", "NODE"));
    arguments.addAll(List.of(more));
    arguments.addAll(
        List.of(
            "-k",
            "QueryRetrieveLevel=STUDY",
            "-k",
            "StudyInstanceUID=" + oneStudy().getString(Tag.StudyInstanceUID),
            "127.0.0.1",
            "" + node.port()));
    return Dcmtk.run(folder, program, arguments.toArray(String[]::new));
  }

  @Test
  void findscuMovescuAndGetscuAreServed() throws Exception {
    assertEquals(0, dcmtk("findscu", "-X", "-k", "StudyDate"));
    try (DicomInputStream in = new DicomInputStream(folder.resolve("rsp0001.dcm").toFile())) {
      assertEquals(
          oneStudy().getString(Tag.StudyInstanceUID),
          in.readDataset().getString(Tag.StudyInstanceUID));
    }
    assertEquals(0, dcmtk("movescu", "-aem", "THERE"));
    assertEquals(OF_EACH_SERIES, destination.received.size());
    Path got = Files.createDirectory(folder.resolve("got"));
    assertEquals(0, dcmtk("getscu", "-od", got.toString()));
    try (Stream<Path> files = Files.list(got)) {
      assertEquals(OF_EACH_SERIES, files.count());
    }
  }

  @Test
  void dcmqrscpIsQueriedAndRetrievedFrom() throws Exception {
    int port = ScriptedScp.freePort();
    Process peer = Dcmtk.archive(folder, "ARCHIVE", port, "NODE", destination.port());
    try {
      DicomConfiguration options = TestNode.options("ARCHIVE", port);
      try (Stream<Path> files = Files.list(objects)) {
        assertTrue(
            new DicomScu(options, node.executor, node.timers)
                .store(files.toList(), n -> {})
                .complete());
      }
      QueryScu asking = new QueryScu(options, node.executor, node.timers);
      assertEquals(2, asking.find(QueryLevel.STUDY, keys(Tag.StudyInstanceUID), 10).found().size());
      RetrieveScu getting = new RetrieveScu(options, node.executor, node.timers);
      Attributes study = oneStudy();
      assertTrue(getting.move(QueryLevel.STUDY, study, "NODE", r -> {}).complete());
      assertEquals(uidsOf(study), List.copyOf(destination.received));
      Path into = Files.createDirectory(folder.resolve("into"));
      assertEquals(
          OF_EACH_SERIES,
          getting.get(QueryLevel.STUDY, study, new FolderSink(into), r -> {}).completed());
      assertEquals(
          0xA801,
          assertThrows(
                  DicomStatusException.class,
                  () -> getting.move(QueryLevel.STUDY, study, "ELSEWHERE", r -> {}))
              .status());
    } finally {
      Dcmtk.stop(peer);
    }
  }
}
