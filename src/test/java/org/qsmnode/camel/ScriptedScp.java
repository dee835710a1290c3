package org.qsmnode.camel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.TransferCapability;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.BasicCEchoSCP;
import org.dcm4che3.net.service.BasicCFindSCP;
import org.dcm4che3.net.service.BasicCStoreSCP;
import org.dcm4che3.net.service.BasicQueryTask;
import org.dcm4che3.net.service.DicomServiceRegistry;
import org.dcm4che3.net.service.QueryTask;

/** A storage SCP on a free loopback port that answers as a test tells it. */
public final class ScriptedScp implements AutoCloseable {

  /** Instead of a status: ends the association without an answer. */
  public static final int ABORT = -1;

  /** Instead of a status: closes the connection, before most of a large object was read. */
  public static final int HANG_UP = -2;

  /** Instead of a status: answers success two times. */
  public static final int TWICE = -3;

  private static final String QUERY = UID.StudyRootQueryRetrieveInformationModelFind;

  private final String aeTitle;
  private final int port;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final Device device = new Device("scripted");
  private final Map<String, Attributes> stored = new ConcurrentHashMap<>();
  private final List<String> order = new CopyOnWriteArrayList<>();
  private final ApplicationEntity ae;
  private volatile IntUnaryOperator statusOf = n -> 0;
  private volatile Supplier<? extends Collection<String>> found = List::of;

  /** Listens under {@code aeTitle}, for MR images in the given transfer syntaxes. */
  public ScriptedScp(String aeTitle, String... transferSyntaxes) throws Exception {
    this(aeTitle, freePort(), transferSyntaxes);
  }

  /** Listens at a port that the test knows. */
  public ScriptedScp(String aeTitle, int port, String... transferSyntaxes) throws Exception {
    this.aeTitle = aeTitle;
    this.port = port;
    Connection connection = new Connection("scp", "127.0.0.1", port);
    connection.setBindAddress("127.0.0.1");
    device.addConnection(connection);
    ae = new ApplicationEntity(aeTitle);
    ae.setAssociationAcceptor(true);
    ae.addConnection(connection);
    for (String sopClass : List.of(UID.MRImageStorage, UID.Verification)) {
      ae.addTransferCapability(
          new TransferCapability(null, sopClass, TransferCapability.Role.SCP, transferSyntaxes));
    }
    device.addApplicationEntity(ae);
    device.setExecutor(executor);
    device.setScheduledExecutor(timers);
    DicomServiceRegistry services = new DicomServiceRegistry();
    services.addDicomService(new BasicCEchoSCP());
    services.addDicomService(new Store());
    services.addDicomService(new Find());
    device.setDimseRQHandler(services);
    bind();
  }

  /** A port that another test peer has just left may need a moment. */
  private void bind() throws Exception {
    for (int attempt = 1; ; attempt++) {
      try {
        device.bindConnections();
        return;
      } catch (IOException e) {
        if (attempt == 50) {
          throw e;
        }
        Thread.sleep(100);
      }
    }
  }

  /** From now on takes queries, and finds these SOP Instance UIDs whatever is asked for. */
  public void finds(Supplier<? extends Collection<String>> sopInstanceUids) {
    found = sopInstanceUids;
    ae.addTransferCapability(
        new TransferCapability(
            null, QUERY, TransferCapability.Role.SCP, UID.ExplicitVRLittleEndian));
  }

  /**
   * Status for the n-th object, from 0, or one of the constants; asked for before the data set is
   * read.
   */
  public void answer(IntUnaryOperator status) {
    this.statusOf = status;
  }

  public int port() {
    return port;
  }

  public PeerAddress address() {
    return new PeerAddress(aeTitle, "127.0.0.1", port);
  }

  /** What was answered with success or a warning, by SOP Instance UID. */
  public Map<String, Attributes> stored() {
    return stored;
  }

  /** SOP Instance UIDs of all requests, in order. */
  public List<String> requests() {
    return order;
  }

  /** A port that is free now. */
  public static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  @Override
  public void close() {
    device.unbindConnections();
    executor.shutdownNow();
    timers.shutdownNow();
  }

  private final class Store extends BasicCStoreSCP {

    Store() {
      super("*");
    }

    @Override
    protected void store(
        Association association,
        PresentationContext context,
        Attributes request,
        PDVInputStream data,
        Attributes response)
        throws IOException {
      String uid = request.getString(Tag.AffectedSOPInstanceUID);
      int status = statusOf.applyAsInt(order.size());
      order.add(uid);
      if (status == HANG_UP) {
        association.getSocket().close();
        throw new IOException("told to hang up");
      }
      Attributes dataSet = data.readDataset(context.getTransferSyntax());
      if (status == ABORT) {
        association.abort();
        throw new IOException("told to abort");
      }
      if (status == TWICE) {
        association.writeDimseRSP(context, Commands.mkCStoreRSP(request, 0));
        status = 0;
      }
      if (status == 0 || (status & 0xF000) == 0xB000) {
        stored.put(uid, dataSet);
      }
      response.setInt(Tag.Status, VR.US, status);
    }
  }

  private final class Find extends BasicCFindSCP {

    Find() {
      super(QUERY);
    }

    @Override
    protected QueryTask calculateMatches(
        Association association, PresentationContext context, Attributes request, Attributes keys) {
      Iterator<String> uids = found.get().iterator();
      return new BasicQueryTask(association, context, request, keys) {
        @Override
        protected boolean hasMoreMatches() {
          return uids.hasNext();
        }

        @Override
        protected Attributes nextMatch() {
          Attributes match = new Attributes();
          match.setString(Tag.SOPInstanceUID, VR.UI, uids.next());
          return match;
        }

        @Override
        protected Attributes adjust(Attributes match) {
          return match;
        }
      };
    }
  }
}
