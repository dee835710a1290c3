package org.qsmnode.camel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DicomProducerTest {

  @TempDir Path folder;
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private ProducerTemplate template;

  @BeforeEach
  void start() {
    camel.start();
    template = camel.createProducerTemplate();
  }

  @AfterEach
  void stop() throws IOException {
    camel.close();
  }

  @Test
  void allFilesGoOverOneAssociationAndArriveUnchanged() throws Exception {
    try (ScriptedScp scp = new ScriptedScp("PACS", UID.ExplicitVRLittleEndian)) {
      StoreReport report = store(scp, files(3));
      assertTrue(report.complete());
      assertEquals("3 x 0000", report.summary());
      assertEquals(List.of("1.2.3.1.0", "1.2.3.1.1", "1.2.3.1.2"), scp.requests());
      assertEquals(MrImage.of("1.2.3.1.1"), scp.stored().get("1.2.3.1.1"));
    }
  }

  @Test
  void anExplicitFileIsEncodedAnewForAPeerThatTakesOnlyImplicit() throws Exception {
    try (ScriptedScp scp = new ScriptedScp("PACS", UID.ImplicitVRLittleEndian)) {
      assertTrue(store(scp, files(1)).complete());
      Attributes received = Objects.requireNonNull(scp.stored().get("1.2.3.1.0"));
      assertEquals("Sentinel^Patient", received.getString(Tag.PatientName));
      assertArrayEquals(new byte[32], received.getBytes(Tag.PixelData));
    }
  }

  @Test
  void warningsCountAsStoredAndFailuresDoNot() throws Exception {
    try (ScriptedScp scp = new ScriptedScp("PACS", UID.ExplicitVRLittleEndian)) {
      scp.answer(n -> n == 0 ? 0xB000 : n == 1 ? 0xC000 : 0);
      StoreReport report = store(scp, files(3));
      assertFalse(report.complete());
      assertEquals(2, report.stored());
      assertEquals("1 x 0000, 1 x B000, 1 x C000", report.summary());
    }
  }

  @Test
  void aPeerThatIsFullIsNotAskedAgain() throws Exception {
    try (ScriptedScp scp = new ScriptedScp("PACS", UID.ExplicitVRLittleEndian)) {
      scp.answer(n -> n == 1 ? 0xA700 : 0);
      StoreReport report = store(scp, files(4));
      assertEquals("1 x 0000, 1 x A700, 2 x not sent", report.summary());
      assertEquals(2, scp.requests().size());
    }
  }

  @Test
  void aClassThatThePeerDoesNotTakeIsReported() throws Exception {
    Attributes image = MrImage.of("1.2.3.1.9");
    image.setString(Tag.SOPClassUID, org.dcm4che3.data.VR.UI, UID.EnhancedMRImageStorage);
    Path other = MrImage.write(image, UID.ExplicitVRLittleEndian, folder.resolve("enhanced.dcm"));
    List<Path> files = new ArrayList<>(files(1));
    files.add(other);
    try (ScriptedScp scp = new ScriptedScp("PACS", UID.ExplicitVRLittleEndian)) {
      assertEquals("1 x 0000, 1 x not negotiated", store(scp, files).summary());
    }
  }

  @Test
  void aPeerThatDiesInTheMiddleIsAnExceptionThatNamesTheObjectByNumber() throws Exception {
    try (ScriptedScp scp = new ScriptedScp("PACS", UID.ExplicitVRLittleEndian)) {
      scp.answer(n -> n == 1 ? ScriptedScp.ABORT : 0);
      DicomSendException e = sendFailure(scp.address(), files(3));
      assertTrue(e.toString().contains("storing object 2 of 3 failed"), e::toString);
      assertFalse(e.toString().contains("Sentinel"));
    }
  }

  @Test
  void aPeerThatIsDownOrRejectsIsAnException() throws Exception {
    PeerAddress nobody = new PeerAddress("PACS", "127.0.0.1", ScriptedScp.freePort());
    assertTrue(sendFailure(nobody, files(1)).toString().contains("opening an association"));
    try (ScriptedScp scp = new ScriptedScp("PACS", UID.ExplicitVRLittleEndian)) {
      PeerAddress wrong = new PeerAddress("OTHER", "127.0.0.1", scp.port());
      assertTrue(sendFailure(wrong, files(1)).toString().contains("opening an association"));
    }
  }

  @Test
  void aTitleWithABlankAndAnAddressInBracketsAreUnderstood() throws Exception {
    try (ScriptedScp scp = new ScriptedScp("PACS ONE", UID.ExplicitVRLittleEndian)) {
      assertTrue(store(scp, files(1)).complete());
    }
    PeerAddress six = PeerAddress.parse("PACS@[::1]:104");
    assertEquals("::1", six.host());
    assertEquals("PACS@[::1]:104", six.toString());
    assertThrows(IllegalArgumentException.class, () -> PeerAddress.parse("PACS@host"));
    assertThrows(IllegalArgumentException.class, () -> PeerAddress.parse("@host:104"));
  }

  @Test
  void echoSucceedsWithAPeerAndFailsWithoutOne() throws Exception {
    PeerAddress nobody = new PeerAddress("PACS", "127.0.0.1", ScriptedScp.freePort());
    try (ScriptedScp scp = new ScriptedScp("PACS", UID.ImplicitVRLittleEndian)) {
      template.sendBody("dicom:" + scp.address() + "?service=echo", null);
    }
    assertThrows(
        CamelExecutionException.class,
        () -> template.sendBody("dicom:" + nobody + "?service=echo", null));
  }

  private StoreReport store(ScriptedScp scp, List<Path> files) {
    return template.requestBody(
        "dicom:" + scp.address() + "?callingAeTitle=QSMNODE", files, StoreReport.class);
  }

  private DicomSendException sendFailure(PeerAddress peer, List<Path> files) {
    CamelExecutionException e =
        assertThrows(
            CamelExecutionException.class,
            () -> template.requestBody("dicom:" + peer, files, StoreReport.class));
    return assertInstanceOf(DicomSendException.class, e.getCause());
  }

  private List<Path> files(int count) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add(
          MrImage.write(
              MrImage.of("1.2.3.1." + i), UID.ExplicitVRLittleEndian, folder.resolve(i + ".dcm")));
    }
    return files;
  }
}
