package org.dcm4che3.net;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.pdu.AAbort;
import org.dcm4che3.net.pdu.AAssociateAC;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.AAssociateRQAC;
import org.dcm4che3.net.pdu.CommonExtendedNegotiation;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.RoleSelection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One association with a peer, requested or accepted (PS3.7 section 7, PS3.8 section 7). */
public class Association {

  public static final Logger LOG = LoggerFactory.getLogger(Association.class);

  private static final AtomicInteger SERIAL_NUMBERS = new AtomicInteger();
  private static final int MAX_MESSAGE_ID = 0xffff;

  private final int serialNo = SERIAL_NUMBERS.incrementAndGet();
  private final long connectTimeInMillis = System.currentTimeMillis();
  private final Device device;
  private final Connection conn;
  private final Socket socket;
  private final boolean requestor;
  private final UpperLayer upper;
  private final Operations operations = new Operations();
  private final AtomicInteger messageIds = new AtomicInteger();
  private final AtomicIntegerArray sent = new AtomicIntegerArray(Dimse.values().length);
  private final AtomicIntegerArray received = new AtomicIntegerArray(Dimse.values().length);
  private final Map<String, Object> properties = new ConcurrentHashMap<>();
  private final List<AssociationListener> listeners = new CopyOnWriteArrayList<>();
  private final AtomicBoolean silent;
  private final Map<String, Map<String, PresentationContext>> accepted = new LinkedHashMap<>();

  private volatile ApplicationEntity ae;
  private volatile AAssociateRQ rq;
  private volatile AAssociateAC ac;

  /** Makes the requestor's side, or the acceptor's if the application entity is still unknown. */
  Association(ApplicationEntity ae, Connection conn, Socket socket) throws IOException {
    this.ae = ae;
    this.conn = conn;
    this.device = conn.getDevice();
    this.socket = socket;
    this.requestor = ae != null;
    this.silent = new AtomicBoolean(!requestor);
    this.upper = new UpperLayer(this, conn, socket, requestor);
  }

  public long getConnectTimeInMillis() {
    return connectTimeInMillis;
  }

  public int getSerialNo() {
    return serialNo;
  }

  public Device getDevice() {
    return device;
  }

  public int nextMessageID() {
    return messageIds.updateAndGet(id -> id >= MAX_MESSAGE_ID ? 1 : id + 1);
  }

  public int getNumberOfSent(Dimse dimse) {
    return sent.get(dimse.ordinal());
  }

  public int getNumberOfReceived(Dimse dimse) {
    return received.get(dimse.ordinal());
  }

  @Override
  public String toString() {
    AAssociateRQ request = rq;
    if (request == null) {
      return socket.getRemoteSocketAddress() + "(" + serialNo + ")";
    }
    return requestor
        ? request.getCallingAET() + "->" + request.getCalledAET() + "(" + serialNo + ")"
        : request.getCalledAET() + "<-" + request.getCallingAET() + "(" + serialNo + ")";
  }

  public Socket getSocket() {
    return socket;
  }

  public String getLocalHostName() {
    return conn.getHostname();
  }

  /** Returns the peer's address; names are not resolved, so that a slow resolver blocks nothing. */
  public String getRemoteHostName() {
    SocketAddress remote = socket.getRemoteSocketAddress();
    return remote instanceof InetSocketAddress address ? address.getHostString() : null;
  }

  public final Connection getConnection() {
    return conn;
  }

  public final AAssociateRQ getAAssociateRQ() {
    return rq;
  }

  public final AAssociateAC getAAssociateAC() {
    return ac;
  }

  /** Returns what broke the association, null as long as nothing has. */
  public final IOException getException() {
    return upper.exception();
  }

  public final ApplicationEntity getApplicationEntity() {
    return ae;
  }

  public Set<String> getPropertyNames() {
    return properties.keySet();
  }

  public Object getProperty(String key) {
    return properties.get(key);
  }

  public <T> T getProperty(Class<T> clazz) {
    return clazz.cast(properties.get(clazz.getName()));
  }

  public <T> void setProperty(Class<T> clazz, Object value) {
    properties.put(clazz.getName(), value);
  }

  public boolean containsProperty(String key) {
    return properties.containsKey(key);
  }

