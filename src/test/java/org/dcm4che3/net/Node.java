package org.dcm4che3.net;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.pdu.AAssociateAC;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.UserIdentityAC;
import org.dcm4che3.net.service.BasicCEchoSCP;
import org.dcm4che3.net.service.BasicCStoreSCP;
import org.dcm4che3.net.service.DicomServiceRegistry;

/** A device with one application entity that listens on a free port, for one test. */
final class Node implements AutoCloseable {

  static final String AET = "TESTSCP";

  /** One object received: its command, transfer syntax and encoded data set. */
  record Stored(Attributes command, String transferSyntax, byte[] dataset) {
    String instanceUid() {
      return command.getString(Tag.AffectedSOPInstanceUID);
    }
  }

  /** What a test's C-STORE does. */
  interface Store {
    void store(Association as, PresentationContext pc, Attributes rq, PDVInputStream data)
        throws IOException;
  }

  final Device device = new Device("test");
  final Connection connection = new Connection("dicom", "127.0.0.1");
  final ApplicationEntity ae = new ApplicationEntity(AET);
  final DicomServiceRegistry services = new DicomServiceRegistry();
  final List<Stored> stored = new CopyOnWriteArrayList<>();
  final List<Throwable> failures = new CopyOnWriteArrayList<>();
  final List<Association> closed = new CopyOnWriteArrayList<>();

  /** Idle threads end soon, so that those that remain are in use. */
  private final ExecutorService threads =
      new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>());

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private Store store = this::keep;

  Node() {
    device.setExecutor(threads);
    device.setScheduledExecutor(timer);
    device.setDimseRQHandler(services);
    device.setAssociationHandler(new GoldenHandler());
    device.addConnection(connection);
    device.addApplicationEntity(ae);
    ae.addConnection(connection);
    connection.setConnectTimeout(3000);
    connection.setReceivePDULength(32768);
    accept(UID.Verification, UID.ImplicitVRLittleEndian);
    accept(UID.MRImageStorage, UID.ExplicitVRLittleEndian);
    services.addDicomService(new BasicCEchoSCP());
    services.addDicomService(
        new BasicCStoreSCP("*") {
          @Override
          protected void store(
              Association as,
              PresentationContext pc,
              Attributes rq,
              PDVInputStream data,
              Attributes rsp)
              throws IOException {
            try {
              store.store(as, pc, rq, data);
            } catch (IOException | RuntimeException e) {
              failures.add(e);
              throw e;
            }
          }

          @Override
          public void onClose(Association as) {
            closed.add(as);
          }
        });
  }

  Node accept(String sopClass, String... transferSyntaxes) {
    ae.addTransferCapability(
        new TransferCapability(null, sopClass, TransferCapability.Role.SCP, transferSyntaxes));
    return this;
  }

  Node storing(Store what) {
    store = what;
    return this;
  }

  void keep(Association as, PresentationContext pc, Attributes rq, PDVInputStream data)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    data.copyTo(bytes);
    stored.add(new Stored(rq, pc.getTransferSyntax(), bytes.toByteArray()));
  }

  Node start() throws Exception {
    connection.setPort(freePort());
    device.bindConnections();
    return this;
  }

  int port() {
    return connection.getPort();
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  Association associate(int port, AAssociateRQ rq) throws Exception {
    if (rq.getCalledAET() == null) {
      rq.setCalledAET(AET);
    }
    return ae.connect(new Connection("remote", "127.0.0.1", port), rq);
  }

  Association associate(int port) throws Exception {
    AAssociateRQ rq = new AAssociateRQ();
    rq.addPresentationContextFor(UID.Verification, UID.ImplicitVRLittleEndian);
    rq.addPresentationContextFor(UID.MRImageStorage, UID.ExplicitVRLittleEndian);
    return associate(port, rq);
  }

  static void eventually(String what, Condition condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.holds()) {
      assertTrue(System.nanoTime() < end, () -> "in vain waited for: " + what);
      Thread.sleep(5);
    }
  }

  /** Waits for the end of an association; the official library tells there what ended it. */
  static void awaitClose(Association as) throws InterruptedException {
    try {
      as.waitForSocketClose();
    } catch (IOException e) {
      assertTrue(as.getException() != null, e::toString);
    }
  }

  /** Something that comes true after a while. */
  interface Condition {
    boolean holds() throws Exception;
  }

  @Override
  public void close() throws Exception {
    device.unbindConnections();
    for (Association as : device.listOpenAssociations()) {
      as.abort();
    }
    eventually("no open association", () -> device.getNumberOfOpenAssociations() == 0);
    timer.shutdownNow();
    threads.shutdown();
    assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS), "threads left running");
  }

  /** Names the implementation as the golden PDUs do. */
  private static final class GoldenHandler extends AssociationHandler {
    @Override
    protected AAssociateAC makeAAssociateAC(
        Association as, AAssociateRQ rq, UserIdentityAC userIdentity) throws IOException {
      AAssociateAC ac = super.makeAAssociateAC(as, rq, userIdentity);
      ac.setImplClassUID("1.2.3.4.5.99");
      ac.setImplVersionName("GOLDEN_TEST");
      return ac;
    }
  }
}
