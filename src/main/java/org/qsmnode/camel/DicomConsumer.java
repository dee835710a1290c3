package org.qsmnode.camel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.TransferCapability;
import org.dcm4che3.net.service.BasicCEchoSCP;
import org.dcm4che3.net.service.DicomServiceRegistry;
import org.jspecify.annotations.Nullable;
import org.qsmnode.store.Spool;

/**
 * Storage and verification SCP (PS3.4 annexes A and B).
 *
 * <p>Each received object becomes one exchange whose body is the {@link
 * org.qsmnode.store.SpooledObject}; the C-STORE response is sent when the route has ended. Calling
 * and called AE titles, users and the limits are checked while the association is negotiated. With
 * the options for it, also query/retrieve SCP (PS3.4 annex C) and listener to the results of
 * storage commitment (PS3.4 annex J).
 */
public final class DicomConsumer extends DefaultConsumer {

  private static final String EXPLICIT = UID.ExplicitVRLittleEndian;

  private final DicomEndpoint endpoint;
  private @Nullable Device device;
  private @Nullable AcceptedAssociations accepted;
  private @Nullable ExecutorService associations;
  private @Nullable ScheduledExecutorService timers;
  private int port;

  DicomConsumer(DicomEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
    this.endpoint = endpoint;
  }

  /** The port that is listened on. */
  public int port() {
    return port;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    DicomConfiguration options = endpoint.getConfiguration();
    Spool spool = options.getSpool();
    if (spool == null) {
      throw new IllegalArgumentException("spool is required by a dicom: consumer");
    }
    PeerAddress own = options.peer();
    port = own.port() == 0 ? freePort(own.host()) : own.port();
    var threads = endpoint.getCamelContext().getExecutorServiceManager();
    associations = threads.newCachedThreadPool(this, "DicomAssociation");
    timers = threads.newSingleThreadScheduledExecutor(this, "DicomTimer");

    Connection connection = DicomConnections.listener(own.host(), port, options);
    Device started = new Device("qsm-node");
    started.setExecutor(associations);
    started.setScheduledExecutor(timers);
    started.addConnection(connection);
    started.addApplicationEntity(applicationEntity(own.aeTitle(), connection, options));
    options.getSecurity().equip(started);
    started.setDimseRQHandler(services(spool, options, associations, timers));
    RefusalRecord refusals = new RefusalRecord(options.getServices().events());
    timers.scheduleWithFixedDelay(
        refusals::summarise,
        RefusalRecord.SUMMARY_SECONDS,
        RefusalRecord.SUMMARY_SECONDS,
        TimeUnit.SECONDS);
    SilentConnections silent = new SilentConnections();
    accepted = new AcceptedAssociations(options.isQuickAck(), refusals, silent, timers);
    started.setAssociationMonitor(accepted);
    started.setConnectionMonitor(accepted);
    started.setAssociationHandler(
        new CallerLimit(
            options.getOpenAssociations(),
            silent,
            options.getMaxAssociations(),
            options.getMaxAssociationsPerCallingAe(),
            options.getSecurity().acceptedUsers(),
            new AcceptedAddresses(list(options.getAcceptedAddresses()))));
    started.bindConnections();
    device = started;
  }

