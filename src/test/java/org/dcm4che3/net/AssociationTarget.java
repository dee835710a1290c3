package org.dcm4che3.net;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.Executors;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.BasicCEchoSCP;
import org.dcm4che3.net.service.BasicCStoreSCP;
import org.dcm4che3.net.service.DicomServiceException;
import org.dcm4che3.net.service.DicomServiceRegistry;
import org.qsmnode.fuzz.FuzzTarget;

/**
 * All that a requestor sends on one connection: PDUs, PDVs, commands and data sets (PS3.8 9.3,
 * PS3.7 annex E), through the state machine of an acceptor on the calling thread.
 */
public final class AssociationTarget implements FuzzTarget {

  private final Connection connection = new Connection("fuzz", "127.0.0.1", 104);
  private final Device device = new Device("fuzz");

  public AssociationTarget() {
    device.setExecutor(Runnable::run);
    device.setScheduledExecutor(
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "fuzz-deadlines");
              thread.setDaemon(true);
              return thread;
            }));
    device.addConnection(connection);
    connection.setSocketCloseDelay(0);
    ApplicationEntity ae = new ApplicationEntity("TESTSCP");
    ae.setAssociationAcceptor(true);
    ae.addConnection(connection);
    for (String sopClass : List.of(UID.Verification, UID.MRImageStorage)) {
      ae.addTransferCapability(
          new TransferCapability(
              null,
              sopClass,
              TransferCapability.Role.SCP,
              UID.ImplicitVRLittleEndian,
              UID.ExplicitVRLittleEndian));
    }
    device.addApplicationEntity(ae);
    DicomServiceRegistry services = new DicomServiceRegistry();
    services.addDicomService(new BasicCEchoSCP());
    services.addDicomService(new Reader());
    device.setDimseRQHandler(services);
  }

  private static final class Reader extends BasicCStoreSCP {

    @Override
    protected void store(
        Association as, PresentationContext pc, Attributes rq, PDVInputStream data, Attributes rsp)
        throws IOException {
      try {
        data.readDataset(pc.getTransferSyntax());
      } catch (IOException e) {
        throw new DicomServiceException(Status.ProcessingFailure, "data set refused");
      }
    }
  }

  @Override
  public String name() {
    return "association";
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(
        join(GoldenPdus.ASSOCIATE_RQ, GoldenPdus.ECHO_RQ, GoldenPdus.RELEASE_RQ),
        join(GoldenPdus.ASSOCIATE_RQ, GoldenPdus.STORE_RQ, GoldenPdus.STORE_DATA));
  }

  private static byte[] join(byte[]... pdus) {
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    for (byte[] pdu : pdus) {
      bytes.writeBytes(pdu);
    }
    return bytes.toByteArray();
  }

  @Override
  public void read(byte[] input) throws Exception {
    Constructor<Association> association =
        Association.class.getDeclaredConstructor(
            ApplicationEntity.class, Connection.class, Socket.class);
    association.setAccessible(true);
    Method accept = Association.class.getDeclaredMethod("accept");
    accept.setAccessible(true);
    accept.invoke(association.newInstance(null, connection, new Told(input)));
    if (device.getNumberOfOpenAssociations() > 0) {
      throw new AssertionError("an association is left open");
    }
  }

  /** The buffers of one association, and what its PDUs hold. */
  @Override
  public long mayAllocate(byte[] input) {
    return (4L << 20) + 1024L * input.length;
  }

  /** A socket whose peer says what it has to say and closes. */
  private static final class Told extends Socket {

    private final InputStream in;
    private boolean closed;

    Told(byte[] input) {
      in = new ByteArrayInputStream(input);
    }

    @Override
    public InputStream getInputStream() {
      return in;
    }

    @Override
    public OutputStream getOutputStream() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
      return new InetSocketAddress("127.0.0.1", 1);
    }

    @Override
    public void setSoTimeout(int timeout) {}

    @Override
    public boolean isClosed() {
      return closed;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
