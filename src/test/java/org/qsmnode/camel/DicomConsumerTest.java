package org.qsmnode.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.DataWriterAdapter;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.Priority;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.store.Spool;
import org.qsmnode.store.SpoolLimits;
import org.qsmnode.store.SpooledObject;

class DicomConsumerTest {

  @TempDir Path folder;
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final OpenAssociations open = new OpenAssociations();
  private final List<Map<String, Object>> headers = new CopyOnWriteArrayList<>();
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private ApplicationEntity scu;
  private int port;

  @BeforeEach
  void makeScu() {
    Device device = new Device("scu");
    device.setExecutor(executor);
    device.setScheduledExecutor(timers);
    Connection local = new Connection("scu", null);
    device.addConnection(local);
    scu = new ApplicationEntity("MR1");
    scu.setAssociationInitiator(true);
    scu.addConnection(local);
    device.addApplicationEntity(scu);
  }

  @AfterEach
  void stop() throws IOException {
    camel.close();
    executor.shutdownNow();
    timers.shutdownNow();
  }

  @Test
  void anObjectIsAnExchangeAndIsAnsweredAfterTheRoute() throws Exception {
    start("", new SpoolLimits(1 << 20, 0), keeping());
    assertEquals(0x0000, store(MrImage.of("1.2.3.4"), UID.MRImageStorage, "1.2.3.4"));
    Map<String, Object> seen = headers.get(0);
    assertEquals("1.2.3.4", seen.get(DicomConstants.SOP_INSTANCE_UID));
    assertEquals(UID.MRImageStorage, seen.get(DicomConstants.SOP_CLASS_UID));
    assertEquals("MR1", seen.get(DicomConstants.CALLING_AE_TITLE));
    assertEquals("NODE", seen.get(DicomConstants.CALLED_AE_TITLE));
    assertEquals(UID.ExplicitVRLittleEndian, seen.get(DicomConstants.TRANSFER_SYNTAX_UID));
    Path file = files("objects").get(0);
    assertEquals("MR1", Part10Header.read(file).sourceAeTitle());
    try (var in = new org.dcm4che3.io.DicomInputStream(file.toFile())) {
      assertEquals(MrImage.of("1.2.3.4"), in.readDataset());
    }
  }

  @Test
  void whatTheRouteThrowsIsTheStatus() throws Exception {
    start(
        "",
        new SpoolLimits(1 << 20, 0),
        exchange -> {
          throw new DicomStatusException(DicomStatusException.DATA_SET_DOES_NOT_MATCH, "no match");
        });
    assertEquals(0xA900, store(MrImage.of("1.2.3.4"), UID.MRImageStorage, "1.2.3.4"));
    assertEquals(List.of(), files(""));
  }

  @Test
  void anUnexpectedExceptionIsProcessingFailureAndTheAssociationGoesOn() throws Exception {
    start(
        "",
        new SpoolLimits(1 << 20, 0),
        exchange -> {
          throw new IllegalStateException("a bug");
        });
    Association association = associate("NODE", UID.MRImageStorage);
    assertEquals(0x0110, send(association, MrImage.of("1.1"), UID.MRImageStorage, "1.1"));
    assertEquals(0x0110, send(association, MrImage.of("1.2"), UID.MRImageStorage, "1.2"));
    association.release();
  }

  @Test
  void anObjectOverTheLimitIsOutOfResourcesAndTheAssociationGoesOn() throws Exception {
    start("", new SpoolLimits(100, 0), keeping());
    Association association = associate("NODE", UID.MRImageStorage);
    assertEquals(0xA700, send(association, MrImage.of("1.1"), UID.MRImageStorage, "1.1"));
    assertEquals(0xA700, send(association, MrImage.of("1.2"), UID.MRImageStorage, "1.2"));
    association.release();
    assertEquals(List.of(), files(""));
  }

  @Test
  void aCommandOfAnotherClassThanItsContextIsNotSupported() throws Exception {
    start("", new SpoolLimits(1 << 20, 0), keeping());
    Association association = associate("NODE", UID.MRImageStorage);
    var context = association.pcFor(UID.MRImageStorage, UID.ExplicitVRLittleEndian);
    Attributes command =
        org.dcm4che3.net.Commands.mkCStoreRQ(
            association.nextMessageID(), UID.CTImageStorage, "1.2.3.4", Priority.NORMAL);
    var response = new org.dcm4che3.net.FutureDimseRSP(command.getInt(Tag.MessageID, 0));
    association.invoke(
        context, command, new DataWriterAdapter(MrImage.of("1.2.3.4")), response, 5000, 5000);
    response.next();
    assertEquals(0x0122, response.getCommand().getInt(Tag.Status, -1));
    association.release();
  }

  @Test
  void aSenderThatMayNotStoreIsNotAuthorised() throws Exception {
    start("&storingAeTitles=MR2,MR3", new SpoolLimits(1 << 20, 0), keeping());
    assertEquals(0x0124, store(MrImage.of("1.2.3.4"), UID.MRImageStorage, "1.2.3.4"));
  }

