package org.dcm4che3.net;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.dcm4che3.net.pdu.AAssociateRQ;

/**
 * A device with its application entities and connections; the root of a DICOM application.
 *
 * <p>Both executors must be set before connections are bound or opened: one thread per listening
 * connection and per open association comes from the first, timers from the second.
 */
public class Device {

  private static final String ANY = "*";

  /** Bounds the threads that connections without an A-ASSOCIATE-RQ can hold. */
  private static final int MAX_SILENT_CONNECTIONS = 256;

  private String deviceName;
  private String description;
  private int limitOpenAssociations;
  private final AtomicInteger silentConnections = new AtomicInteger();
  private final Map<String, Integer> limitsByCallingAET =
      Collections.synchronizedMap(new LinkedHashMap<>());
  private final List<Connection> connections = new CopyOnWriteArrayList<>();
  private final Map<String, ApplicationEntity> aes =
      Collections.synchronizedMap(new LinkedHashMap<>());
  private final List<Association> associations = new ArrayList<>();
  private volatile DimseRQHandler dimseRQHandler;
  private volatile AssociationHandler associationHandler = new AssociationHandler();
  private volatile AssociationMonitor associationMonitor;
  private volatile ConnectionMonitor connectionMonitor;
  private volatile Executor executor;
  private volatile ScheduledExecutorService scheduledExecutor;
  private KeyManager keyManager;
  private TrustManager trustManager;
  private SSLContext sslContext;

  public Device() {}

  public Device(String name) {
    setDeviceName(name);
  }

  public final String getDeviceName() {
    return deviceName;
  }

