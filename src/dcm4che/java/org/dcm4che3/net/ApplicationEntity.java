package org.dcm4che3.net;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.dcm4che3.net.pdu.AAssociateAC;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.ExtendedNegotiation;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.RoleSelection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An application entity of a device: its title, capabilities and connections. */
public class ApplicationEntity {

  protected static final Logger LOG = LoggerFactory.getLogger(ApplicationEntity.class);

  private static final String ANY = "*";

  private Device device;
  private String aet;
  private String description;
  private boolean associationAcceptor = true;
  private boolean associationInitiator = true;
  private volatile String[] acceptedCallingAETitles = {};
  private volatile String[] otherAETitles = {};
  private volatile String[] preferredTransferSyntaxes = {};
  private final List<Connection> connections = new CopyOnWriteArrayList<>();
  private final Map<String, TransferCapability> asSCU = new ConcurrentHashMap<>();
  private final Map<String, TransferCapability> asSCP = new ConcurrentHashMap<>();
  private volatile DimseRQHandler dimseRQHandler;

  public ApplicationEntity() {}

  public ApplicationEntity(String aet) {
    setAETitle(aet);
  }

  public final Device getDevice() {
    return device;
  }

  final void setDevice(Device device) {
    this.device = device;
  }

  public final String getAETitle() {
    return aet;
  }

  public void setAETitle(String aet) {
    if (aet.isEmpty() || aet.length() > 16) {
      throw new IllegalArgumentException("aet must have 1 to 16 characters: " + aet.length());
    }
    this.aet = aet;
  }

  public final String getDescription() {
    return description;
  }

  public final void setDescription(String description) {
    this.description = description;
  }

  public String[] getPreferredTransferSyntaxes() {
    return preferredTransferSyntaxes.clone();
  }

  public void setPreferredTransferSyntaxes(String... transferSyntaxes) {
    preferredTransferSyntaxes = transferSyntaxes.clone();
  }

  public String[] getAcceptedCallingAETitles() {
    return acceptedCallingAETitles.clone();
  }

  /** Names the peers whose associations are accepted; none stands for any. */
  public void setAcceptedCallingAETitles(String... aets) {
    acceptedCallingAETitles = aets.clone();
  }

  public boolean isAcceptedCallingAETitle(String callingAET) {
    String[] titles = acceptedCallingAETitles;
    return titles.length == 0 || Arrays.asList(titles).contains(callingAET);
  }

  public String[] getOtherAETitles() {
    return otherAETitles.clone();
  }

  /** Names further titles this application entity is called by. */
  public void setOtherAETitles(String... aets) {
    otherAETitles = aets.clone();
  }

  public boolean isOtherAETitle(String title) {
    return Arrays.asList(otherAETitles).contains(title);
  }

  public final boolean isAssociationAcceptor() {
    return associationAcceptor;
  }

  public final void setAssociationAcceptor(boolean acceptor) {
    associationAcceptor = acceptor;
  }

  public final boolean isAssociationInitiator() {
    return associationInitiator;
  }

  public final void setAssociationInitiator(boolean initiator) {
    associationInitiator = initiator;
  }

  /** Returns the own handler, or that of the device. */
  public DimseRQHandler getDimseRQHandler() {
    DimseRQHandler handler = dimseRQHandler;
    if (handler != null) {
      return handler;
    }
    return device == null ? null : device.getDimseRQHandler();
  }

  public final void setDimseRQHandler(DimseRQHandler handler) {
    dimseRQHandler = handler;
  }

  public void addConnection(Connection conn) {
    connections.add(conn);
  }

  public boolean removeConnection(Connection conn) {
    return connections.remove(conn);
  }

  public List<Connection> getConnections() {
    return Collections.unmodifiableList(connections);
  }

  /** Adds a capability and returns the one it replaces. */
  public TransferCapability addTransferCapability(TransferCapability tc) {
    tc.setApplicationEntity(this);
    return capabilities(tc.getRole()).put(tc.getSopClass(), tc);
  }

  public TransferCapability removeTransferCapabilityFor(
      String sopClass, TransferCapability.Role role) {
    TransferCapability removed = capabilities(role).remove(sopClass);
    if (removed != null) {
      removed.setApplicationEntity(null);
    }
    return removed;
  }

  public Collection<TransferCapability> getTransferCapabilities() {
    List<TransferCapability> all = new ArrayList<>(asSCU.values());
    all.addAll(asSCP.values());
    return all;
  }

  public Collection<TransferCapability> getTransferCapabilitiesWithRole(
      TransferCapability.Role role) {
    return Collections.unmodifiableCollection(capabilities(role).values());
  }

  public TransferCapability getTransferCapabilityFor(
      String sopClass, TransferCapability.Role role) {
    return capabilities(role).get(sopClass);
  }

  public boolean hasTransferCapabilityFor(String sopClass, TransferCapability.Role role) {
    return find(sopClass, role) != null;
  }

  private Map<String, TransferCapability> capabilities(TransferCapability.Role role) {
    return role == TransferCapability.Role.SCU ? asSCU : asSCP;
  }

  private TransferCapability find(String sopClass, TransferCapability.Role role) {
    TransferCapability exact = capabilities(role).get(sopClass);
    return exact != null ? exact : capabilities(role).get(ANY);
  }