  public Object setProperty(String key, Object value) {
    return properties.put(key, value);
  }

  public Object clearProperty(String key) {
    return properties.remove(key);
  }

  public void addAssociationListener(AssociationListener listener) {
    listeners.add(listener);
  }

  public void removeAssociationListener(AssociationListener listener) {
    listeners.remove(listener);
  }

  public final boolean isRequestor() {
    return requestor;
  }

  public boolean isReadyForDataTransfer() {
    return upper.state() == State.Sta6;
  }

  /** Says whether this side may perform operations of a SOP class (PS3.7 section D.3.3.4). */
  public boolean isSCPFor(String cuid) {
    RoleSelection role = ac.getRoleSelectionFor(cuid);
    if (role == null) {
      return !requestor;
    }
    return requestor ? role.isSCP() : role.isSCU();
  }

  /** Says whether this side may invoke operations of a SOP class (PS3.7 section D.3.3.4). */
  public boolean isSCUFor(String cuid) {
    RoleSelection role = ac.getRoleSelectionFor(cuid);
    if (role == null) {
      return requestor;
    }
    return requestor ? role.isSCU() : role.isSCP();
  }

  public String getCallingAET() {
    return rq == null ? null : rq.getCallingAET();
  }

  public String getCalledAET() {
    return rq == null ? null : rq.getCalledAET();
  }

  public String getRemoteAET() {
    return requestor ? getCalledAET() : getCallingAET();
  }

  public String getLocalAET() {
    return requestor ? getCallingAET() : getCalledAET();
  }

  public String getRemoteImplVersionName() {
    AAssociateRQAC remote = remote();
    return remote == null ? null : remote.getImplVersionName();
  }

  public String getRemoteImplClassUID() {
    AAssociateRQAC remote = remote();
    return remote == null ? null : remote.getImplClassUID();
  }

  public String getLocalImplVersionName() {
    AAssociateRQAC local = requestor ? rq : ac;
    return local == null ? null : local.getImplVersionName();
  }

  public String getLocalImplClassUID() {
    AAssociateRQAC local = requestor ? rq : ac;
    return local == null ? null : local.getImplClassUID();
  }

  private AAssociateRQAC remote() {
    return requestor ? ac : rq;
  }

  /** Returns the abstract syntax proposed under an identifier, null if none was. */
  public String getAbstractSyntax(int pcid) {
    PresentationContext pc = rq.getPresentationContext(pcid);
    return pc == null ? null : pc.getAbstractSyntax();
  }

  // ---- end of the association

  /** Asks the peer for an orderly release; does not wait for its answer. */
  public void release() throws IOException {
    upper.release();
  }

  public void abort() {
    upper.abort(new AAbort());
  }

  /** Waits until every request sent has got its final response, or the association has ended. */
  public void waitForOutstandingRSP() throws InterruptedException {
    operations.awaitNoneInvoked();
  }

  /** Waits until another request may be sent within the negotiated window. */
  public void waitForNonBlockingInvoke() throws InterruptedException {
    operations.awaitRoomToInvoke();
  }

  public final State getState() {
    return upper.state();
  }

  /** Waits until the transport connection is closed. */
  public void waitForSocketClose() throws InterruptedException, IOException {
    upper.awaitIdle();
  }

  // ---- responses to the peer

  /** Sends a response; false if the association can no longer carry it. */
  public boolean tryWriteDimseRSP(PresentationContext pc, Attributes cmd) {
    return tryWriteDimseRSP(pc, cmd, null);
  }

  /** Sends a response with a data set; false if the association can no longer carry it. */
  public boolean tryWriteDimseRSP(PresentationContext pc, Attributes cmd, Attributes dataset) {
    try {
      writeDimseRSP(pc, cmd, dataset);
      return true;
    } catch (IOException e) {
      LOG.warn("{}: response not sent: {}", this, e.getClass().getName());
      return false;
    }
  }

  public void writeDimseRSP(PresentationContext pc, Attributes cmd) throws IOException {
    writeDimseRSP(pc, cmd, null);
  }

