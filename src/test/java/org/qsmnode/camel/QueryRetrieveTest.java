package org.qsmnode.camel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.net.Dcmtk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.store.QueryLevel;
import org.qsmnode.store.RetrievableInstance;
import org.qsmnode.store.RetrievableObjects;

/** Query and retrieve, each side against the other and against DCMTK. */
@Timeout(60)
class QueryRetrieveTest {

  private static final int OF_EACH_SERIES = 3;

  @TempDir Path folder;
  private final TestNode node = new TestNode();
  private final TestNode destination = new TestNode();
  private Path objects;
  private FolderObjects archive;
  private ScriptedScp deaf;
  private final List<DicomEvent> events = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws Exception {
    objects = Files.createDirectory(folder.resolve("objects"));
    for (String vendor : List.of("siemens", "ge")) {
      try (Stream<Path> files = Files.list(Path.of("test-dicom", vendor))) {
        for (Path file : files.sorted().limit(OF_EACH_SERIES).toList()) {
          Files.copy(file, objects.resolve(vendor + "-" + file.getFileName()));
        }
      }
    }
    archive = new FolderObjects(objects);
    destination.start(Files.createDirectory(folder.resolve("destination")));
    deaf = new ScriptedScp("DEAF", UID.ImplicitVRLittleEndian);
    Map<String, PeerAddress> destinations =
        Map.of(
            "THERE", new PeerAddress("NODE", "127.0.0.1", destination.port()),
            "DEAF", deaf.address(),
            "NOBODY", new PeerAddress("NODE", "127.0.0.1", ScriptedScp.freePort()));
    node.with(
            "services",
            new ConsumerServices(
                new QueryRetrieve(archive, destinations, List.of(UID.MRImageStorage)),
                null,
                events::add))
        .start(Files.createDirectory(folder.resolve("node")));
  }

  @AfterEach
  void stop() throws Exception {
    node.close();
    destination.close();
    deaf.close();
  }

  private QueryScu query() {
    return new QueryScu(node.options(), node.executor, node.timers);
  }

  private RetrieveScu retrieve() {
    return new RetrieveScu(node.options(), node.executor, node.timers);
  }

  private static Attributes keys(int... tags) {
    Attributes keys = new Attributes();
    for (int tag : tags) {
      keys.setNull(tag, org.dcm4che3.data.ElementDictionary.vrOf(tag, null));
    }
    return keys;
  }

  private Attributes oneStudy() {
    Attributes keys = new Attributes();
    keys.setString(
        Tag.StudyInstanceUID,
        VR.UI,
        archive.candidates(QueryLevel.STUDY, keys).get(0).getString(Tag.StudyInstanceUID));
    return keys;
  }

  private List<String> uidsOf(Attributes keys) throws IOException {
    return archive.instances(QueryLevel.STUDY, keys).stream()
        .map(RetrievableInstance::sopInstanceUid)
        .sorted()
        .toList();
  }

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
  void anIdentifierWithoutTheKeysAboveIsRefused() {
    DicomStatusException e =
        assertThrows(
            DicomStatusException.class,
            () -> query().find(QueryLevel.SERIES, keys(Tag.SeriesInstanceUID), 10));
    assertEquals(0xA900, e.status());
    e =
        assertThrows(
            DicomStatusException.class,
            () ->
                retrieve()
                    .move(QueryLevel.STUDY, keys(Tag.StudyInstanceUID), "THERE", report -> {}));
    assertEquals(0xA900, e.status());
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
  void queriesAndRetrievalsAreToldWithWhoAskedAndWhoGotWhat() throws Exception {
    DicomEvent.Caller caller = new DicomEvent.Caller("TESTSCU", "127.0.0.1");
    query().find(QueryLevel.STUDY, keys(Tag.StudyInstanceUID), 5);
    assertThrows(
        DicomStatusException.class,
        () -> query().find(QueryLevel.SERIES, keys(Tag.SeriesInstanceUID), 5));
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
                  new QueryRetrieve(broken, Map.of(), List.of()), null, event -> {}))
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
