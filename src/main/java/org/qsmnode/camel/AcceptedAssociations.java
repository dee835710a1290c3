package org.qsmnode.camel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.AssociationMonitor;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.ConnectionMonitor;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Sets the sockets of accepted associations, and tells what happens in negotiation. */
final class AcceptedAssociations implements AssociationMonitor, ConnectionMonitor {

  private static final Logger LOG = LoggerFactory.getLogger(AcceptedAssociations.class);

  private static final long GRACE_MILLIS = 2_000;

  private final boolean quickAck;
  private final RefusalRecord refusals;
  private final SilentConnections silent;
  private final TlsAttempts tlsAttempts;
  private final Set<Association> accepted = ConcurrentHashMap.newKeySet();

  AcceptedAssociations(
      boolean quickAck,
      RefusalRecord refusals,
      SilentConnections silent,
      ScheduledExecutorService timers) {
    this.quickAck = quickAck;
    this.refusals = refusals;
    this.silent = silent;
    this.tlsAttempts =
        new TlsAttempts(timers, address -> refused(address, "TLS connection failed"));
  }

  @Override
  public void onAssociationAccepted(Association association) {
    tlsAttempts.negotiated(association.getSocket());
    accepted.add(association);
    association.addAssociationListener(accepted::remove);
    if (quickAck) {
      QuickAck.set(association.getSocket());
    }
    LOG.debug("association accepted from {}", association.getCallingAET());
  }

  @Override
  public void onAssociationRejected(Association association, AAssociateRJ rejection) {
    tlsAttempts.negotiated(association.getSocket());
    boolean told =
        refusals.tell(
            new DicomEvent.Refused(
                DicomEvent.Caller.of(association),
                "association rejected: result %d, source %d, reason %d"
                    .formatted(
                        rejection.getResult(), rejection.getSource(), rejection.getReason())));
    LOG.atLevel(told ? Level.WARN : Level.DEBUG)
        .log(
            "association from {} at {} for {} rejected: result {}, source {}, reason {}",
            association.getCallingAET(),
            association.getSocket().getInetAddress(),
            association.getCalledAET(),
            rejection.getResult(),
            rejection.getSource(),
            rejection.getReason());
  }

  /** Told to requestors only. */
  @Override
  public void onAssociationFailed(Association association, Throwable cause) {}

  private void refused(InetAddress address, String reason) {
    boolean told =
        refusals.tell(
            new DicomEvent.Refused(
                new DicomEvent.Caller("", DicomEvent.Caller.address(address)), reason));
    LOG.atLevel(told ? Level.WARN : Level.DEBUG).log("{}: {}", address, reason);
  }

  @Override
  public void onConnectionRejected(Connection connection, Socket socket, Throwable cause) {
    refused(socket.getInetAddress(), "connection not taken: " + cause.getClass().getSimpleName());
  }

  @Override
  public void onConnectionRejectedBlacklisted(Connection connection, Socket socket) {}

  @Override
  public void onConnectionAccepted(Connection connection, Socket socket) {
    silent.add(socket).ifPresent(this::makeRoom);
    if (connection.isTls()) {
      tlsAttempts.began(socket);
    }
  }

  private void makeRoom(Socket oldest) {
    refused(oldest.getInetAddress(), "connection closed: too many that ask for no association");
    try {
      oldest.close();
    } catch (IOException e) {
      LOG.debug("a silent connection did not close", e);
    }
  }

  @Override
  public void onConnectionEstablished(Connection connection, Connection remote, Socket socket) {}

  @Override
  public void onConnectionFailed(
      Connection connection, Connection remote, Socket socket, Throwable cause) {}

  @Override
  public void onAssociationEstablished(Association association) {
    LOG.debug("association established with {}", association.getCalledAET());
  }

  /**
   * Ends what is still open: an object in hand may be finished within two seconds; what was not
   * answered the sender has to send again.
   */
  void abortAll() throws InterruptedException {
    long deadline = System.currentTimeMillis() + GRACE_MILLIS;
    while (accepted.stream().anyMatch(AcceptedAssociations::isBusy)
        && System.currentTimeMillis() < deadline) {
      Thread.sleep(10);
    }
    accepted.forEach(Association::abort);
    refusals.summarise();
  }

  private static boolean isBusy(Association association) {
    return association.getPerformingOperationCount() > 0;
  }
}
