package org.qsmnode.route;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.TransferCapability;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.RoleSelection;
import org.dcm4che3.net.service.AbstractDicomService;
import org.dcm4che3.net.service.BasicCFindSCP;
import org.dcm4che3.net.service.BasicCStoreSCP;
import org.dcm4che3.net.service.BasicQueryTask;
import org.dcm4che3.net.service.DicomServiceException;
import org.dcm4che3.net.service.DicomServiceRegistry;
import org.dcm4che3.net.service.QueryTask;
import org.qsmnode.camel.PeerAddress;
import org.qsmnode.camel.ScriptedScp;

/**
 * A PACS on loopback that keeps what it gets, notes an object that comes again with other content,
 * answers C-FIND for its objects, and commits itself to them on an association of its own, trying
 * until the node has heard it.
 */
final class RecordingPacs implements AutoCloseable {

  private static final String COMMITMENT = UID.StorageCommitmentPushModel;
  private static final String FIND = UID.StudyRootQueryRetrieveInformationModelFind;
  private static final int UNKNOWN_TRANSACTION = 0x0115;

  private final int port = ScriptedScp.freePort();
  private final int nodePort;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final Device device = new Device("pacs");
  private final ApplicationEntity ae = new ApplicationEntity("PACS");
  private final Map<String, Attributes> stored = new ConcurrentHashMap<>();
  private final List<String> conflicts = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Attributes> promises = new LinkedBlockingQueue<>();

  /**
   * A PACS.
   *
   * @param nodePort where the node hears of commitment
   */
  RecordingPacs(int nodePort) throws Exception {
    this.nodePort = nodePort;
    Connection connection = new Connection("pacs", "127.0.0.1", port);
    connection.setBindAddress("127.0.0.1");
    device.addConnection(connection);
    ae.setAssociationAcceptor(true);
    ae.setAssociationInitiator(true);
    ae.addConnection(connection);
    for (String sopClass : List.of(UID.MRImageStorage, FIND, COMMITMENT)) {
      ae.addTransferCapability(
          new TransferCapability(
              null,
              sopClass,
              TransferCapability.Role.SCP,
              UID.ExplicitVRLittleEndian,
              UID.ImplicitVRLittleEndian));
    }
    device.addApplicationEntity(ae);
    device.setExecutor(executor);
    device.setScheduledExecutor(timers);
    DicomServiceRegistry services = new DicomServiceRegistry();
    services.addDicomService(new Store());
    services.addDicomService(new Find());
    services.addDicomService(new Commitment());
    device.setDimseRQHandler(services);
    device.bindConnections();
    executor.execute(this::keepPromises);
  }

  PeerAddress address() {
    return new PeerAddress("PACS", "127.0.0.1", port);
  }

  /** Objects by SOP Instance UID. */
  Map<String, Attributes> stored() {
    return stored;
  }

  /** SOP Instance UIDs that came again with other content. */
  List<String> conflicts() {
    return conflicts;
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
      Attributes dataSet = data.readDataset(context.getTransferSyntax());
      String uid = request.getString(Tag.AffectedSOPInstanceUID);
      Attributes before = stored.put(uid, dataSet);
      if (before != null && !before.equals(dataSet)) {
        conflicts.add(uid);
      }
      response.setInt(Tag.Status, VR.US, Status.Success);
    }
  }

  private final class Find extends BasicCFindSCP {

    Find() {
      super(FIND);
    }

    @Override
    protected QueryTask calculateMatches(
        Association association, PresentationContext context, Attributes request, Attributes keys)
        throws DicomServiceException {
      String series = keys.getString(Tag.SeriesInstanceUID, "");
      Iterator<Attributes> matches =
          stored.values().stream()
              .filter(image -> series.equals(image.getString(Tag.SeriesInstanceUID)))
              .iterator();
      return new BasicQueryTask(association, context, request, keys) {
        @Override
        protected boolean hasMoreMatches() {
          return matches.hasNext();
        }

        @Override
        protected Attributes nextMatch() {
          return matches.next();
        }

        @Override
        protected Attributes adjust(Attributes match) {
          return new Attributes(match, keys.tags());
        }
      };
    }
  }

  private final class Commitment extends AbstractDicomService {

    Commitment() {
      super(COMMITMENT);
    }

    @Override
    protected void onDimseRQ(
        Association as, PresentationContext pc, Dimse dimse, Attributes cmd, Attributes data)
        throws IOException {
      as.writeDimseRSP(pc, Commands.mkNActionRSP(cmd, Status.Success));
      promises.add(data);
    }
  }

  private void keepPromises() {
    try {
      while (true) {
        Attributes promise = promises.take();
        if (!report(promise)) {
          promises.add(promise);
          TimeUnit.MILLISECONDS.sleep(300);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** True when the node has heard the result or no longer wants it. */
  private boolean report(Attributes promise) throws InterruptedException {
    AAssociateRQ request = new AAssociateRQ();
    request.setCallingAET("PACS");
    request.setCalledAET("QSMNODE");
    request.addPresentationContextFor(COMMITMENT, UID.ImplicitVRLittleEndian);
    request.addRoleSelection(new RoleSelection(COMMITMENT, false, true));
    try {
      Association association = ae.connect(new Connection("node", "127.0.0.1", nodePort), request);
      DimseRSP response =
          association.neventReport(
              COMMITMENT, UID.StorageCommitmentPushModelInstance, 1, promise, null);
      response.next();
      int status = response.getCommand().getInt(Tag.Status, -1);
      association.release();
      return status == Status.Success || status == UNKNOWN_TRANSACTION;
    } catch (Exception e) {
      if (e instanceof InterruptedException interrupted) {
        throw interrupted;
      }
      return false;
    }
  }
}
