package org.qsmnode.camel;

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.spi.UriPath;
import org.jspecify.annotations.Nullable;
import org.qsmnode.store.Spool;

/** Options of the {@code dicom:} component; the reference page is held against them by a test. */
@UriParams
public final class DicomConfiguration implements Cloneable {

  @UriPath(
      description =
          "AET@host:port. For a consumer the own AE title, the address to bind to and the port (0:"
              + " any free one); for a producer the peer.")
  @Metadata(required = true)
  private String address = "";

  @UriParam(
      label = "common",
      defaultValue = "131072",
      description = "Largest PDU that is received, bytes.")
  private int receivePduLength = 131_072;

  @UriParam(
      label = "common",
      defaultValue = "131072",
      description = "Largest PDU that is sent where the peer allows it, bytes.")
  private int sendPduLength = 131_072;

  @UriParam(
      label = "common",
      defaultValue = "true",
      description = "Send small segments at once (TCP_NODELAY).")
  private boolean tcpNoDelay = true;

  @UriParam(
      label = "common",
      defaultValue = "15000",
      description = "Time for the A-ASSOCIATE exchange (the ARTIM timer of PS3.8), milliseconds.")
  private int associateTimeout = 15_000;

  @UriParam(
      label = "common",
      defaultValue = "5000",
      description = "Time for the A-RELEASE exchange, milliseconds.")
  private int releaseTimeout = 5_000;

  @UriParam(
      label = "common",
      defaultValue = "60000",
      description = "Time after which a silent association is ended, milliseconds.")
  private int idleTimeout = 60_000;

  @UriParam(
      label = "common",
      description =
          "An org.qsmnode.camel.DicomSecurity: TLS and user identity; none: plain TCP without"
              + " identities.")
  private DicomSecurity security = DicomSecurity.NONE;

  @UriParam(
      label = "consumer",
      description =
          "The org.qsmnode.store.Spool that takes the objects; a consumer does not start without.")
  private @Nullable Spool spool;

  @UriParam(
      label = "consumer",
      description =
          "An org.qsmnode.camel.OpenAssociations that is kept up to date, and keeps some for known"
              + " callers.")
  private OpenAssociations openAssociations = new OpenAssociations();

  @UriParam(
      label = "consumer",
      description = "Calling AE titles that are accepted, comma-separated; empty: any.")
  private String acceptedCallingAeTitles = "";

  @UriParam(
      label = "consumer",
      description =
          "Addresses that are accepted, as address or network/bits, comma-separated; empty: any.")
  private String acceptedAddresses = "";

  @UriParam(
      label = "consumer",
      description =
          "Calling AE titles that may store, comma-separated; empty: all that are accepted. Others"
              + " are answered 0124.")
  private String storingAeTitles = "";

  @UriParam(
      label = "consumer",
      defaultValue = "16",
      description = "Associations open at a time; more are rejected as transient.")
  private int maxAssociations = 16;

  @UriParam(
      label = "consumer",
      defaultValue = "8",
      description = "Associations open at a time from one calling AE title.")
  private int maxAssociationsPerCallingAe = 8;

  @UriParam(
      label = "consumer",
      defaultValue = "true",
      description = "Acknowledge segments at once (TCP_QUICKACK), for senders with Nagle on.")
  private boolean quickAck = true;

  @UriParam(
      label = "consumer",
      description =
          "SOP Class UIDs that are accepted for storage, comma-separated; empty: those of"
              + " StorageClasses.")
  private String sopClasses = "";

  @UriParam(
      label = "consumer",
      description =
          "An org.qsmnode.camel.ConsumerServices: what the consumer does besides storing, and whom"
              + " it tells.")
  private ConsumerServices services = ConsumerServices.NONE;

  @UriParam(
      label = "producer",
      defaultValue = "QSMNODE",
      description = "Own AE title on associations that are opened.")
  private String callingAeTitle = "QSMNODE";

  @UriParam(
      label = "producer",
      defaultValue = "store",
      enums = "store,echo",
      description =
          "store: sends the files of the body (a Path or a list of Path) over one association and"
              + " replaces the body by a StoreReport; echo: C-ECHO.")
  private String service = "store";

  @UriParam(
      label = "producer",
      defaultValue = "10000",
      description = "Time to open the connection, milliseconds.")
  private int connectTimeout = 10_000;

  @UriParam(
      label = "producer",
      defaultValue = "60000",
      description = "Time for an answer other than to C-STORE, milliseconds.")
  private int responseTimeout = 60_000;

  @UriParam(
      label = "producer",
      defaultValue = "600000",
      description =
          "Time to write one object, and again for the answer to that C-STORE, milliseconds.")
  private int storeTimeout = 600_000;

  @UriParam(
      label = "producer",
      defaultValue = "600000",
      description = "Time from one answer to C-MOVE or C-GET to the next, milliseconds.")
  private int retrieveTimeout = 600_000;

