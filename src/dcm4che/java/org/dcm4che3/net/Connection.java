package org.dcm4che3.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network end point with its socket options, time-outs and limits.
 *
 * <p>Time-outs are milliseconds, 0 for none; PDU lengths are bytes of the variable field.
 */
public class Connection {

  /** Protocol spoken on a connection. */
  public enum Protocol {
    DICOM
  }

  /** How a TLS server's certificate is held against its name (RFC 2818, RFC 4513). */
  public enum EndpointIdentificationAlgorithm {
    HTTPS,
    LDAPS
  }

  public static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  public static final int NO_TIMEOUT = 0;
  public static final int SYNCHRONOUS_MODE = 1;
  public static final int NOT_LISTENING = -1;
  public static final int DEF_BACKLOG = 50;
  public static final int DEF_SOCKETDELAY = 50;
  public static final int DEF_ABORT_TIMEOUT = 1000;
  public static final int DEF_BUFFERSIZE = 0;
  public static final int DEF_MAX_PDU_LENGTH = 16378;

  private Device device;
  private String commonName;
  private String hostname;
  private String bindAddress;
  private String clientBindAddress;
  private Protocol protocol = Protocol.DICOM;
  private int port = NOT_LISTENING;
  private int backlog = DEF_BACKLOG;
  private int connectTimeout = NO_TIMEOUT;
  private int requestTimeout = NO_TIMEOUT;
  private int acceptTimeout = NO_TIMEOUT;
  private int releaseTimeout = NO_TIMEOUT;
  private int abortTimeout = DEF_ABORT_TIMEOUT;
  private int socketCloseDelay = DEF_SOCKETDELAY;
  private int sendTimeout = NO_TIMEOUT;
  private int storeTimeout = NO_TIMEOUT;
  private int responseTimeout = NO_TIMEOUT;
  private int retrieveTimeout = NO_TIMEOUT;
  private boolean retrieveTimeoutTotal;
  private int idleTimeout = NO_TIMEOUT;
  private int receiveBufferSize = DEF_BUFFERSIZE;
  private int sendBufferSize = DEF_BUFFERSIZE;
  private int receivePDULength = DEF_MAX_PDU_LENGTH;
  private int sendPDULength = DEF_MAX_PDU_LENGTH;
  private int maxOpsInvoked = SYNCHRONOUS_MODE;
  private int maxOpsPerformed = SYNCHRONOUS_MODE;
  private boolean packPDV = true;
  private boolean tcpNoDelay = true;
  private String[] blacklist = {};
  private String[] tlsCipherSuites = {};
  private String[] tlsProtocols = {"TLSv1.2"};
  private boolean tlsNeedClientAuth = true;
  private EndpointIdentificationAlgorithm tlsEndpointIdentificationAlgorithm;
  private volatile Listener listener;

  public Connection() {}

  public Connection(String commonName, String hostname) {
    this(commonName, hostname, NOT_LISTENING);
  }

  public Connection(String commonName, String hostname, int port) {
    this.commonName = commonName;
    this.hostname = hostname;
    setPort(port);
  }

  public final Device getDevice() {
    return device;
  }

  final void setDevice(Device device) {
    this.device = device;
  }

  public final String getHostname() {
    return hostname;
  }

  public final void setHostname(String hostname) {
    this.hostname = hostname;
  }

  public final String getBindAddress() {
    return bindAddress;
  }

  /** Sets the address to listen on, null for that of the host name. */
  public final void setBindAddress(String bindAddress) {
    this.bindAddress = bindAddress;
  }

  public String getClientBindAddress() {
    return clientBindAddress;
  }

  /** Sets the address outgoing connections come from, null for any. */
  public void setClientBindAddress(String bindAddress) {
    clientBindAddress = bindAddress;
  }

  public Protocol getProtocol() {
    return protocol;
  }

  public void setProtocol(Protocol protocol) {
    this.protocol = protocol;
  }

  public final String getCommonName() {
    return commonName;
  }

  public final void setCommonName(String name) {
    commonName = name;
  }

  public final int getPort() {
    return port;
  }

  /** Sets the port to listen on, 0 for any free one, NOT_LISTENING for none. */
  public final void setPort(int port) {
    if (port < NOT_LISTENING || port > 0xffff) {
      throw new IllegalArgumentException("port out of range: " + port);
    }
    this.port = port;
  }

  public final boolean isServer() {
    return port >= 0;
  }

  public final int getBacklog() {
    return backlog;
  }

  public final void setBacklog(int backlog) {
    this.backlog = positive("backlog", backlog);
  }

  public final int getConnectTimeout() {
    return connectTimeout;
  }

  public final void setConnectTimeout(int timeout) {
    connectTimeout = notNegative("timeout", timeout);
  }

  public final int getRequestTimeout() {
    return requestTimeout;
  }