  public void writeDimseRSP(PresentationContext pc, Attributes cmd, Attributes dataset)
      throws IOException {
    Commands.setHasDataset(cmd, dataset != null);
    boolean last = !Status.isPending(cmd.getInt(Tag.Status, 0));
    if (last) {
      operations.removeCancelable(cmd.getInt(Tag.MessageIDBeingRespondedTo, 0));
    }
    try {
      send(pc, cmd, DataWriterAdapter.forAttributes(dataset), conn.getSendTimeout());
    } finally {
      if (last) {
        operations.performed();
      }
    }
  }

  /** Registers who is told of a C-CANCEL-RQ for an operation being performed. */
  public void addCancelRQHandler(int msgId, CancelRQHandler handler) {
    operations.putCancelable(msgId, handler);
  }

  public CancelRQHandler removeCancelRQHandler(int msgId) {
    return operations.removeCancelable(msgId);
  }

  // ---- requests to the peer

  /**
   * Finds the accepted context for a SOP class and transfer syntax.
   *
   * @param tsuid transfer syntax UID, null for any
   */
  public PresentationContext pcFor(String cuid, String tsuid)
      throws NoPresentationContextException {
    Map<String, PresentationContext> contexts = accepted.get(cuid);
    if (contexts == null) {
      throw new NoPresentationContextException(cuid);
    }
    PresentationContext pc =
        tsuid == null ? contexts.values().iterator().next() : contexts.get(tsuid);
    if (pc == null) {
      throw new NoPresentationContextException(cuid, tsuid);
    }
    return pc;
  }

  public Set<String> getTransferSyntaxesFor(String cuid) {
    return Collections.unmodifiableSet(accepted.getOrDefault(cuid, Map.of()).keySet());
  }

  public CommonExtendedNegotiation getCommonExtendedNegotiationFor(String cuid) {
    return ac.getCommonExtendedNegotiationFor(cuid);
  }

  public void cstore(
      String cuid,
      String iuid,
      int priority,
      DataWriter data,
      String tsuid,
      DimseRSPHandler rspHandler)
      throws IOException, InterruptedException {
    cstore(
        Commands.mkCStoreRQ(rspHandler.getMessageID(), cuid, iuid, priority),
        data,
        tsuid,
        rspHandler);
  }

  public DimseRSP cstore(String cuid, String iuid, int priority, DataWriter data, String tsuid)
      throws IOException, InterruptedException {
    FutureDimseRSP rsp = new FutureDimseRSP(nextMessageID());
    cstore(cuid, iuid, priority, data, tsuid, rsp);
    return rsp;
  }

  public void cstore(
      String cuid,
      String iuid,
      int priority,
      String moveOriginatorAET,
      int moveOriginatorMsgId,
      DataWriter data,
      String tsuid,
      DimseRSPHandler rspHandler)
      throws IOException, InterruptedException {
    Attributes cmd =
        Commands.mkCStoreRQ(
            rspHandler.getMessageID(),
            cuid,
            iuid,
            priority,
            moveOriginatorAET,
            moveOriginatorMsgId);
    cstore(cmd, data, tsuid, rspHandler);
  }

  public DimseRSP cstore(
      String cuid,
      String iuid,
      int priority,
      String moveOriginatorAET,
      int moveOriginatorMsgId,
      DataWriter data,
      String tsuid)
      throws IOException, InterruptedException {
    FutureDimseRSP rsp = new FutureDimseRSP(nextMessageID());
    cstore(cuid, iuid, priority, moveOriginatorAET, moveOriginatorMsgId, data, tsuid, rsp);
    return rsp;
  }

  private void cstore(Attributes cmd, DataWriter data, String tsuid, DimseRSPHandler rspHandler)
      throws IOException, InterruptedException {
    String cuid = cmd.getString(Tag.AffectedSOPClassUID);
    PresentationContext pc = pcFor(cuid, tsuid);
    requireSCUFor(cuid);
    invoke(pc, cmd, data, rspHandler, conn.getStoreTimeout(), conn.getResponseTimeout());
  }

  /** Sends a query (PS3.7 section 9.1.2); each match restarts the response time-out. */
  public void cfind(
      String cuid, int priority, Attributes data, String tsuid, DimseRSPHandler rspHandler)
      throws IOException, InterruptedException {
    Attributes cmd = Commands.mkCFindRQ(rspHandler.getMessageID(), cuid, priority);
    requestAsSCU(cuid, tsuid, cmd, data, rspHandler, conn.getResponseTimeout(), true);
  }

