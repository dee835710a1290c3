package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.net.SSLManagerFactory;
import org.dcm4che3.net.TestKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.DicomEvent;
import org.qsmnode.camel.FolderObjects;
import org.qsmnode.camel.OpenAssociations;
import org.qsmnode.store.QueryLevel;

/** What the node writes of who did what, against the rules of PS3.15 A.5. */
@Timeout(60)
class AuditTrailTest {

  private static final String SENTINEL = "SentinelPatient";
  private static final DicomEvent.Caller CALLER = new DicomEvent.Caller("VIEWER", "192.0.2.7");
  private static final Map<String, Integer> OBJECTS = Map.of(UID.MRImageStorage, 16);

  @TempDir Path folder;
  private Instant now = Instant.parse("2026-01-02T23:59:00Z");

  private AuditTrail open(String... more) throws IOException {
    return AuditTrail.open(settings(more), new MovingClock());
  }

  private NodeSettings settings(String... more) {
    Map<String, String> properties = new HashMap<>();
    properties.put("node.work.directory", folder.toString());
    for (int i = 0; i < more.length; i += 2) {
      properties.put(more[i], more[i + 1]);
    }
    return NodeSettings.from(properties);
  }

  private final class MovingClock extends Clock {

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return Clock.fixed(now, zone);
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private String written() throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(folder.resolve("audit"))) {
      for (Path file : files.sorted().toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }

  private static AuditTrail.Transfer transfer(AuditTrail trail, Optional<String> patientId) {
    return new AuditTrail.Transfer(
        AuditMessage.Party.ae("MODALITY", "192.0.2.8"), trail.own(), "1.2.3", patientId);
  }

  @Test
  void everyEventObeysTheSchema() throws Exception {
    try (AuditTrail trail = open()) {
      trail.record(new DicomEvent.Refused(new DicomEvent.Caller("", "192.0.2.9"), "TLS <failed>"));
      trail.record(queried());
      trail.record(new DicomEvent.Retrieved(CALLER, CALLER, "1.2.3", OBJECTS, true));
      trail.record(
          new DicomEvent.Retrieved(
              CALLER, new DicomEvent.Caller("THERE", "::1"), "1.2.3", Map.of(), false));
      AuditTrail.Transfer transfer = transfer(trail, Optional.of("P1"));
      trail.began(transfer);
      trail.ended(transfer, OBJECTS, true, true);
      trail.exported(
          new AuditTrail.Transfer(
              trail.own(),
              new AuditMessage.Party("file:///out", "", ""),
              "1.2.3",
              Optional.empty()),
          OBJECTS,
          true);
      trail.deleted("1.2.3", OBJECTS, Optional.empty(), true);
      trail.deleted("1.2.3", OBJECTS, Optional.empty(), false);
    }
    assertEquals(
        List.of(
            "110100", "110113", "110112", "110104", "110104", "110102", "110104", "110106",
            "110105", "110103", "110100"),
        AuditRules.checkAll(written()));
  }

  private static DicomEvent queried() {
    Attributes keys = new Attributes();
    keys.setString(Tag.PatientName, VR.PN, SENTINEL);
    keys.setString(Tag.StudyDate, VR.DA, "20260101-");
    return new DicomEvent.Queried(
        CALLER,
        UID.StudyRootQueryRetrieveInformationModelFind,
        UID.ExplicitVRLittleEndian,
        keys,
        true);
  }

  private Attributes queryThatWasWritten() throws IOException {
    String text = written();
    String start = "<ParticipantObjectQuery>";
    int from = text.indexOf(start) + start.length();
    byte[] bytes =
        Base64.getDecoder().decode(text.substring(from, text.indexOf("</ParticipantObjectQ")));
    try (DicomInputStream in =
        new DicomInputStream(new ByteArrayInputStream(bytes), UID.ImplicitVRLittleEndian)) {
      return in.readDataset();
    }
  }

  @Test
  void aQueryIsKeptWithoutPatientValuesUnlessTheyAreAskedFor() throws Exception {
    try (AuditTrail trail = open()) {
      trail.record(queried());
    }
    Attributes keys = queryThatWasWritten();
    assertTrue(keys.contains(Tag.PatientName));
    assertFalse(keys.containsValue(Tag.PatientName));
    assertEquals("20260101-", keys.getString(Tag.StudyDate));
  }

  @Test
  void aQueryIsKeptAsItWasWherePatientsAreNamed() throws Exception {
    try (AuditTrail trail = open("node.audit.patient-id", "true")) {
      trail.record(queried());
    }
    assertEquals(SENTINEL, queryThatWasWritten().getString(Tag.PatientName));
  }

  @Test
  void thePatientIsReadFromAnObjectOnlyWhereThatIsAskedFor() throws Exception {
    Path object;
    try (Stream<Path> files = Files.list(Path.of("test-dicom", "siemens"))) {
      object = files.filter(file -> file.toString().endsWith(".dcm")).findFirst().orElseThrow();
    }
    try (AuditTrail trail = open()) {
      assertEquals(Optional.empty(), trail.patientId(object));
    }
    try (AuditTrail trail = open("node.audit.patient-id", "true");
        DicomInputStream in = new DicomInputStream(object.toFile())) {
      assertEquals(in.readDataset().getString(Tag.PatientID), trail.patientId(object).orElse(""));
    }
  }

  @Test
  void everySearchAndRetrievalOfDicomWebIsRecorded() throws Exception {
    try (AuditTrail trail = open()) {
      WebObjects objects =
          new WebObjects(new FolderObjects(Path.of("test-dicom", "siemens")), trail);
      assertEquals(1, objects.candidates(QueryLevel.STUDY, new Attributes()).size());
      int count = objects.instances(QueryLevel.STUDY, new Attributes()).size();
      assertTrue(count > 0);
      assertTrue(written().contains("NumberOfInstances=\"" + count + "\""));
    }
    assertEquals(List.of("110100", "110112", "110104", "110100"), AuditRules.checkAll(written()));
  }

  @Test
  void eachDayHasAFileAndOldOnesGo() throws Exception {
    AuditTrail trail = open("node.audit.keep", "2d");
    now = now.plus(Duration.ofDays(1));
    trail.deleted("1.2.3", OBJECTS, Optional.empty(), true);
    now = now.plus(Duration.ofDays(2));
    trail.close();
    try (Stream<Path> files = Files.list(folder.resolve("audit"))) {
      assertEquals(
          List.of("audit-2026-01-03.log", "audit-2026-01-05.log"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
    AuditTrail again = open("node.audit.keep", "2d");
    again.close();
    assertEquals(List.of("110105", "110100", "110100", "110100"), AuditRules.checkAll(written()));
  }

  @Test
  void objectsOfOneSenderAndStudyAreOneTransfer() throws Exception {
    AuditTrail trail = open();
    OpenAssociations nobody = new OpenAssociations();
    try (ReceivedStudies received = new ReceivedStudies(trail, nobody, new MovingClock())) {
      for (int i = 0; i < 5; i++) {
        received.received(CALLER, "1.2.3", UID.MRImageStorage, folder.resolve("none"));
      }
      received.sweep();
      assertEquals(List.of("110100", "110102"), AuditRules.checkAll(written()));
      now = now.plusSeconds(3);
      received.sweep();
      assertEquals(List.of("110100", "110102", "110104"), AuditRules.checkAll(written()));
      assertTrue(written().contains("NumberOfInstances=\"5\""));
      received.received(CALLER, "1.2.3", UID.MRImageStorage, folder.resolve("none"));
    }
    assertEquals(
        List.of("110100", "110102", "110104", "110102", "110104"), AuditRules.checkAll(written()));
    trail.close();
  }

  @Test
  void aRepositoryGetsEachMessageInADatagram() throws Exception {
    try (DatagramSocket repository = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      repository.setSoTimeout(10_000);
      String address = "udp://127.0.0.1:" + repository.getLocalPort();
      open("node.audit.syslog", address).close();
      for (String code : List.of("110120", "110121")) {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        repository.receive(packet);
        String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
        assertEquals("110100", AuditRules.check(xml(text)));
        assertTrue(text.contains(code));
      }
    }
  }

  /** Checks the header of RFC 5424 and gives what follows the byte order mark. */
  private static String xml(String syslog) {
    String header =
        "<85>1 [0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z [!-~]+ qsm-node [0-9]+ DICOM\\+RFC3881 - ";
    int mark = syslog.indexOf('\uFEFF');
    assertTrue(mark > 0 && syslog.substring(0, mark).matches(header), syslog);
    return syslog.substring(mark + 1);
  }

  @Test
  void aRepositoryGetsTheMessagesOverTlsFromANodeThatShowsItsCertificate() throws Exception {
    TestKeys keys = new TestKeys(folder, "node", "repository");
    char[] password = TestKeys.PASSWORD.toCharArray();
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(load(keys.keyStore("repository")), password);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(load(keys.trustStore("node")));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    try (SSLServerSocket server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      server.setNeedClientAuth(true);
      AuditTrail trail =
          open(
              "node.audit.syslog",
              "tls://127.0.0.1:" + server.getLocalPort(),
              "node.tls.key-store",
              keys.keyStore("node").toString(),
              "node.tls.key-store-password",
              TestKeys.PASSWORD,
              "node.tls.trust-store",
              keys.trustStore("repository").toString(),
              "node.tls.trust-store-password",
              TestKeys.PASSWORD,
              "node.tls.check-host-name",
              "true");
      try (SSLSocket socket = (SSLSocket) server.accept()) {
        InputStream in = socket.getInputStream();
        List<String> codes = new ArrayList<>();
        codes.add(AuditRules.check(xml(frame(in))));
        trail.record(queried());
        codes.add(AuditRules.check(xml(frame(in))));
        trail.close();
        codes.add(AuditRules.check(xml(frame(in))));
        assertEquals(List.of("110100", "110112", "110100"), codes);
        assertEquals(-1, in.read());
      }
    }
  }

  private static java.security.KeyStore load(Path file) throws Exception {
    return SSLManagerFactory.loadKeyStore(
        "PKCS12", file.toUri().toString(), TestKeys.PASSWORD.toCharArray());
  }

  /** One message with its length in front (RFC 5425 4.3). */
  private static String frame(InputStream in) throws IOException {
    int length = 0;
    for (int c = in.read(); c != ' '; c = in.read()) {
      length = 10 * length + (c - '0');
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  @Test
  void settingsThatDoNotFitAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> settings("node.audit.directory", "off", "node.audit.syslog", "udp://host:514"));
    assertThrows(
        IllegalArgumentException.class, () -> settings("node.audit.syslog", "tls://host:6514"));
    assertThrows(
        IllegalArgumentException.class, () -> settings("node.audit.syslog", "tcp://host:514"));
  }

  @Test
  void nothingIsWrittenWhereRecordsAreOff() throws Exception {
    try (AuditTrail trail = open("node.audit.directory", "off")) {
      trail.record(queried());
    }
    assertFalse(Files.exists(folder.resolve("audit")));
  }
}