  @Test
  void unknownCallersAndWrongCalledTitlesAreRejectedForGood() throws Exception {
    start("&acceptedCallingAeTitles=MR2", new SpoolLimits(1 << 20, 0), keeping());
    AAssociateRJ caller =
        assertThrows(AAssociateRJ.class, () -> associate("NODE", UID.MRImageStorage));
    assertEquals("1/1/3", text(caller));
    AAssociateRJ called =
        assertThrows(AAssociateRJ.class, () -> associate("OTHER", UID.MRImageStorage));
    assertEquals("1/1/7", text(called));
  }

  @Test
  void oneCallerTooManyTimesIsRejectedForNow() throws Exception {
    start("&maxAssociationsPerCallingAe=1", new SpoolLimits(1 << 20, 0), keeping());
    Association first = associate("NODE", UID.MRImageStorage);
    assertTrue(open.isOpen("MR1"));
    AAssociateRJ second =
        assertThrows(AAssociateRJ.class, () -> associate("NODE", UID.MRImageStorage));
    assertEquals("2/3/2", text(second));
    first.release();
    Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !open.isOpen("MR1"));
    associate("NODE", UID.MRImageStorage).release();
  }

  @Test
  void aClassThatIsNotTakenIsRefusedInNegotiation() throws Exception {
    start("", new SpoolLimits(1 << 20, 0), keeping());
    Association association = associate("NODE", UID.CTImageStorage);
    assertFalse(association.getAAssociateAC().getPresentationContext(1).isAccepted());
    association.release();
  }

  @Test
  void anAssociationThatIsAbortedInADataSetLeavesNothing() throws Exception {
    start("", new SpoolLimits(1 << 20, 0), keeping());
    Association association = associate("NODE", UID.MRImageStorage);
    assertThrows(
        IOException.class,
        () ->
            association
                .cstore(
                    UID.MRImageStorage,
                    "1.2.3.4",
                    Priority.NORMAL,
                    (out, syntax) -> {
                      out.write(new byte[50_000]);
                      association.abort();
                      out.write(new byte[50_000]);
                    },
                    UID.ExplicitVRLittleEndian)
                .next());
    Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !open.isOpen("MR1"));
    Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> files("").isEmpty());
    assertTrue(headers.isEmpty());
  }

  @Test
  void echoIsAnswered() throws Exception {
    start("", new SpoolLimits(1 << 20, 0), keeping());
    Association association = associate("NODE", UID.Verification);
    DimseRSP response = association.cecho();
    response.next();
    assertEquals(0, response.getCommand().getInt(Tag.Status, -1));
    association.release();
  }

  private void start(String options, SpoolLimits limits, Processor route) throws Exception {
    Spool spool = Spool.open(folder, "n1", limits);
    camel.getRegistry().bind("spool", spool);
    camel.getRegistry().bind("open", open);
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("dicom:NODE@127.0.0.1:0?spool=#spool&openAssociations=#open" + options)
                .id("receive")
                .process(exchange -> keep(spool, exchange))
                .process(route);
          }

          private void keep(Spool to, org.apache.camel.Exchange exchange) {
            exchange.setProperty("spool", to);
          }
        });
    camel.start();
    port = ((DicomConsumer) camel.getRoute("receive").getConsumer()).port();
  }

  private Processor keeping() {
    return exchange -> {
      headers.add(Map.copyOf(exchange.getIn().getHeaders()));
      exchange
          .getProperty("spool", Spool.class)
          .keep(exchange.getIn().getBody(SpooledObject.class), "1.2.3", "1.2.3.4");
    };
  }

  private int store(Attributes image, String sopClass, String sopInstance) throws Exception {
    Association association = associate("NODE", sopClass);
    int status = send(association, image, sopClass, sopInstance);
    association.release();
    return status;
  }

  private static int send(
      Association association, Attributes image, String sopClass, String sopInstance)
      throws Exception {
    DimseRSP response =
        association.cstore(
            sopClass,
            sopInstance,
            Priority.NORMAL,
            new DataWriterAdapter(image),
            UID.ExplicitVRLittleEndian);
    response.next();
    return response.getCommand().getInt(Tag.Status, -1);
  }

  private Association associate(String calledAeTitle, String sopClass) throws Exception {
    AAssociateRQ request = new AAssociateRQ();
    request.setCallingAET("MR1");
    request.setCalledAET(calledAeTitle);
    request.addPresentationContextFor(sopClass, UID.ExplicitVRLittleEndian);
    return scu.connect(new Connection("node", "127.0.0.1", port), request);
  }

  private static String text(AAssociateRJ rejection) {
    return rejection.getResult() + "/" + rejection.getSource() + "/" + rejection.getReason();
  }

  private List<Path> files(String below) throws IOException {
    try (Stream<Path> walk = Files.walk(folder.resolve(below))) {
      return walk.filter(Files::isRegularFile).toList();
    }
  }
}