  /** Sends a query that is canceled after so many matches, 0 for never. */
  public DimseRSP cfind(String cuid, int priority, Attributes data, String tsuid, int autoCancel)
      throws IOException, InterruptedException {
    return cfind(cuid, priority, data, tsuid, autoCancel, Integer.MAX_VALUE);
  }

  /** Sends a query; the association is not read while so many matches have not been taken. */
  public DimseRSP cfind(
      String cuid, int priority, Attributes data, String tsuid, int autoCancel, int capacity)
      throws IOException, InterruptedException {
    FutureDimseRSP rsp = new FutureDimseRSP(nextMessageID());
    rsp.setAutoCancel(autoCancel);
    rsp.setCapacity(capacity);
    cfind(cuid, priority, data, tsuid, rsp);
    return rsp;
  }

  /** Asks the peer to store on this association (PS3.7 section 9.1.3). */
  public void cget(
      String cuid, int priority, Attributes data, String tsuid, DimseRSPHandler rspHandler)
      throws IOException, InterruptedException {
    Attributes cmd = Commands.mkCGetRQ(rspHandler.getMessageID(), cuid, priority);
    retrieve(cuid, tsuid, cmd, data, rspHandler);
  }

  public DimseRSP cget(String cuid, int priority, Attributes data, String tsuid)
      throws IOException, InterruptedException {
    FutureDimseRSP rsp = new FutureDimseRSP(nextMessageID());
    cget(cuid, priority, data, tsuid, rsp);
    return rsp;
  }

  /** Asks the peer to store at another application entity (PS3.7 section 9.1.4). */
  public void cmove(
      String cuid,
      int priority,
      Attributes data,
      String tsuid,
      String destination,
      DimseRSPHandler rspHandler)
      throws IOException, InterruptedException {
    Attributes cmd = Commands.mkCMoveRQ(rspHandler.getMessageID(), cuid, priority, destination);
    retrieve(cuid, tsuid, cmd, data, rspHandler);
  }

  public DimseRSP cmove(
      String cuid, int priority, Attributes data, String tsuid, String destination)
      throws IOException, InterruptedException {
    FutureDimseRSP rsp = new FutureDimseRSP(nextMessageID());
    cmove(cuid, priority, data, tsuid, destination, rsp);
    return rsp;
  }

  private void retrieve(
      String cuid, String tsuid, Attributes cmd, Attributes data, DimseRSPHandler rspHandler)
      throws IOException, InterruptedException {
    boolean restart = !conn.isRetrieveTimeoutTotal();
    requestAsSCU(cuid, tsuid, cmd, data, rspHandler, conn.getRetrieveTimeout(), restart);
  }

  /** Reports an event as the provider of a SOP class (PS3.7 section 10.1.1). */
  public void neventReport(
      String cuid,
      String iuid,
      int eventTypeId,
      Attributes data,
      String tsuid,
      DimseRSPHandler rspHandler)
      throws IOException, InterruptedException {
    PresentationContext pc = pcFor(cuid, tsuid);
    if (!isSCPFor(cuid)) {
      throw new NoRoleSelectionException(cuid, TransferCapability.Role.SCP);
    }
    Attributes cmd =
        Commands.mkNEventReportRQ(rspHandler.getMessageID(), cuid, iuid, eventTypeId, data);
    DataWriter writer = DataWriterAdapter.forAttributes(data);
    invoke(pc, cmd, writer, rspHandler, conn.getSendTimeout(), conn.getResponseTimeout());
  }

  public DimseRSP neventReport(
      String cuid, String iuid, int eventTypeId, Attributes data, String tsuid)
      throws IOException, InterruptedException {
    FutureDimseRSP rsp = new FutureDimseRSP(nextMessageID());
    neventReport(cuid, iuid, eventTypeId, data, tsuid, rsp);
    return rsp;
  }

  /** Requests an action on a SOP instance (PS3.7 section 10.1.4). */
  public void naction(
      String cuid,
      String iuid,
      int actionTypeId,
      Attributes data,
      String tsuid,
      DimseRSPHandler rspHandler)
      throws IOException, InterruptedException {
    Attributes cmd =
        Commands.mkNActionRQ(rspHandler.getMessageID(), cuid, iuid, actionTypeId, data);
    requestAsSCU(cuid, tsuid, cmd, data, rspHandler, conn.getResponseTimeout(), true);
  }

