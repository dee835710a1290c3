package org.qsmnode.camel;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.IncompatibleConnectionException;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.DicomService;
import org.dcm4che3.net.service.DicomServiceRegistry;
import org.jspecify.annotations.Nullable;
import org.qsmnode.series.header.OwnIdentity;

/** Opens associations to one peer. */
final class Requestor {

  private final DicomConfiguration options;
  private final PeerAddress peer;
  private final ApplicationEntity ae;
  private final Device device = new Device("qsm-node-scu");
  private final DicomServiceRegistry services = new DicomServiceRegistry();
  private boolean equipped;

  Requestor(DicomConfiguration options, ExecutorService executor, ScheduledExecutorService timers) {
    this.options = options;
    this.peer = options.peer();
    device.setExecutor(executor);
    device.setScheduledExecutor(timers);
    device.setDimseRQHandler(services);
    Connection local = DicomConnections.initiator(options);
    device.addConnection(local);
    ae = new ApplicationEntity(options.getCallingAeTitle());
    ae.setAssociationInitiator(true);
    ae.addConnection(local);
    device.addApplicationEntity(ae);
  }

  /**
   * For associations that send nothing but C-STORE requests. dcm4che limits the wait for every
   * answer by its response time-out. Its store time-out limits the writing of a request alone.
   */
  static Requestor storing(
      DicomConfiguration options, ExecutorService executor, ScheduledExecutorService timers) {
    DicomConfiguration storing = options.copy();
    storing.setResponseTimeout(options.getStoreTimeout());
    return new Requestor(storing, executor, timers);
  }

  /** Performs what the peer asks for on an association that was opened here. */
  void perform(DicomService service) {
    services.addDicomService(new BoundedService(service, BoundedService.OBJECT_LIST_BYTES));
  }

  AAssociateRQ request() {
    AAssociateRQ request = new AAssociateRQ();
    request.setCallingAET(options.getCallingAeTitle());
    request.setCalledAET(peer.aeTitle());
    request.setImplClassUID(OwnIdentity.IMPLEMENTATION_CLASS_UID);
    request.setImplVersionName(OwnIdentity.IMPLEMENTATION_VERSION_NAME);
    DicomSecurity.User user = options.getSecurity().user();
    if (user != null) {
      request.setUserIdentityRQ(user.request());
    }
    return request;
  }

  /** A request with one context for a service that exchanges data sets. */
  AAssociateRQ request(String sopClass) {
    AAssociateRQ request = request();
    request.addPresentationContext(
        new PresentationContext(
            1, sopClass, UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian));
    return request;
  }

  Association open(AAssociateRQ request) throws DicomSendException, InterruptedException {
    try {
      equip();
      Association association =
          ae.connect(DicomConnections.remote(peer, options.getSecurity()), request);
      DicomSecurity.User user = options.getSecurity().user();
      if (user != null
          && user.responseRequired()
          && association.getAAssociateAC().getUserIdentityAC() == null) {
        association.abort();
        throw new IOException("the user identity was not confirmed");
      }
      return association;
    } catch (IOException | IncompatibleConnectionException | GeneralSecurityException e) {
      throw failed("opening an association", e);
    }
  }

  private synchronized void equip() throws IOException, GeneralSecurityException {
    if (!equipped) {
      options.getSecurity().equip(device);
      equipped = true;
    }
  }

  DicomSendException failed(String step, Exception cause) {
    return new DicomSendException(step + " failed with " + peer + ": " + text(cause), cause);
  }

  private static @Nullable String text(Exception cause) {
    return cause instanceof AAssociateRJ rejection
        ? "rejected with result %d, source %d, reason %d"
            .formatted(rejection.getResult(), rejection.getSource(), rejection.getReason())
        : cause.getMessage();
  }
}