  /**
   * Answers one proposed presentation context (PS3.8 section 9.3.3.2), and the role selection of
   * its SOP class if one was proposed (PS3.7 section D.3.3.4).
   */
  protected PresentationContext negotiate(
      AAssociateRQ rq, AAssociateAC ac, PresentationContext proposed) {
    String sopClass = proposed.getAbstractSyntax();
    TransferCapability scp = find(sopClass, TransferCapability.Role.SCP);
    TransferCapability scu = find(sopClass, TransferCapability.Role.SCU);
    RoleSelection roles = rq.getRoleSelectionFor(sopClass);
    boolean peerSCU = scp != null && (roles == null || roles.isSCU());
    boolean peerSCP = scu != null && roles != null && roles.isSCP();
    if (scp == null && (scu == null || roles == null)) {
      return answer(proposed, PresentationContext.ABSTRACT_SYNTAX_NOT_SUPPORTED);
    }
    if (!peerSCU && !peerSCP) {
      return answer(proposed, PresentationContext.USER_REJECTION);
    }
    if (roles != null) {
      ac.addRoleSelection(new RoleSelection(sopClass, peerSCU, peerSCP));
    }
    String transferSyntax =
        (peerSCU ? scp : scu).selectTransferSyntax(proposed.getTransferSyntaxes());
    if (transferSyntax == null) {
      return answer(proposed, PresentationContext.TRANSFER_SYNTAX_NOT_SUPPORTED);
    }
    if (peerSCU && scp.getQueryOptions() != null) {
      negotiateQueryOptions(rq.getExtNegotiationFor(sopClass), scp.getQueryOptions(), ac);
    }
    return new PresentationContext(
        proposed.getPCID(), PresentationContext.ACCEPTANCE, sopClass, transferSyntax);
  }

  private static void negotiateQueryOptions(
      ExtendedNegotiation proposed, EnumSet<QueryOption> supported, AAssociateAC ac) {
    if (proposed != null) {
      EnumSet<QueryOption> agreed = QueryOption.toOptions(proposed);
      agreed.retainAll(supported);
      ac.addExtendedNegotiation(
          new ExtendedNegotiation(
              proposed.getSOPClassUID(), QueryOption.toExtendedNegotiationInformation(agreed)));
    }
  }

  private static PresentationContext answer(PresentationContext proposed, int result) {
    return new PresentationContext(
        proposed.getPCID(), result, proposed.getAbstractSyntax(), proposed.getTransferSyntax());
  }

  /** Opens an association to a remote connection; fields of the request still empty are filled. */
  public Association connect(Connection local, Connection remote, AAssociateRQ rq)
      throws IOException,
          InterruptedException,
          IncompatibleConnectionException,
          GeneralSecurityException {
    if (!associationInitiator) {
      throw new IllegalStateException("not an initiator of associations");
    }
    if (rq.getCallingAET() == null) {
      rq.setCallingAET(aet);
    }
    rq.checkCalledAET();
    rq.setMaxOpsInvoked(local.getMaxOpsInvoked());
    rq.setMaxOpsPerformed(local.getMaxOpsPerformed());
    rq.setMaxPDULength(local.getReceivePDULength());
    Socket socket = local.connect(remote);
    Association as;
    try {
      as = new Association(this, local, socket);
    } catch (IOException e) {
      local.close(socket);
      throw e;
    }
    device.addAssociation(as);
    AssociationMonitor monitor = device.getAssociationMonitor();
    try {
      as.request(rq);
    } catch (IOException | InterruptedException | RuntimeException e) {
      device.removeAssociation(as);
      if (as.getState() == State.Sta1) {
        local.close(socket);
      }
      if (monitor != null) {
        monitor.onAssociationFailed(as, e);
      }
      throw e;
    }
    LOG.info("{}: association established", as);
    if (monitor != null) {
      monitor.onAssociationEstablished(as);
    }
    return as;
  }

  public Association connect(Connection remote, AAssociateRQ rq)
      throws IOException,
          InterruptedException,
          IncompatibleConnectionException,
          GeneralSecurityException {
    return connect(findCompatibleConnection(remote), remote, rq);
  }

  public Association connect(ApplicationEntity remote, AAssociateRQ rq)
      throws IOException,
          InterruptedException,
          IncompatibleConnectionException,
          GeneralSecurityException {
    CompatibleConnection found = findCompatibleConnection(remote);
    if (rq.getCalledAET() == null) {
      rq.setCalledAET(remote.getAETitle());
    }
    return connect(found.getLocalConnection(), found.getRemoteConnection(), rq);
  }

  public Connection findCompatibleConnection(Connection remote)
      throws IncompatibleConnectionException {
    for (Connection local : connections) {
      if (local.isCompatible(remote)) {
        return local;
      }
    }
    throw new IncompatibleConnectionException("no connection that reaches " + remote);
  }

  public CompatibleConnection findCompatibleConnection(ApplicationEntity remote)
      throws IncompatibleConnectionException {
    for (Connection remoteConnection : remote.getConnections()) {
      for (Connection local : connections) {
        if (remoteConnection.isServer() && local.isCompatible(remoteConnection)) {
          return new CompatibleConnection(local, remoteConnection);
        }
      }
    }
    throw new IncompatibleConnectionException("no connection that reaches " + remote);
  }

  @Override
  public String toString() {
    return "ApplicationEntity[" + aet + "]";
  }
}