  /** Limits the wait for A-ASSOCIATE-RQ (ARTIM of PS3.8 section 9.1.5). */
  public final void setRequestTimeout(int timeout) {
    requestTimeout = notNegative("timeout", timeout);
  }

  public final int getAcceptTimeout() {
    return acceptTimeout;
  }

  /** Limits the wait for the answer to A-ASSOCIATE-RQ. */
  public final void setAcceptTimeout(int timeout) {
    acceptTimeout = notNegative("timeout", timeout);
  }

  public final int getReleaseTimeout() {
    return releaseTimeout;
  }

  public final void setReleaseTimeout(int timeout) {
    releaseTimeout = notNegative("timeout", timeout);
  }

  public int getAbortTimeout() {
    return abortTimeout;
  }

  /** Limits the attempt to send an A-ABORT before the socket is closed without one. */
  public void setAbortTimeout(int timeout) {
    abortTimeout = notNegative("timeout", timeout);
  }

  public final int getSocketCloseDelay() {
    return socketCloseDelay;
  }

  /** Sets how long the peer may take to close the socket after the last PDU. */
  public final void setSocketCloseDelay(int delay) {
    socketCloseDelay = notNegative("delay", delay);
  }

  public int getSendTimeout() {
    return sendTimeout;
  }

  public void setSendTimeout(int timeout) {
    sendTimeout = notNegative("timeout", timeout);
  }

  public int getStoreTimeout() {
    return storeTimeout;
  }

  /** Limits the sending of one C-STORE request. */
  public void setStoreTimeout(int timeout) {
    storeTimeout = notNegative("timeout", timeout);
  }

  public final int getResponseTimeout() {
    return responseTimeout;
  }

  public final void setResponseTimeout(int timeout) {
    responseTimeout = notNegative("timeout", timeout);
  }

  public final int getRetrieveTimeout() {
    return retrieveTimeout;
  }

  /** Limits the wait for a response to C-GET and C-MOVE. */
  public final void setRetrieveTimeout(int timeout) {
    retrieveTimeout = notNegative("timeout", timeout);
  }

  public final boolean isRetrieveTimeoutTotal() {
    return retrieveTimeoutTotal;
  }

  /** Sets whether that time runs until the final response, or anew from each pending one. */
  public final void setRetrieveTimeoutTotal(boolean total) {
    retrieveTimeoutTotal = total;
  }

  public final int getIdleTimeout() {
    return idleTimeout;
  }

  /** Limits the silence of a peer between and within its requests. */
  public final void setIdleTimeout(int timeout) {
    idleTimeout = notNegative("timeout", timeout);
  }

  public final int getReceiveBufferSize() {
    return receiveBufferSize;
  }

  /** Sets SO_RCVBUF, 0 for the system's default. */
  public final void setReceiveBufferSize(int size) {
    receiveBufferSize = notNegative("size", size);
  }

  public final int getSendBufferSize() {
    return sendBufferSize;
  }

  /** Sets SO_SNDBUF, 0 for the system's default. */
  public final void setSendBufferSize(int size) {
    sendBufferSize = notNegative("size", size);
  }

  public final int getSendPDULength() {
    return sendPDULength;
  }

  /** Sets the longest P-DATA-TF to send, also where the peer takes longer ones. */
  public final void setSendPDULength(int length) {
    sendPDULength = notNegative("length", length);
  }

  public final int getReceivePDULength() {
    return receivePDULength;
  }

  /** Sets the longest P-DATA-TF to receive, announced to the peer; 0 for no limit. */
  public final void setReceivePDULength(int length) {
    receivePDULength = notNegative("length", length);
  }

  public final int getMaxOpsPerformed() {
    return maxOpsPerformed;
  }

  public final void setMaxOpsPerformed(int maxOps) {
    maxOpsPerformed = notNegative("maxOps", maxOps);
  }

  public final int getMaxOpsInvoked() {
    return maxOpsInvoked;
  }

  public final void setMaxOpsInvoked(int maxOps) {
    maxOpsInvoked = notNegative("maxOps", maxOps);
  }

  public final boolean isPackPDV() {
    return packPDV;
  }

  /** Sets whether command and data set may share a P-DATA-TF. */
  public final void setPackPDV(boolean packPDV) {
    this.packPDV = packPDV;
  }

  public final boolean isTcpNoDelay() {
    return tcpNoDelay;
  }

  public final void setTcpNoDelay(boolean tcpNoDelay) {
    this.tcpNoDelay = tcpNoDelay;
  }

  public final String[] getTlsCipherSuites() {
    return tlsCipherSuites.clone();
  }

  /** Sets the cipher suites, in order of preference; none leaves the connection without TLS. */
  public void setTlsCipherSuites(String... tlsCipherSuites) {
    this.tlsCipherSuites = tlsCipherSuites.clone();
  }