  public final void setDeviceName(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("name must not be empty");
    }
    deviceName = name;
  }

  public final String getDescription() {
    return description;
  }

  public final void setDescription(String description) {
    this.description = description;
  }

  public final void setDimseRQHandler(DimseRQHandler handler) {
    dimseRQHandler = handler;
  }

  public final DimseRQHandler getDimseRQHandler() {
    return dimseRQHandler;
  }

  public final AssociationHandler getAssociationHandler() {
    return associationHandler;
  }

  public void setAssociationHandler(AssociationHandler handler) {
    if (handler == null) {
      throw new NullPointerException("handler");
    }
    associationHandler = handler;
  }

  public ConnectionMonitor getConnectionMonitor() {
    return connectionMonitor;
  }

  public void setConnectionMonitor(ConnectionMonitor monitor) {
    connectionMonitor = monitor;
  }

  public AssociationMonitor getAssociationMonitor() {
    return associationMonitor;
  }

  public void setAssociationMonitor(AssociationMonitor monitor) {
    associationMonitor = monitor;
  }

  /** Starts to listen on every connection that has a port. */
  public void bindConnections() throws IOException, GeneralSecurityException {
    for (Connection conn : connections) {
      conn.bind();
    }
  }

  public void rebindConnections() throws IOException, GeneralSecurityException {
    unbindConnections();
    bindConnections();
  }

  /** Stops listening; open associations go on. */
  public void unbindConnections() {
    for (Connection conn : connections) {
      conn.unbind();
    }
  }

  public final Executor getExecutor() {
    return executor;
  }

  public final void setExecutor(Executor executor) {
    this.executor = executor;
  }

  public final ScheduledExecutorService getScheduledExecutor() {
    return scheduledExecutor;
  }

  public final void setScheduledExecutor(ScheduledExecutorService executor) {
    scheduledExecutor = executor;
  }

  public void addConnection(Connection conn) {
    conn.setDevice(this);
    connections.add(conn);
  }

  public boolean removeConnection(Connection conn) {
    if (!connections.remove(conn)) {
      return false;
    }
    conn.unbind();
    return true;
  }

  public List<Connection> listConnections() {
    return Collections.unmodifiableList(connections);
  }

  public void addApplicationEntity(ApplicationEntity ae) {
    ae.setDevice(this);
    aes.put(ae.getAETitle(), ae);
  }

  public ApplicationEntity removeApplicationEntity(ApplicationEntity ae) {
    return removeApplicationEntity(ae.getAETitle());
  }

  public ApplicationEntity removeApplicationEntity(String aet) {
    return aes.remove(aet);
  }

  public final int getLimitOpenAssociations() {
    return limitOpenAssociations;
  }

  /** Limits the associations accepted at a time, 0 for no limit. */
  public final void setLimitOpenAssociations(int limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("limit must not be negative: " + limit);
    }
    limitOpenAssociations = limit;
  }

  public int getLimitAssociationsInitiatedBy(String callingAET) {
    return limitsByCallingAET.getOrDefault(callingAET, 0);
  }

  /** Limits the associations accepted from one calling AE title at a time, 0 for no limit. */
  public void setLimitAssociationsInitiatedBy(String callingAET, int limit) {
    if (limit > 0) {
      limitsByCallingAET.put(callingAET, limit);
    } else {
      limitsByCallingAET.remove(callingAET);
    }
  }

  public Association[] listOpenAssociations() {
    synchronized (associations) {
      return associations.toArray(Association[]::new);
    }
  }

  public int getNumberOfOpenAssociations() {
    synchronized (associations) {
      return associations.size();
    }
  }

  public int getNumberOfAssociationsInitiatedBy(String callingAET) {
    int n = 0;
    for (Association as : listOpenAssociations()) {
      if (!as.isRequestor() && callingAET.equals(as.getCallingAET())) {
        n++;
      }
    }
    return n;
  }

  public int getNumberOfAssociationsInitiatedTo(String calledAET) {
    int n = 0;
    for (Association as : listOpenAssociations()) {
      if (as.isRequestor() && calledAET.equals(as.getCalledAET())) {
        n++;
      }
    }
    return n;
  }

  public void waitForNoOpenConnections() throws InterruptedException {
    synchronized (associations) {
      while (!associations.isEmpty()) {
        associations.wait();
      }
    }
  }

  /**
   * Says whether a request exceeds a limit, counting the accepted associations before it; those
   * that await nothing but the close of their socket no longer count.
   */
  public boolean isLimitOfAssociationsExceeded(AAssociateRQ rq) {
    int limitByCalling = getLimitAssociationsInitiatedBy(rq.getCallingAET());
    int all = 0;
    int byCalling = 0;
    for (Association as : listOpenAssociations()) {
      if (as.getAAssociateRQ() == rq) {
        break;
      }
      if (!as.isRequestor() && as.getState() != State.Sta13) {
        all++;
        if (rq.getCallingAET().equals(as.getCallingAET())) {
          byCalling++;
        }
      }
    }
    return limitOpenAssociations > 0 && all >= limitOpenAssociations
        || limitByCalling > 0 && byCalling >= limitByCalling;
  }

  /** Counts an accepted connection as silent; false if there are too many of them. */
  final boolean admitConnection() {
    if (silentConnections.incrementAndGet() <= MAX_SILENT_CONNECTIONS) {
      return true;
    }
    connectionSpoke();
    return false;
  }

  /** Uncounts a connection that has asked for an association, or has ended. */
  final void connectionSpoke() {
    silentConnections.decrementAndGet();
  }

  final void addAssociation(Association as) {
    synchronized (associations) {
      associations.add(as);
    }
  }

  final void removeAssociation(Association as) {
    synchronized (associations) {
      associations.remove(as);
      associations.notifyAll();
    }
  }

  public ApplicationEntity getApplicationEntity(String aet) {
    return getApplicationEntity(aet, false);
  }

  /** Finds an application entity by its title, by another of its titles if asked to, or "*". */
  public ApplicationEntity getApplicationEntity(String aet, boolean matchOtherAETs) {
    ApplicationEntity exact = aes.get(aet);
    if (exact != null) {
      return exact;
    }
    if (matchOtherAETs) {
      for (ApplicationEntity ae : getApplicationEntities()) {
        if (ae.isOtherAETitle(aet)) {
          return ae;
        }
      }
    }
    return aes.get(ANY);
  }

  public Collection<String> getApplicationAETitles() {
    synchronized (aes) {
      return List.copyOf(aes.keySet());
    }
  }

  public Collection<ApplicationEntity> getApplicationEntities() {
    synchronized (aes) {
      return List.copyOf(aes.values());
    }
  }

  /** Sets who chooses own certificates of TLS connections opened from now on, null for none. */
  public synchronized void setKeyManager(KeyManager keyManager) {
    this.keyManager = keyManager;
    sslContext = null;
  }

  public final synchronized KeyManager getKeyManager() {
    return keyManager;
  }

  /** Sets who judges the peers' certificates, null for the trust store of the platform. */
  public synchronized void setTrustManager(TrustManager trustManager) {
    this.trustManager = trustManager;
    sslContext = null;
  }

  public final synchronized TrustManager getTrustManager() {
    return trustManager;
  }

  public synchronized SSLContext sslContext() throws GeneralSecurityException, IOException {
    if (sslContext == null) {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          keyManager == null ? null : new KeyManager[] {keyManager},
          trustManager == null ? null : new TrustManager[] {trustManager},
          null);
      sslContext = context;
    }
    return sslContext;
  }

  public void execute(Runnable command) {
    Executor current = executor;
    if (current == null) {
      throw new IllegalStateException("executor not set");
    }
    current.execute(command);
  }

  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return scheduler().schedule(command, delay, unit);
  }

  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    return scheduler().scheduleAtFixedRate(command, initialDelay, period, unit);
  }

  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    return scheduler().scheduleWithFixedDelay(command, initialDelay, delay, unit);
  }

  private ScheduledExecutorService scheduler() {
    ScheduledExecutorService current = scheduledExecutor;
    if (current == null) {
      throw new IllegalStateException("scheduled executor not set");
    }
    return current;
  }

  @Override
  public String toString() {
    return "Device[" + deviceName + "]";
  }
}
