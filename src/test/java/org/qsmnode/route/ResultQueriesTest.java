package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.main.Main;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.ElementDictionary;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Dcmtk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsmnode.camel.ConsumerServices;
import org.qsmnode.camel.MrImage;
import org.qsmnode.camel.QueryRetrieve;
import org.qsmnode.camel.QueryScu;
import org.qsmnode.camel.ScriptedScp;
import org.qsmnode.camel.TestNode;
import org.qsmnode.digest.Digests;
import org.qsmnode.store.AcquisitionRow;
import org.qsmnode.store.Database;
import org.qsmnode.store.InstanceRow;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.QueryLevel;
import org.qsmnode.store.ResultSeries;
import org.qsmnode.web.DicomWebRoutes;
import org.qsmnode.web.StowOutcome;

/** Queries for results whose headers have a character set, by C-FIND and by QIDO-RS. */
@Timeout(60)
class ResultQueriesTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String NAME = "Müller^Jörg";
  private static final String STUDY = "1.2.3";
  private static final StowOutcome NOT_TAKEN =
      new StowOutcome("", "", StowOutcome.CANNOT_UNDERSTAND);

  @TempDir Path folder;

  private final TestNode node = new TestNode();
  private final Main camel = new Main();
  private NodeSettings settings;
  private Database database;

  @BeforeEach
  void open() {
    settings = NodeSettings.from(Map.of("node.work.directory", folder.toString()));
    database = Database.open(settings.database());
  }

  @AfterEach
  void close() throws Exception {
    camel.stop();
    node.close();
    database.close();
  }

  /** What a ledger with one result of two objects gives. */
  private ResultObjects results(String characterSet) throws Exception {
    Ledger ledger = Ledger.on(database, Clock.fixed(NOW, ZoneOffset.UTC));
    Path place = Files.createDirectories(settings.folders().results().resolve("m"));
    List<ResultSeries.ResultFile> files = new ArrayList<>();
    for (String uid : List.of("1.2.3.1.1", "1.2.3.1.2")) {
      Attributes image = MrImage.of(uid);
      image.setString(Tag.SpecificCharacterSet, VR.CS, characterSet);
      image.setString(Tag.PatientName, VR.PN, NAME);
      image.setString(Tag.PatientID, VR.LO, "P-1");
      image.setString(Tag.StudyDescription, VR.LO, "Schädel");
      image.setString(Tag.SeriesDescription, VR.LO, "QSM Größe");
      MrImage.write(image, UID.ExplicitVRLittleEndian, place.resolve(uid));
      files.add(new ResultSeries.ResultFile(uid, "m/" + uid, Digests.ofFile(place.resolve(uid))));
    }
    InstanceRow source =
        new InstanceRow(
            "9.1.1", UID.MRImageStorage, STUDY, "9.1", "f".repeat(64), "p/1", 10, "MR", NOW, "{}");
    ledger.instances().add(source, NOW);
    AcquisitionRow row = ledger.acquisitions().observe("a-1", STUDY, List.of("9.1.1"), 3, 16);
    ledger.acquisitions().complete("a-1", row.sourceDigest());
    String job =
        ledger
            .jobs()
            .queue(ledger.acquisitions().find("a-1").orElseThrow(), List.of("9.1.1"))
            .orElseThrow();
    ledger
        .jobs()
        .ready(
            ledger.jobs().start(job, "n1").orElseThrow(),
            "ab".repeat(32),
            List.of(new ResultSeries("qsm-mean", "1.2.3.1", files)),
            List.of(),
            () -> {});
    return new ResultObjects(ledger, settings.folders().results());
  }

  private static Attributes keys(int... tags) {
    Attributes keys = new Attributes();
    for (int tag : tags) {
      keys.setNull(tag, ElementDictionary.vrOf(tag, null));
    }
    return keys;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO_IR 100", "ISO_IR 192"})
  void aFindAnswersAtEveryLevelInTheCharacterSetOfTheResult(String characterSet) throws Exception {
    ResultObjects results = results(characterSet);
    node.with(
            "services",
            new ConsumerServices(
                new QueryRetrieve(results, Map.of(), List.of()), null, null, event -> {}))
        .start(Files.createDirectory(folder.resolve("node")));
    QueryScu query = new QueryScu(node.options(), node.executor, node.timers);

    Attributes study = keys(Tag.StudyInstanceUID, Tag.PatientName, Tag.StudyDescription);
    assertNamed(characterSet, 1, query.find(QueryLevel.STUDY, study, 9).found());
    Attributes series = keys(Tag.SeriesInstanceUID, Tag.PatientName, Tag.SeriesDescription);
    series.setString(Tag.StudyInstanceUID, VR.UI, STUDY);
    List<Attributes> found = query.find(QueryLevel.SERIES, series, 9).found();
    assertNamed(characterSet, 1, found);
    assertEquals("QSM Größe", found.get(0).getString(Tag.SeriesDescription));
    Attributes image = keys(Tag.SOPInstanceUID, Tag.PatientName, Tag.SeriesDescription);
    image.setString(Tag.StudyInstanceUID, VR.UI, STUDY);
    image.setString(Tag.SeriesInstanceUID, VR.UI, "1.2.3.1");
    assertNamed(characterSet, 2, query.find(QueryLevel.IMAGE, image, 9).found());
    assertEquals(
        0,
        Dcmtk.run(
            folder,
            "findscu",
            "-v",
            "-P",
            "-aec",
            "NODE",
            "-k",
            "QueryRetrieveLevel=PATIENT",
            "-k",
            "PatientID",
            "-k",
            "IssuerOfPatientID",
            "127.0.0.1",
            "" + node.port()));
    assertTrue(Dcmtk.log(folder, "findscu").contains("[P-1"), Dcmtk.log(folder, "findscu"));
  }

  private static void assertNamed(String characterSet, int count, List<Attributes> found) {
    assertEquals(count, found.size());
    for (Attributes match : found) {
      assertEquals(NAME, match.getString(Tag.PatientName));
      assertEquals(characterSet, match.getString(Tag.SpecificCharacterSet));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO_IR 100", "ISO_IR 192"})
  void aSearchAnswersAtEveryLevelInUnicode(String characterSet) throws Exception {
    ResultObjects results = results(characterSet);
    int port = ScriptedScp.freePort();
    camel.setDefaultPropertyPlaceholderLocation("false");
    camel.configure().setStartupSummaryLevel(StartupSummaryLevel.Off);
    camel.configure().addRoutesBuilder(new DicomWebRoutes(results, part -> NOT_TAKEN, ""));
    camel.addInitialProperty("camel.server.enabled", "true");
    camel.addInitialProperty("camel.server.host", "127.0.0.1");
    camel.addInitialProperty("camel.server.port", Integer.toString(port));
    camel.start();
    Map<String, Integer> matches =
        Map.of(
            "/studies?includefield=PatientName", 1,
            "/series?includefield=PatientName", 1,
            "/instances?includefield=all", 2,
            "/studies?PatientName=m%C3%BCller*", 1);
    for (Map.Entry<String, Integer> question : matches.entrySet()) {
      String address = "http://127.0.0.1:" + port + "/dicom-web" + question.getKey();
      HttpResponse<byte[]> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(address)).build(),
                  HttpResponse.BodyHandlers.ofByteArray());
      String text = new String(answer.body(), StandardCharsets.UTF_8);
      assertEquals(200, answer.statusCode(), question.getKey() + ": " + text);
      JsonNode found = new ObjectMapper().readTree(text);
      assertEquals(question.getValue(), found.size(), question.getKey());
      for (JsonNode match : found) {
        assertEquals(NAME, match.at("/00100010/Value/0/Alphabetic").asText());
      }
    }
  }
}