  public DimseRSP naction(String cuid, String iuid, int actionTypeId, Attributes data, String tsuid)
      throws IOException, InterruptedException {
    FutureDimseRSP rsp = new FutureDimseRSP(nextMessageID());
    naction(cuid, iuid, actionTypeId, data, tsuid, rsp);
    return rsp;
  }

  private void requestAsSCU(
      String cuid,
      String tsuid,
      Attributes cmd,
      Attributes data,
      DimseRSPHandler rspHandler,
      int rspTimeout,
      boolean restartOnPending)
      throws IOException, InterruptedException {
    PresentationContext pc = pcFor(cuid, tsuid);
    requireSCUFor(cuid);
    DataWriter writer = DataWriterAdapter.forAttributes(data);
    invoke(pc, cmd, writer, rspHandler, conn.getSendTimeout(), rspTimeout, restartOnPending);
  }

  public DimseRSP cecho() throws IOException, InterruptedException {
    return cecho(UID.Verification);
  }

  public DimseRSP cecho(String cuid) throws IOException, InterruptedException {
    FutureDimseRSP rsp = new FutureDimseRSP(nextMessageID());
    PresentationContext pc = pcFor(cuid, null);
    requireSCUFor(cuid);
    invoke(
        pc,
        Commands.mkCEchoRQ(rsp.getMessageID(), cuid),
        null,
        rsp,
        conn.getSendTimeout(),
        conn.getResponseTimeout());
    return rsp;
  }

  public void invoke(
      PresentationContext pc,
      Attributes cmd,
      DataWriter data,
      DimseRSPHandler rspHandler,
      int sendTimeout,
      int rspTimeout)
      throws IOException, InterruptedException {
    invoke(pc, cmd, data, rspHandler, sendTimeout, rspTimeout, true);
  }

  /**
   * Sends a request, waiting first for room in the negotiated window.
   *
   * @param restartOnPending whether each pending response restarts the response time-out
   * @throws IOException if it cannot be sent; once part of it was sent, the association is aborted
   */
  public void invoke(
      PresentationContext pc,
      Attributes cmd,
      DataWriter data,
      DimseRSPHandler rspHandler,
      int sendTimeout,
      int rspTimeout,
      boolean restartOnPending)
      throws IOException, InterruptedException {
    rspHandler.prepare(pc, rspTimeout, restartOnPending);
    if (!operations.invoke(rspHandler)) {
      throw upper.failure(new EOFException("association closed"));
    }
    Commands.setHasDataset(cmd, data != null);
    try {
      send(pc, cmd, data, sendTimeout);
    } catch (AssociationStateException e) {
      operations.withdraw(rspHandler.getMessageID());
      throw e;
    }
    long deadline = operations.startTimer(rspHandler);
    if (deadline != 0) {
      upper.waitForResponseUntil(operations.nextDeadline());
    }
  }

  void writeCancel(PresentationContext pc, int msgId) throws IOException {
    send(pc, Commands.mkCCancelRQ(msgId), null, conn.getSendTimeout());
  }

  private void send(PresentationContext pc, Attributes cmd, DataWriter data, int sendTimeout)
      throws IOException {
    Dimse dimse = Dimse.valueOf(cmd.getInt(Tag.CommandField, -1));
    upper.send(pc, cmd, data, sendTimeout);
    sent.incrementAndGet(dimse.ordinal());
    if (LOG.isDebugEnabled()) {
      LOG.debug("{} << {}", this, dimse.toString(cmd));
    }
  }

  private void requireSCUFor(String cuid) throws NoRoleSelectionException {
    if (!isSCUFor(cuid)) {
      throw new NoRoleSelectionException(cuid, TransferCapability.Role.SCU);
    }
  }

  /** Names group 2 attributes for a received object, with the peer as its source. */
  public Attributes createFileMetaInformation(String iuid, String cuid, String tsuid) {
    Attributes fmi = Attributes.createFileMetaInformation(iuid, cuid, tsuid);
    fmi.setString(Tag.SourceApplicationEntityTitle, VR.AE, getRemoteAET());
    return fmi;
  }

