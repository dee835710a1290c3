package org.dcm4che3.net;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import jdk.net.ExtendedSocketOptions;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.io.DicomOutputStream;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.BasicCStoreSCP;
import org.dcm4che3.net.service.DicomServiceRegistry;

/**
 * Objects of 71 kB per second over one association on loopback, each fsynced before its status,
 * from the own requestor and from DCMTK's senders; DCMTK's storescp (no fsync) for comparison.
 *
 * <p>{@code java -cp ... org.dcm4che3.net.StoreThroughput [objects]}
 */
public final class StoreThroughput {

  private static final int PDU_LENGTH = 131072;
  private static final int SIDE = 187;

  private final Path folder;
  private final Path images;
  private final int objects;
  private final Device device = new Device("throughput");
  private final Connection connection = new Connection("dicom", "127.0.0.1", 0);
  private final ApplicationEntity ae = new ApplicationEntity("THROUGHPUT");

  private StoreThroughput(Path folder, int objects) throws IOException {
    this.folder = folder;
    this.objects = objects;
    images = Files.createDirectory(folder.resolve("images"));
    Files.createDirectory(folder.resolve("received"));
  }

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("throughput");
    try {
      new StoreThroughput(folder, args.length > 0 ? Integer.parseInt(args[0]) : 1000).run();
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  private void run() throws Exception {
    writeImages();
    ExecutorService threads = Executors.newCachedThreadPool();
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    startNode(threads, timer);
    String port = "" + ((InetSocketAddress) connection.getListener().getEndPoint()).getPort();
    for (int round = 0; round < 3; round++) {
      report("own requestor, window 1", () -> send(Integer.parseInt(port), 1));
      report("own requestor, window 8", () -> send(Integer.parseInt(port), 8));
      report(
          "TCP_NODELAY=1 storescu --max-send-pdu 131072",
          () -> dcmtk(true, "storescu", "--max-send-pdu", "131072", "127.0.0.1", port));
      report("storescu", () -> dcmtk(false, "storescu", "127.0.0.1", port));
      report("dcmsend", () -> dcmtk(false, "dcmsend", "127.0.0.1", port));
    }
    device.unbindConnections();
    device.waitForNoOpenConnections();
    compareWithStorescp("1");
    compareWithStorescp(null);
    threads.shutdown();
    timer.shutdownNow();
  }

  /** Sends to storescp with and without Nagle's algorithm on its side. */
  private void compareWithStorescp(String noDelay) throws Exception {
    Path received = Files.createDirectory(folder.resolve("storescp" + noDelay));
    String port;
    try (java.net.ServerSocket free = new java.net.ServerSocket(0)) {
      port = "" + free.getLocalPort();
    }
    ProcessBuilder command =
        new ProcessBuilder("storescp", "-od", received.toString(), port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("storescp.log").toFile());
    if (noDelay != null) {
      command.environment().put("TCP_NODELAY", noDelay);
    }
    Process storescp = command.start();
    try {
      Thread.sleep(1000);
      String to = " to storescp without fsync, TCP_NODELAY=" + noDelay;
      report("TCP_NODELAY=1 storescu" + to, () -> dcmtk(true, "storescu", "127.0.0.1", port));
      report("own requestor" + to, () -> send(Integer.parseInt(port), 1));
    } finally {
      storescp.destroy();
    }
  }

  private void report(String what, Callable<Integer> sending) throws Exception {
    long start = System.nanoTime();
    int sent = sending.call();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("%6.0f objects/s  %s (%d)%n", sent / seconds, what, sent);
  }

  private void writeImages() throws IOException {
    byte[] pixels = new byte[2 * SIDE * SIDE];
    new Random(1).nextBytes(pixels);
    for (int i = 1; i <= objects; i++) {
      Attributes image = new Attributes();
      image.setString(Tag.SOPClassUID, VR.UI, UID.MRImageStorage);
      image.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3.4." + i);
      image.setInt(Tag.SamplesPerPixel, VR.US, 1);
      image.setInt(Tag.Rows, VR.US, SIDE);
      image.setInt(Tag.Columns, VR.US, SIDE);
      image.setInt(Tag.BitsAllocated, VR.US, 16);
      image.setBytes(Tag.PixelData, VR.OW, pixels);
      try (DicomOutputStream out = new DicomOutputStream(images.resolve(i + ".dcm").toFile())) {
        out.writeDataset(image.createFileMetaInformation(UID.ExplicitVRLittleEndian), image);
      }
    }
  }

  private void startNode(ExecutorService threads, ScheduledExecutorService timer) throws Exception {
    connection.setReceivePDULength(PDU_LENGTH);
    connection.setSendPDULength(PDU_LENGTH);
    connection.setMaxOpsPerformed(8);
    connection.setIdleTimeout(60000);
    device.addConnection(connection);
    device.addApplicationEntity(ae);
    device.setExecutor(threads);
    device.setScheduledExecutor(timer);
    ae.addConnection(connection);
    ae.addTransferCapability(
        new TransferCapability(null, "*", TransferCapability.Role.SCP, UID.ExplicitVRLittleEndian));
    DicomServiceRegistry services = new DicomServiceRegistry();
    services.addDicomService(new DurableStore(folder.resolve("received")));
    device.setDimseRQHandler(services);
    device.bindConnections();
  }

  private int send(int port, int window) throws Exception {
    connection.setMaxOpsInvoked(window);
    AAssociateRQ rq = new AAssociateRQ();
    rq.setCalledAET("THROUGHPUT");
    rq.addPresentationContextFor(UID.MRImageStorage, UID.ExplicitVRLittleEndian);
    Association as = ae.connect(new Connection("remote", "127.0.0.1", port), rq);
    for (int i = 1; i <= objects; i++) {
      try (DicomInputStream in = new DicomInputStream(images.resolve(i + ".dcm").toFile())) {
        in.readFileMetaInformation();
        as.cstore(
            UID.MRImageStorage,
            "1.2.3.4." + i,
            Priority.NORMAL,
            new InputStreamDataWriter(in),
            UID.ExplicitVRLittleEndian,
            new DimseRSPHandler(as.nextMessageID()));
        acknowledgeQuickly(as);
      }
    }
    as.waitForOutstandingRSP();
    as.release();
    as.waitForSocketClose();
    return objects;
  }

  /**
   * Acknowledges at once what has come and what comes next: a peer that leaves Nagle's algorithm on
   * holds the rest of its message back until then, and the kernel falls back to delayed
   * acknowledgements with every response sent.
   */
  private static void acknowledgeQuickly(Association as) throws IOException {
    as.getSocket().setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
  }

  private int dcmtk(boolean noDelay, String... command) throws Exception {
    List<String> line = new ArrayList<>(List.of(command));
    line.add(1, "-aec");
    line.add(2, "THROUGHPUT");
    line.add("+sd");
    line.add(images.toString());
    ProcessBuilder process = new ProcessBuilder(line).redirectErrorStream(true);
    process.redirectOutput(folder.resolve("sender.log").toFile());
    if (noDelay) {
      process.environment().put("TCP_NODELAY", "1");
    }
    return process.start().waitFor() == 0 ? objects : 0;
  }

  /** Writes each object to a file of its own and has it on the disk before the status goes out. */
  private static final class DurableStore extends BasicCStoreSCP {
    private final Path folder;

    DurableStore(Path folder) {
      super("*");
      this.folder = folder;
    }

    @Override
    protected void store(
        Association as, PresentationContext pc, Attributes rq, PDVInputStream data, Attributes rsp)
        throws IOException {
      acknowledgeQuickly(as);
      String iuid = rq.getString(Tag.AffectedSOPInstanceUID);
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      try (DicomOutputStream out = new DicomOutputStream(head, UID.ExplicitVRLittleEndian)) {
        out.writeFileMetaInformation(
            as.createFileMetaInformation(
                iuid, rq.getString(Tag.AffectedSOPClassUID), pc.getTransferSyntax()));
      }
      try (FileOutputStream file = new FileOutputStream(folder.resolve(iuid).toFile())) {
        file.write(head.toByteArray());
        data.copyTo(file);
        file.getChannel().force(false);
      }
    }
  }
}