  @UriParam(
      label = "producer",
      defaultValue = "1",
      description = "Objects that may await their answer at a time, where the peer allows it.")
  private int asynchronousOperations = 1;

  DicomConfiguration copy() {
    try {
      return (DicomConfiguration) clone();
    } catch (CloneNotSupportedException e) {
      throw new RuntimeCamelException(e);
    }
  }

  PeerAddress peer() {
    return PeerAddress.parse(address);
  }

  public String getAddress() {
    return address;
  }

  public void setAddress(String address) {
    this.address = address;
  }

  public int getReceivePduLength() {
    return receivePduLength;
  }

  public void setReceivePduLength(int receivePduLength) {
    this.receivePduLength = receivePduLength;
  }

  public int getSendPduLength() {
    return sendPduLength;
  }

  public void setSendPduLength(int sendPduLength) {
    this.sendPduLength = sendPduLength;
  }

  public boolean isTcpNoDelay() {
    return tcpNoDelay;
  }

  public void setTcpNoDelay(boolean tcpNoDelay) {
    this.tcpNoDelay = tcpNoDelay;
  }

  public int getAssociateTimeout() {
    return associateTimeout;
  }

  public void setAssociateTimeout(int associateTimeout) {
    this.associateTimeout = associateTimeout;
  }

  public int getReleaseTimeout() {
    return releaseTimeout;
  }

  public void setReleaseTimeout(int releaseTimeout) {
    this.releaseTimeout = releaseTimeout;
  }

  public int getIdleTimeout() {
    return idleTimeout;
  }

  public void setIdleTimeout(int idleTimeout) {
    this.idleTimeout = idleTimeout;
  }

  public @Nullable Spool getSpool() {
    return spool;
  }

  public void setSpool(@Nullable Spool spool) {
    this.spool = spool;
  }

  public OpenAssociations getOpenAssociations() {
    return openAssociations;
  }

  public void setOpenAssociations(OpenAssociations openAssociations) {
    this.openAssociations = openAssociations;
  }

  public String getAcceptedCallingAeTitles() {
    return acceptedCallingAeTitles;
  }

  public void setAcceptedCallingAeTitles(String acceptedCallingAeTitles) {
    this.acceptedCallingAeTitles = acceptedCallingAeTitles;
  }

  public String getAcceptedAddresses() {
    return acceptedAddresses;
  }

  public void setAcceptedAddresses(String acceptedAddresses) {
    this.acceptedAddresses = acceptedAddresses;
  }

  public String getStoringAeTitles() {
    return storingAeTitles;
  }

  public void setStoringAeTitles(String storingAeTitles) {
    this.storingAeTitles = storingAeTitles;
  }

  public int getMaxAssociations() {
    return maxAssociations;
  }

  public void setMaxAssociations(int maxAssociations) {
    this.maxAssociations = maxAssociations;
  }

  public int getMaxAssociationsPerCallingAe() {
    return maxAssociationsPerCallingAe;
  }

  public void setMaxAssociationsPerCallingAe(int maxAssociationsPerCallingAe) {
    this.maxAssociationsPerCallingAe = maxAssociationsPerCallingAe;
  }

  public boolean isQuickAck() {
    return quickAck;
  }

  public void setQuickAck(boolean quickAck) {
    this.quickAck = quickAck;
  }

  public String getSopClasses() {
    return sopClasses;
  }

  public void setSopClasses(String sopClasses) {
    this.sopClasses = sopClasses;
  }

  public String getCallingAeTitle() {
    return callingAeTitle;
  }

  public void setCallingAeTitle(String callingAeTitle) {
    this.callingAeTitle = callingAeTitle;
  }

  public String getService() {
    return service;
  }

  public void setService(String service) {
    this.service = service;
  }

  public int getConnectTimeout() {
    return connectTimeout;
  }

  public void setConnectTimeout(int connectTimeout) {
    this.connectTimeout = connectTimeout;
  }

  public int getResponseTimeout() {
    return responseTimeout;
  }

  public void setResponseTimeout(int responseTimeout) {
    this.responseTimeout = responseTimeout;
  }

  public int getStoreTimeout() {
    return storeTimeout;
  }

  public void setStoreTimeout(int storeTimeout) {
    this.storeTimeout = storeTimeout;
  }

  public DicomSecurity getSecurity() {
    return security;
  }

  public void setSecurity(DicomSecurity security) {
    this.security = security;
  }

  public ConsumerServices getServices() {
    return services;
  }

  public void setServices(ConsumerServices services) {
    this.services = services;
  }

  public int getRetrieveTimeout() {
    return retrieveTimeout;
  }

  public void setRetrieveTimeout(int retrieveTimeout) {
    this.retrieveTimeout = retrieveTimeout;
  }

  public int getAsynchronousOperations() {
    return asynchronousOperations;
  }

  public void setAsynchronousOperations(int asynchronousOperations) {
    this.asynchronousOperations = asynchronousOperations;
  }
}