  /** Returns the query options both sides agreed upon (PS3.4 section C.5.1.1). */
  public EnumSet<QueryOption> getQueryOptionsFor(String cuid) {
    return QueryOption.toOptions(ac.getExtNegotiationFor(cuid));
  }

  public EnumSet<QueryOption> getRequestedQueryOptionsFor(String cuid) {
    return QueryOption.toOptions(rq.getExtNegotiationFor(cuid));
  }

  public int getPerformingOperationCount() {
    return operations.performing();
  }

  // ---- called by the upper layer

  void request(AAssociateRQ request) throws IOException, InterruptedException {
    rq = request;
    upper.request(request);
  }

  void accept() {
    upper.accept();
  }

  AAssociateAC negotiate(AAssociateRQ request) throws IOException {
    rq = request;
    noLongerSilent();
    ApplicationEntity called = device.getApplicationEntity(request.getCalledAET(), true);
    ae = called;
    device.addAssociation(this);
    return device.getAssociationHandler().negotiate(this, request);
  }

  void onAccept(AAssociateAC answer) {
    ac = answer;
    operations.setWindow(answer.getMaxOpsPerformed(), answer.getMaxOpsInvoked());
    indexContexts();
  }

  /** Takes the acceptor's answer; one that answers what was not asked is invalid. */
  void onConfirm(AAssociateAC answer) throws AAbort {
    for (PresentationContext pc : List.copyOf(answer.getPresentationContexts())) {
      PresentationContext proposed = rq.getPresentationContext(pc.getPCID());
      if (proposed == null
          || (pc.isAccepted() && !proposed.containsTransferSyntax(pc.getTransferSyntax()))) {
        throw new AAbort(AAbort.UL_SERIVE_PROVIDER, AAbort.INVALID_PDU_PARAMETER_VALUE);
      }
      answer.removePresentationContext(pc);
      answer.addPresentationContext(
          new PresentationContext(
              pc.getPCID(),
              pc.getResult(),
              proposed.getAbstractSyntax(),
              pc.getTransferSyntaxes()));
    }
    ac = answer;
    operations.setWindow(
        AssociationHandler.smallerWindow(rq.getMaxOpsInvoked(), answer.getMaxOpsInvoked()),
        AssociationHandler.smallerWindow(rq.getMaxOpsPerformed(), answer.getMaxOpsPerformed()));
    indexContexts();
  }

  private void indexContexts() {
    for (PresentationContext pc : ac.getPresentationContexts()) {
      if (pc.isAccepted()) {
        accepted
            .computeIfAbsent(getAbstractSyntax(pc.getPCID()), cuid -> new LinkedHashMap<>())
            .putIfAbsent(pc.getTransferSyntax(), pc);
      }
    }
  }

  void onAccepted() {
    LOG.info("{}: association accepted", this);
    AssociationMonitor monitor = device.getAssociationMonitor();
    if (monitor != null) {
      monitor.onAssociationAccepted(this);
    }
  }

  void onRejected(AAssociateRJ rj) {
    LOG.info("{}: association rejected: {}", this, rj.getMessage());
    AssociationMonitor monitor = device.getAssociationMonitor();
    if (monitor != null) {
      monitor.onAssociationRejected(this, rj);
    }
  }

  /** Handles one message whose command has been read and whose data set follows in the reader. */
  void onCommand(Attributes cmd, int pcid, PDUReader reader) throws IOException {
    PresentationContext pc = ac.getPresentationContext(pcid);
    Dimse dimse;
    try {
      dimse = Dimse.valueOf(cmd.getInt(Tag.CommandField, -1));
    } catch (IllegalArgumentException e) {
      throw reader.violation(AAbort.INVALID_PDU_PARAMETER_VALUE);
    }
    if (pc == null || !pc.isAccepted()) {
      throw reader.violation(AAbort.INVALID_PDU_PARAMETER_VALUE);
    }
    received.incrementAndGet(dimse.ordinal());
    if (LOG.isDebugEnabled()) {
      LOG.debug("{} >> {}", this, dimse.toString(cmd));
    }
    boolean hasDataset = Commands.hasDataset(cmd);
    if (hasDataset) {
      reader.beginDataset();
    }
    if (dimse == Dimse.C_CANCEL_RQ) {
      CancelRQHandler handler =
          operations.removeCancelable(cmd.getInt(Tag.MessageIDBeingRespondedTo, -1));
      if (handler != null) {
        handler.onCancelRQ(this);
      }
    } else if (dimse.isRSP()) {
      onResponse(pc, dimse, cmd, hasDataset ? reader : null);
    } else {
      onRequest(pc, dimse, cmd, hasDataset && dimse != Dimse.C_ECHO_RQ ? reader : null);
    }
    reader.skipAll();
  }

