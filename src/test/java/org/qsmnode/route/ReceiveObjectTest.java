package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.DicomConstants;
import org.qsmnode.camel.DicomStatusException;
import org.qsmnode.camel.MrImage;
import org.qsmnode.camel.OpenAssociations;
import org.qsmnode.camel.Part10Header;
import org.qsmnode.pipeline.Reconstruction;
import org.qsmnode.pipeline.ReconstructionSettings;
import org.qsmnode.store.Database;
import org.qsmnode.store.Failpoint;
import org.qsmnode.store.Failpoints;
import org.qsmnode.store.InstanceRow;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.NodeClaim;
import org.qsmnode.store.Spool;
import org.qsmnode.store.SpooledObject;

class ReceiveObjectTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String UID_1 = "1.2.3.4";

  @TempDir Path folder;
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private Ledger ledger;
  private Spool spool;

  @BeforeEach
  void open() throws IOException {
    NodeSettings settings = settings(Map.of());
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    ledger = Ledger.on(Database.open(settings.database()), clock);
    spool = Spool.open(settings.folders().spool(), "n1", settings.spoolLimits());
  }

  @AfterEach
  void close() throws IOException {
    Failpoints.silence();
    spool.close();
    ledger.database().close();
    camel.close();
  }

  @Test
  void anImageIsAFileAndARow() throws Exception {
    receive(MrImage.of(UID_1), UID.ExplicitVRLittleEndian, Map.of());
    InstanceRow row = ledger.instances().find(UID_1).orElseThrow();
    assertEquals("1.2.3", row.studyInstanceUid());
    assertEquals("MR1", row.callingAe());
    assertEquals(NOW, row.receivedAt());
    assertTrue(String.valueOf(row.facts()).contains("1.2.3.1"));
    assertFalse(String.valueOf(row.facts()).contains("Sentinel"));
    assertEquals(row.digest(), Spool.digestOfDataSet(spool.file(row.path())));
    assertEquals(1, meters.counter("qsmnode.received.objects").count());
  }

  @Test
  void theSameContentAgainIsKeptOnceInWhateverEncoding() throws Exception {
    receive(MrImage.of(UID_1), UID.ExplicitVRLittleEndian, Map.of());
    receive(MrImage.of(UID_1), UID.ExplicitVRLittleEndian, Map.of());
    receive(MrImage.of(UID_1), UID.ImplicitVRLittleEndian, Map.of());
    assertEquals(1, ledger.instances().count());
    assertEquals(1, files("objects").size());
    assertEquals(0, files("quarantine").size());
    assertEquals(2, meters.counter("qsmnode.received.duplicates").count());
  }

  @Test
  void anObjectIsNotTakenWhoseFileIsDeletedBeforeItIsAnswered() throws Exception {
    Failpoints.listen(this::deleteWhenNamed);
    assertThrows(
        IllegalStateException.class,
        () -> receive(MrImage.of(UID_1), UID.ExplicitVRLittleEndian, Map.of()));
    assertEquals(0, ledger.instances().count());
    Failpoints.silence();
    receive(MrImage.of(UID_1), UID.ExplicitVRLittleEndian, Map.of());
    Failpoints.listen(this::deleteWhenNamed);
    assertThrows(
        IOException.class,
        () -> receive(MrImage.of(UID_1), UID.ExplicitVRLittleEndian, Map.of()),
        "a copy");
  }

  private void deleteWhenNamed(Failpoint point) {
    if (point == Failpoint.RECEIVE_RENAMED) {
      assertDoesNotThrow(() -> Files.delete(files("objects").get(0)));
    }
  }

  @Test
  void otherContentUnderAKnownUidGoesToQuarantine() throws Exception {
    receive(MrImage.of(UID_1), UID.ExplicitVRLittleEndian, Map.of());
    receive(brighter(), UID.ExplicitVRLittleEndian, Map.of());
    assertEquals(1, files("objects").size());
    assertEquals(1, files("quarantine").size());
    InstanceRow row = ledger.instances().find(UID_1).orElseThrow();
    assertEquals(row.digest(), Spool.digestOfDataSet(spool.file(row.path())));
  }

  @Test
  void otherContentIsRefusedWhereTheSiteSaysSo() throws Exception {
    Map<String, String> refuse = Map.of("node.dicom.same-uid-other-content", "refuse");
    receive(MrImage.of(UID_1), UID.ExplicitVRLittleEndian, refuse);
    assertEquals(0x0111, refusal(brighter(), refuse));
    assertEquals(1, files("quarantine").size());
  }

  @Test
  void anotherInstanceOrClassThanTheCommandSaysDoesNotMatch() throws Exception {
    Attributes other = MrImage.of("1.2.3.5");
    assertEquals(0xA900, refusal(other, Map.of()));
    Attributes enhanced = MrImage.of(UID_1);
    enhanced.setString(Tag.SOPClassUID, VR.UI, UID.RawDataStorage);
    assertEquals(0xA900, refusal(enhanced, Map.of()));
  }

  @Test
  void missingOrInvalidUidsAreNotUnderstood() throws Exception {
    for (int tag :
        new int[] {
          Tag.StudyInstanceUID, Tag.SeriesInstanceUID, Tag.SOPInstanceUID, Tag.SOPClassUID
        }) {
      Attributes image = MrImage.of(UID_1);
      image.remove(tag);
      assertEquals(0xC000, refusal(image, Map.of()), Integer.toHexString(tag));
    }
    Attributes image = MrImage.of(UID_1);
    image.setString(Tag.StudyInstanceUID, VR.UI, "../1.2");
    assertEquals(0xC000, refusal(image, Map.of()));
  }

  @Test
  void cutShortOrUnreadableDataIsNotUnderstood() throws Exception {
    byte[] whole = encode(MrImage.of(UID_1), UID.ExplicitVRLittleEndian);
    for (int length : new int[] {0, 1, 7, 40, whole.length / 2, whole.length - 1}) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      DicomStatusException e =
          assertThrows(
              DicomStatusException.class,
              () -> receive(cut, UID.ExplicitVRLittleEndian, Map.of()),
              length + " bytes");
      assertEquals(0xC000, e.status());
    }
    assertEquals(List.of(), files("objects"));
    assertEquals(List.of(), files("incoming"));
    assertEquals(0, ledger.instances().count());
  }

  @Test
  void whatACrashTookFromTheLedgerIsIndexedAgainAmongFilesThatCannotBeRead() throws Exception {
    receive(MrImage.of(UID_1), UID.ExplicitVRLittleEndian, Map.of());
    InstanceRow before = ledger.instances().find(UID_1).orElseThrow();
    close();
    try (Stream<Path> walk = Files.walk(folder.resolve("database"))) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    open();
    Path study = java.util.Objects.requireNonNull(spool.file(before.path()).getParent());
    Path gone = folder.resolve("gone");
    Files.createSymbolicLink(study.resolve("1.2.0-0.dcm"), gone);
    Files.createDirectory(study.resolve("1.2.1-0.dcm"));
    Files.createSymbolicLink(spool.objects().resolve("00"), gone);
    Files.createSymbolicLink(spool.objects().resolve("01"), spool.objects().resolve("01"));
    Files.createFile(spool.objects().resolve("02"));
    assertEquals(1, new SpoolRecovery(spool, ledger, NOW).run());
    assertEquals(0, new SpoolRecovery(spool, ledger, NOW).run());
    InstanceRow after = ledger.instances().find(UID_1).orElseThrow();
    assertEquals(before.digest(), after.digest());
    assertEquals(before.path(), after.path());
    assertEquals(before.dataSetBytes(), after.dataSetBytes());
    assertEquals(before.callingAe(), after.callingAe());
    assertEquals(before.facts(), after.facts());
    assertEquals(1, ledger.instances().studiesToExamine(NOW, 10).size());
  }

  @Test
  void aFileThatTheLedgerDoesNotMeanGoesToQuarantine() throws Exception {
    receive(MrImage.of(UID_1), UID.ExplicitVRLittleEndian, Map.of());
    Path known = spool.file(ledger.instances().find(UID_1).orElseThrow().path());
    Path study = java.util.Objects.requireNonNull(known.getParent());
    Files.copy(known, study.resolve(UID_1 + "-0123456789ab.dcm"));
    Files.write(study.resolve("1.2.3.9-0123456789ab.dcm"), new byte[200]);
    assertEquals(0, new SpoolRecovery(spool, ledger, NOW).run());
    assertEquals(List.of(known), files("objects"));
    assertEquals(2, files("quarantine").size());
  }

  private static Attributes brighter() {
    Attributes image = MrImage.of(UID_1);
    byte[] pixels = new byte[32];
    pixels[0] = 1;
    image.setBytes(Tag.PixelData, VR.OW, pixels);
    return image;
  }

  private int refusal(Attributes image, Map<String, String> settings) {
    return assertThrows(
            DicomStatusException.class, () -> receive(image, UID.ExplicitVRLittleEndian, settings))
        .status();
  }

  private void receive(Attributes image, String syntax, Map<String, String> settings)
      throws Exception {
    receive(encode(image, syntax), syntax, settings);
  }

  private void receive(byte[] dataSet, String syntax, Map<String, String> settings)
      throws Exception {
    ReceiveObject receive =
        new ReceiveObject(
            new NodeParts(
                settings(settings),
                new NodeClaim("node-1", "node-1/test"),
                ledger,
                spool,
                new Reconstruction(ReconstructionSettings.defaults(), "test", Clock.systemUTC()),
                new OpenAssociations(),
                new DicomPeers(settings(settings), AuditTrail.none()),
                AuditTrail.none(),
                new ReceivedStudies(AuditTrail.none(), new OpenAssociations(), Clock.systemUTC()),
                meters,
                Clock.fixed(NOW, ZoneOffset.UTC)));
    try (SpooledObject object = spool.begin()) {
      object.writeHeader(Part10Header.encode(UID.MRImageStorage, UID_1, syntax, "MR1"));
      object.dataSet().write(dataSet);
      Exchange exchange = new DefaultExchange(camel);
      exchange.getIn().setBody(object);
      exchange.getIn().setHeader(DicomConstants.SOP_CLASS_UID, UID.MRImageStorage);
      exchange.getIn().setHeader(DicomConstants.SOP_INSTANCE_UID, UID_1);
      exchange.getIn().setHeader(DicomConstants.CALLING_AE_TITLE, "MR1");
      receive.process(exchange);
    }
  }

  private static byte[] encode(Attributes image, String syntax) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DicomOutputStream out = new DicomOutputStream(bytes, syntax)) {
      out.writeDataset(null, image);
    }
    return bytes.toByteArray();
  }

  private NodeSettings settings(Map<String, String> more) {
    Map<String, String> properties = new HashMap<>(more);
    properties.put("node.work.directory", folder.toString());
    properties.put("node.spool.reserve-percent", "0");
    return NodeSettings.from(properties);
  }

  private List<Path> files(String below) throws IOException {
    try (Stream<Path> walk = Files.walk(folder.resolve("spool").resolve(below))) {
      return walk.filter(Files::isRegularFile).toList();
    }
  }
}
