package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.MrImage;
import org.qsmnode.camel.OpenAssociations;
import org.qsmnode.pipeline.Reconstruction;
import org.qsmnode.pipeline.ReconstructionSettings;
import org.qsmnode.store.Database;
import org.qsmnode.store.InstanceRow;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.NodeClaim;
import org.qsmnode.store.Spool;
import org.qsmnode.web.StowOutcome;

class StowObjectsTest {

  private static final String UID_1 = "1.2.3.4";

  @TempDir Path folder;
  private Ledger ledger;
  private Spool spool;
  private StowObjects stow;

  @BeforeEach
  void open() throws Exception {
    NodeSettings settings =
        NodeSettings.from(
            Map.of(
                "node.work.directory", folder.toString(),
                "node.spool.reserve-percent", "0",
                "node.spool.max-object-mebibytes", "1",
                "node.dicom.same-uid-other-content", "refuse"));
    Clock clock = Clock.systemUTC();
    ledger = Ledger.on(Database.open(settings.database()), clock);
    spool = Spool.open(settings.folders().spool(), "n1", settings.spoolLimits());
    stow =
        new StowObjects(
            spool,
            new ReceiveObject(
                new NodeParts(
                    settings,
                    new NodeClaim("node-1", "node-1/test"),
                    ledger,
                    spool,
                    new Reconstruction(ReconstructionSettings.defaults(), "test", clock),
                    new OpenAssociations(),
                    new DicomPeers(settings, AuditTrail.none()),
                    AuditTrail.none(),
                    new ReceivedStudies(
                        AuditTrail.none(), new OpenAssociations(), Clock.systemUTC()),
                    new SimpleMeterRegistry(),
                    clock)));
  }

  @AfterEach
  void close() {
    ledger.database().close();
  }

  @Test
  void anObjectIsAFileAndARowAsIfItHadComeByStore() throws IOException {
    StowOutcome outcome = store(MrImage.of(UID_1), UID.ExplicitVRLittleEndian);
    assertEquals(new StowOutcome(UID.MRImageStorage, UID_1, 0), outcome);
    InstanceRow row = ledger.instances().find(UID_1).orElseThrow();
    assertEquals("STOW-RS", row.callingAe());
    assertEquals(row.digest(), Spool.digestOfDataSet(spool.file(row.path())));
    assertEquals(0, store(MrImage.of(UID_1), UID.ImplicitVRLittleEndian).failureReason());
    assertEquals(1, ledger.instances().count());
  }

  @Test
  void eachRefusalHasTheReasonOfStore() throws IOException {
    store(MrImage.of(UID_1), UID.ExplicitVRLittleEndian);
    Attributes other = MrImage.of(UID_1);
    other.setBytes(Tag.PixelData, VR.OW, java.util.Arrays.copyOf(new byte[] {1}, 32));
    assertEquals(0x0111, store(other, UID.ExplicitVRLittleEndian).failureReason());
    Attributes picture = MrImage.of("1.2.3.5");
    picture.setString(Tag.SOPClassUID, VR.UI, UID.CTImageStorage);
    assertEquals(0x0122, store(picture, UID.ExplicitVRLittleEndian).failureReason());
    Attributes nowhere = MrImage.of("1.2.3.6");
    nowhere.remove(Tag.StudyInstanceUID);
    assertEquals(0xC000, store(nowhere, UID.ExplicitVRLittleEndian).failureReason());
    Attributes large = MrImage.of("1.2.3.7");
    large.setBytes(Tag.PixelData, VR.OW, new byte[2 << 20]);
    assertEquals(0xA700, store(large, UID.ExplicitVRLittleEndian).failureReason());
    assertEquals(1, ledger.instances().count());
    try (Stream<Path> left = Files.list(folder.resolve("spool/incoming/n1"))) {
      assertEquals(0, left.count(), "nothing is left half received");
    }
  }

  @Test
  void aTransferSyntaxThatIsNotTakenIsNamedSo() throws IOException {
    byte[] bytes = bytes(MrImage.of(UID_1), UID.ExplicitVRLittleEndian);
    byte[] wanted = "1.2.840.10008.1.2.1\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    for (int i = 0; i < bytes.length - wanted.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        bytes[i + wanted.length - 2] = '9';
      }
    }
    StowOutcome outcome = stow.store(new ByteArrayInputStream(bytes));
    assertEquals(0xC122, outcome.failureReason());
    assertEquals(UID_1, outcome.sopInstanceUid());
  }

  @Test
  void whatIsNoPart10FileHasNoNameAndIsNotUnderstood() throws IOException {
    byte[] whole = bytes(MrImage.of(UID_1), UID.ExplicitVRLittleEndian);
    StowOutcome nameless = new StowOutcome("", "", StowOutcome.CANNOT_UNDERSTAND);
    for (int length : new int[] {0, 10, 140, 150}) {
      assertEquals(
          nameless,
          stow.store(new ByteArrayInputStream(Arrays.copyOf(whole, length))),
          "" + length);
    }
    whole[130] = 'X';
    assertEquals(nameless, stow.store(new ByteArrayInputStream(whole)));
  }

  @Test
  void aStreamThatBreaksLeavesNothing() throws IOException {
    byte[] whole = bytes(MrImage.of(UID_1), UID.ExplicitVRLittleEndian);
    InputStream broken =
        new InputStream() {
          private int at;

          @Override
          public int read() throws IOException {
            if (at == whole.length - 5) {
              throw new IOException("gone");
            }
            return whole[at++] & 0xff;
          }
        };
    assertThrows(IOException.class, () -> stow.store(broken));
    assertEquals(0, ledger.instances().count());
    try (Stream<Path> left = Files.list(folder.resolve("spool/incoming/n1"))) {
      assertEquals(0, left.count());
    }
  }

  private StowOutcome store(Attributes image, String syntax) throws IOException {
    return stow.store(new ByteArrayInputStream(bytes(image, syntax)));
  }

  private byte[] bytes(Attributes image, String syntax) throws IOException {
    return Files.readAllBytes(MrImage.write(image, syntax, folder.resolve("object.dcm")));
  }
}