  private static ApplicationEntity applicationEntity(
      String aeTitle, Connection connection, DicomConfiguration options) {
    ApplicationEntity ae = new ApplicationEntity(aeTitle);
    ae.setAssociationAcceptor(true);
    ae.setAssociationInitiator(false);
    ae.addConnection(connection);
    List<String> accepted = list(options.getAcceptedCallingAeTitles());
    if (!accepted.isEmpty()) {
      ae.setAcceptedCallingAETitles(accepted.toArray(String[]::new));
    }
    capable(
        ae, UID.Verification, TransferCapability.Role.SCP, UID.ImplicitVRLittleEndian, EXPLICIT);
    String[] syntaxes = StorageClasses.TRANSFER_SYNTAXES.toArray(String[]::new);
    for (String sopClass : sopClasses(options)) {
      capable(ae, sopClass, TransferCapability.Role.SCP, syntaxes);
    }
    QueryRetrieve queryRetrieve = options.getServices().queryRetrieve();
    if (queryRetrieve != null) {
      Stream.of(QueryRetrieve.FIND, QueryRetrieve.MOVE, QueryRetrieve.GET)
          .flatMap(List::stream)
          .map(
              model ->
                  capable(
                      ae, model, TransferCapability.Role.SCP, EXPLICIT, UID.ImplicitVRLittleEndian))
          .forEach(capability -> capability.setQueryOptions(QueryRetrieve.OPTIONS));
      for (String sopClass : queryRetrieve.sopClasses()) {
        capable(ae, sopClass, TransferCapability.Role.SCU, syntaxes);
      }
    }
    String commitment = UID.StorageCommitmentPushModel;
    if (options.getServices().commitmentListener() != null) {
      capable(ae, commitment, TransferCapability.Role.SCU, EXPLICIT, UID.ImplicitVRLittleEndian);
    }
    if (options.getServices().commitmentProvider() != null) {
      capable(ae, commitment, TransferCapability.Role.SCP, EXPLICIT, UID.ImplicitVRLittleEndian);
    }
    return ae;
  }

  private static TransferCapability capable(
      ApplicationEntity ae, String sopClass, TransferCapability.Role role, String... syntaxes) {
    TransferCapability capability = new TransferCapability(null, sopClass, role, syntaxes);
    capability.setPreferredTransferSyntaxes(syntaxes);
    ae.addTransferCapability(capability);
    return capability;
  }

  private DicomServiceRegistry services(
      Spool spool,
      DicomConfiguration options,
      ExecutorService executor,
      ScheduledExecutorService timers) {
    DicomServiceRegistry services = new DicomServiceRegistry();
    services.addDicomService(new BasicCEchoSCP());
    services.addDicomService(new StorageScp(this, spool, options, sopClasses(options)));
    QueryRetrieve queryRetrieve = options.getServices().queryRetrieve();
    if (queryRetrieve != null) {
      Consumer<DicomEvent> events = options.getServices().events();
      services.addDicomService(
          new BoundedService(
              new FindScp(queryRetrieve.objects(), events), BoundedService.IDENTIFIER_BYTES));
      services.addDicomService(
          new BoundedService(
              new GetScp(queryRetrieve.objects(), events), BoundedService.IDENTIFIER_BYTES));
      services.addDicomService(
          new BoundedService(
              new MoveScp(queryRetrieve, options, executor, timers),
              BoundedService.IDENTIFIER_BYTES));
    }
    CommitmentListener listener = options.getServices().commitmentListener();
    CommitmentProvider provider = options.getServices().commitmentProvider();
    if (listener != null || provider != null) {
      services.addDicomService(
          new BoundedService(
              new CommitmentService(
                  listener == null ? null : new CommitmentEvents(listener, result -> {}),
                  provider == null ? null : new CommitmentScp(provider, options, executor, timers)),
              BoundedService.OBJECT_LIST_BYTES));
    }
    return services;
  }

  private static List<String> sopClasses(DicomConfiguration options) {
    List<String> configured = list(options.getSopClasses());
    return configured.isEmpty() ? StorageClasses.all() : configured;
  }

  static List<String> list(String commaSeparated) {
    return Arrays.stream(commaSeparated.split(",", -1))
        .map(String::trim)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  private static int freePort(String host) throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(host))) {
      return probe.getLocalPort();
    }
  }

  @Override
  protected void doStop() throws Exception {
    if (device != null) {
      device.unbindConnections();
      device = null;
    }
    if (accepted != null) {
      accepted.abortAll();
      accepted = null;
    }
    var threads = endpoint.getCamelContext().getExecutorServiceManager();
    if (associations != null) {
      threads.shutdownGraceful(associations);
      associations = null;
    }
    if (timers != null) {
      threads.shutdownNow(timers);
      timers = null;
    }
    super.doStop();
  }
}