  public final boolean isTls() {
    return tlsCipherSuites.length > 0;
  }

  public final String[] getTlsProtocols() {
    return tlsProtocols.clone();
  }

  public final void setTlsProtocols(String... tlsProtocols) {
    this.tlsProtocols = tlsProtocols.clone();
  }

  public final boolean isTlsNeedClientAuth() {
    return tlsNeedClientAuth;
  }

  /** Sets whether a requestor has to show a certificate that is trusted. */
  public final void setTlsNeedClientAuth(boolean tlsNeedClientAuth) {
    this.tlsNeedClientAuth = tlsNeedClientAuth;
  }

  public EndpointIdentificationAlgorithm getTlsEndpointIdentificationAlgorithm() {
    return tlsEndpointIdentificationAlgorithm;
  }

  /** Sets how an acceptor's certificate is held against its host name, null for not at all. */
  public void setTlsEndpointIdentificationAlgorithm(EndpointIdentificationAlgorithm algorithm) {
    tlsEndpointIdentificationAlgorithm = algorithm;
  }

  public final String[] getBlacklist() {
    return blacklist.clone();
  }

  /** Names addresses whose connections are closed at once. */
  public final void setBlacklist(String[] blacklist) {
    this.blacklist = blacklist.clone();
  }

  @Override
  public String toString() {
    return "Connection[" + hostname + ":" + port + "]";
  }

  public InetSocketAddress getEndPoint() throws UnknownHostException {
    return resolved(hostname, port);
  }

  public InetSocketAddress getBindPoint() throws UnknownHostException {
    return resolved(bindAddress != null ? bindAddress : hostname, port);
  }

  public InetSocketAddress getClientBindPoint() throws UnknownHostException {
    return resolved(clientBindAddress, 0);
  }

  /** Starts to listen; false if this is no server or listens already. */
  public synchronized boolean bind() throws IOException, GeneralSecurityException {
    if (!isServer() || isListening()) {
      return false;
    }
    listener = new TCPListener(this);
    LOG.info("{}: listening at {}", this, listener.getEndPoint());
    return true;
  }

  public final boolean isListening() {
    return listener != null;
  }

  public boolean isBlackListed(InetAddress address) {
    for (String each : blacklist) {
      if (each.equals(address.getHostAddress()) || each.equals(address.getHostName())) {
        return true;
      }
    }
    return false;
  }

  /** Stops listening; open associations go on. */
  public synchronized void unbind() {
    Listener bound = listener;
    listener = null;
    if (bound != null) {
      try {
        bound.close();
      } catch (IOException e) {
        LOG.warn("{}: closing the listener failed: {}", this, e.getMessage());
      }
    }
  }

  /** Opens a transport connection to a remote end point. */
  public Socket connect(Connection remote)
      throws IOException, IncompatibleConnectionException, GeneralSecurityException {
    if (!isCompatible(remote)) {
      throw new IncompatibleConnectionException(this + " does not reach " + remote);
    }
    ConnectionMonitor monitor = device.getConnectionMonitor();
    Socket socket = new Socket();
    try {
      InetSocketAddress from = getClientBindPoint();
      if (from.getAddress() != null && !from.getAddress().isAnyLocalAddress()) {
        socket.bind(from);
      }
      setSocketOptions(socket);
      socket.connect(remote.getEndPoint(), connectTimeout);
      if (isTls()) {
        socket = TLS.connect(socket, this, remote);
      }
    } catch (IOException | GeneralSecurityException e) {
      close(socket);
      if (monitor != null) {
        monitor.onConnectionFailed(this, remote, socket, e);
      }
      throw e;
    }
    if (monitor != null) {
      monitor.onConnectionEstablished(this, remote, socket);
    }
    return socket;
  }

  public Listener getListener() {
    return listener;
  }

  public void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("{}: closing a socket failed: {}", this, e.getMessage());
    }
  }

  public boolean isCompatible(Connection remote) {
    return remote.protocol == protocol
        && (isTls() ? remote.isTls() && TLS.meet(this, remote) : !remote.isTls());
  }

  final void setSocketOptions(Socket socket) throws IOException {
    if (receiveBufferSize > 0) {
      socket.setReceiveBufferSize(receiveBufferSize);
    }
    if (sendBufferSize > 0) {
      socket.setSendBufferSize(sendBufferSize);
    }
    socket.setTcpNoDelay(tcpNoDelay);
    socket.setKeepAlive(true);
  }

  private static InetSocketAddress resolved(String host, int port) throws UnknownHostException {
    return host == null
        ? new InetSocketAddress(Math.max(port, 0))
        : new InetSocketAddress(InetAddress.getByName(host), Math.max(port, 0));
  }

  private static int notNegative(String name, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " must not be negative: " + value);
    }
    return value;
  }

  private static int positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be positive: " + value);
    }
    return value;
  }
}