  private void onRequest(PresentationContext pc, Dimse dimse, Attributes cmd, PDVInputStream data)
      throws IOException {
    operations.perform();
    DimseRQHandler handler = ae.getDimseRQHandler();
    if (handler == null) {
      operations.performed();
      throw new IOException("no handler for requests of the peer");
    }
    try {
      if (isPerformerOf(dimse, pc)) {
        handler.onDimseRQ(this, pc, dimse, cmd, data);
      } else {
        LOG.info("{}: {} in a role that was not negotiated", this, dimse);
        writeDimseRSP(pc, Commands.mkRSP(cmd, Status.SOPclassNotSupported, dimse));
      }
    } catch (IOException | RuntimeException e) {
      State state = getState();
      if (state != State.Sta13 && state != State.Sta1) {
        LOG.warn("{}: {} failed, aborting", this, dimse, Traces.of(e));
        abort();
      }
      operations.performed();
      throw e instanceof IOException io ? io : new IOException(e.getClass().getName());
    }
  }

  /** The SCP performs every operation; of event notifications the SCU is told (PS3.7 7.5). */
  private boolean isPerformerOf(Dimse dimse, PresentationContext pc) {
    String cuid = getAbstractSyntax(pc.getPCID());
    return dimse == Dimse.N_EVENT_REPORT_RQ ? isSCUFor(cuid) : isSCPFor(cuid);
  }

  private void onResponse(PresentationContext pc, Dimse dimse, Attributes cmd, PDVInputStream data)
      throws IOException {
    int msgId = cmd.getInt(Tag.MessageIDBeingRespondedTo, -1);
    DimseRSPHandler handler = operations.get(msgId);
    if (handler == null) {
      LOG.info("{}: {} answers no request, aborting", this, dimse);
      abort();
      throw new IOException("response to no request");
    }
    boolean carriesData = dimse != Dimse.C_STORE_RSP && dimse != Dimse.C_ECHO_RSP;
    Attributes dataset =
        data != null && carriesData ? data.readDataset(pc.getTransferSyntax()) : null;
    if (Status.isPending(cmd.getInt(Tag.Status, 0))) {
      long deadline = operations.restartTimer(handler);
      if (deadline != 0) {
        upper.waitForResponseUntil(deadline);
      }
      handler.onDimseRSP(this, cmd, dataset);
    } else {
      operations.answered(handler);
      try {
        handler.onDimseRSP(this, cmd, dataset);
      } finally {
        operations.finish(msgId);
      }
    }
  }

  void whenPerformed(Runnable then) {
    operations.whenPerformed(then);
  }

  boolean isIdle() {
    return operations.isIdle();
  }

  long nextResponseDeadline() {
    return operations.nextDeadline();
  }

  void onSocketClosed() {
    operations.wake();
  }

  /** Tells everybody concerned that the association has ended; called once. */
  void onEnd() {
    for (DimseRSPHandler handler : operations.close()) {
      guarded(() -> handler.onClose(this));
    }
    if (ac != null) {
      guarded(() -> device.getAssociationHandler().onClose(this));
    }
    for (AssociationListener listener : listeners) {
      guarded(() -> listener.onClose(this));
    }
    noLongerSilent();
    device.removeAssociation(this);
    IOException exception = getException();
    LOG.info("{}: association closed{}", this, exception == null ? "" : ": " + exception);
  }

  private void noLongerSilent() {
    if (silent.getAndSet(false)) {
      device.connectionSpoke();
    }
  }

  private void guarded(Runnable callback) {
    try {
      callback.run();
    } catch (RuntimeException e) {
      LOG.error("{}: callback failed", this, Traces.of(e));
    }
  }
}
