package org.qsmnode.route;

import io.micrometer.core.instrument.Gauge;
import jakarta.jms.JMSException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.qsmnode.camel.AcceptedUsers;
import org.qsmnode.camel.CommitmentProvider;
import org.qsmnode.camel.ConsumerServices;
import org.qsmnode.camel.MoveDestination;
import org.qsmnode.camel.PeerAddress;
import org.qsmnode.camel.QueryRetrieve;
import org.qsmnode.derive.DerivedKind;
import org.qsmnode.series.find.Completeness;
import org.qsmnode.series.find.Recognition;
import org.qsmnode.store.DiskReserve;
import org.qsmnode.store.Ledger;
import org.qsmnode.web.DicomWebRoutes;

/** The routes of the node; they start sending first and receiving last, and stop in reverse. */
public final class NodeRoutes extends RouteBuilder {

  /** A sweep of the ledger takes seconds; a first one over many large studies, minutes. */
  private static final Duration SHORT_RUN = Duration.ofMinutes(15);

  /** One retrieval of the night may bring thousands of objects over a slow line. */
  private static final Duration LONG_RUN = Duration.ofHours(4);

  private final NodeParts parts;
  private final NodeSettings settings;
  private final ReceiveObject receive;
  private final ResultObjects results;
  private final List<Sweep> sweeps = new CopyOnWriteArrayList<>();

  public NodeRoutes(NodeParts parts) {
    this.parts = parts;
    this.settings = parts.settings();
    this.receive = new ReceiveObject(parts);
    this.results = new ResultObjects(parts.ledger(), settings.folders().results());
  }

  /** The routes of DICOMweb, for a context with an HTTP server. */
  public RouteBuilder web() {
    return new DicomWebRoutes(
        new WebObjects(results, parts.audit()),
        new StowObjects(parts.spool(), receive),
        settings.web().allowedOrigin());
  }

  /** What the node says of its own health. */
  public NodeHealth health() {
    return new NodeHealth(
        parts.ledger(),
        parts.spool(),
        new DiskReserve(settings.folders().work(), settings.spoolLimits().reservePercent()),
        sweeps);
  }

  @Override
  public void configure() {
    Ledger ledger = parts.ledger();
    Clock clock = parts.clock();
    Recognition recognition = new Recognition(parts.reconstruction().settings().recognition());
    Dispatch dispatch = new Dispatch(ledger, getContext().createProducerTemplate(), clock);
    Optional<Pacs> pacs = pacs();
    AskCommitment commitment = new AskCommitment(ledger, settings, parts.peers(), clock);
    bind(commitment);
    SendDelivery send =
        new SendDelivery(parts, commitment, new IdentityCheck(ledger, settings, pacs, clock));
    AssembleStudies assemble =
        new AssembleStudies(
            ledger,
            recognition,
            new Completeness(settings.completeness()),
            parts.openAssociations(),
            clock);
    errorHandler(noErrorHandler());

    MachineSettings machine = settings.machine();
    if (machine.has(NodeRole.SEND)) {
      send(send, commitment);
    }
    if (machine.has(NodeRole.WORK)) {
      from(Dispatch.RECONSTRUCT + "?transacted=true&concurrentConsumers=" + settings.processes())
          .routeId("process")
          .startupOrder(2)
          .process(new ProcessJob(parts, recognition))
          .process(exchange -> dispatch.sweep());
    }

    from(quartz("quartz", "assemble"))
        .routeId("assemble")
        .startupOrder(3)
        .process(sweep("assemble", SHORT_RUN, assemble::sweep))
        .process(sweep("dispatch", SHORT_RUN, dispatch::sweep));

    late(pacs);
    if (machine.has(NodeRole.RECEIVE)) {
      receive();
    }
  }

  private void send(SendDelivery send, AskCommitment commitment) {
    from(Dispatch.DELIVER + "?transacted=true&concurrentConsumers=" + settings.send().concurrent())
        .routeId("send")
        .startupOrder(1)
        .process(send.begin())
        .filter(body().isNotNull())
        .doTry()
        .toD("${header." + SendDelivery.ENDPOINT + "}")
        .process(send.end())
        .doCatch(Exception.class)
        .process(send.end())
        .end();

    from(SendDelivery.TO_FOLDER).routeId("to-folder").process(send.toFolder());
    from(SendDelivery.BY_STOW).routeId("by-stow").process(send.byStow());

    from(quartz("quartz-send", "commitment"))
        .routeId("commitment")
        .process(sweep("commitment", SHORT_RUN, commitment::sweep));
  }

  /** What is done late, and what each node does for itself. */
  private void late(Optional<Pacs> pacs) {
    Ledger ledger = parts.ledger();
    String recipe = parts.reconstruction().recipe();
    Optional<RetrieveStudy> retrieve = pacs.map(this::retrieval);
    NightPlan plan = new NightPlan(ledger, pacs, retrieve, recipe);
    NightShift night = new NightShift(parts, plan, retrieve, recipe);
    ReprocessingDesk desk =
        new ReprocessingDesk(
            ledger,
            plan,
            new ResultComparison(ledger, settings.folders().results()),
            pacs.isPresent());
    RequestBox requests = new RequestBox(settings);
    ApplyRetention retention = new ApplyRetention(parts);
    if (settings.machine().has(NodeRole.NIGHT)) {
      from(quartz("quartz-night", "retention"))
          .routeId("retention")
          .process(sweep("retention", SHORT_RUN, retention::sweep));
      from(quartz("quartz-night", "night"))
          .routeId("night")
          .process(sweep("night", LONG_RUN, night::tick));
    }
    from("timer:own?period=" + settings.sweep().toMillis())
        .routeId("own")
        .process(ownSweep("requests", SHORT_RUN, () -> requests.answer(desk)))
        .process(ownSweep("received", SHORT_RUN, parts.received()::sweep))
        .process(ownSweep("broker", SHORT_RUN, this::connectToBroker));
  }

  /** Fails while the broker is away; the connection is the one that the routes share. */
  private void connectToBroker() throws JMSException {
    getContext()
        .getComponent("jms", JmsComponent.class)
        .getConfiguration()
        .getConnectionFactory()
        .createConnection()
        .close();
  }

  private void receive() {
    if (settings.tls().port() > 0) {
      from(receiver(settings.tls().port()) + "&security=#receive-tls")
          .routeId("receive-tls")
          .process(receive);
    }
    from(receiver(settings.dicom().own().port()) + "&security=#receive")
        .routeId("receive")
        .startupOrder(4)
        .process(receive);
  }

  private Optional<Pacs> pacs() {
    return settings.pacs().peer().map(peer -> new Pacs(parts.peers(), peer));
  }

  private RetrieveStudy retrieval(Pacs source) {
    return new RetrieveStudy(
        source,
        settings.night().series(),
        parts.ledger().results(),
        settings.pacs().move() ? Optional.of(settings.dicom().own().aeTitle()) : Optional.empty(),
        new SpoolSink(parts.spool(), receive, source.caller()));
  }

  /** What endpoints refer to by name. */
  private void bind(AskCommitment commitment) {
    var registry = getContext().getRegistry();
    Map<String, MoveDestination> peers = settings.peers().moveDestinations(settings.tls());
    KeptObjects kept = new KeptObjects(parts.ledger(), parts.spool(), settings.folders().results());
    registry.bind(
        "services",
        new ConsumerServices(
            new QueryRetrieve(results, peers, DerivedKind.sopClassUids()),
            commitment,
            settings.dicom().providesCommitment()
                ? new CommitmentProvider(kept::reason, peers)
                : null,
            parts.audit()::record));
    Optional<AcceptedUsers> users =
        settings.dicom().users().map(named -> named.exempting(settings.callingBack()));
    registry.bind("receive", settings.tls().receiver(false, users));
    registry.bind("receive-tls", settings.tls().receiver(true, users));
    for (Destination destination : settings.send().destinations().values()) {
      destination
          .dicom()
          .ifPresent(
              dicom ->
                  registry.bind(
                      SendDelivery.ofDestination(destination), settings.tls().security(dicom)));
    }
    for (Destination.Dicom peer : settings.peers().all()) {
      registry.bind(SendDelivery.ofPeer(peer), settings.tls().security(peer));
    }
  }

  /** A sweep of which one node of its role does each run. */
  private Sweep sweep(String name, Duration longestRun, Sweep.Task task) {
    return sweep(name, longestRun, parts.ledger().database().isOfOneProcess(), task);
  }

  /** A sweep that each node does for itself. */
  private Sweep ownSweep(String name, Duration longestRun, Sweep.Task task) {
    return sweep(name, longestRun, true, task);
  }

  private Sweep sweep(String name, Duration longestRun, boolean onEveryNode, Sweep.Task task) {
    Sweep sweep =
        new Sweep(
            name, new Sweep.Rhythm(settings.sweep(), longestRun, onEveryNode), parts.clock(), task);
    sweeps.add(sweep);
    Gauge.builder("qsmnode.sweep.silence", () -> sweep.silence().toMillis() / 1000.0)
        .description("Time since a sweep last succeeded on this node")
        .baseUnit("seconds")
        .tag("sweep", name)
        .register(parts.meters());
    return sweep;
  }

  private String quartz(String scheduler, String name) {
    return "%s:node/%s?stateful=true&trigger.repeatInterval=%d&trigger.repeatCount=-1"
        .formatted(scheduler, name, settings.sweep().toMillis());
  }

  private String receiver(int port) {
    DicomSettings dicom = settings.dicom();
    PeerAddress own = new PeerAddress(dicom.own().aeTitle(), dicom.own().host(), port);
    return ("dicom:%s?spool=#spool&openAssociations=#openAssociations&%s&maxAssociations=%d"
            + "&maxAssociationsPerCallingAe=%d&acceptedCallingAeTitles=RAW(%s)"
            + "&acceptedAddresses=RAW(%s)"
            + "&storingAeTitles=RAW(%s)&services=#services&storeTimeout=%d")
        .formatted(
            own,
            dicom.options(),
            dicom.maxAssociations(),
            dicom.maxAssociationsPerCallingAe(),
            String.join(",", dicom.acceptedCallingAeTitles()),
            String.join(",", dicom.acceptedAddresses()),
            String.join(",", dicom.storingAeTitles()),
            settings.send().storeTimeout().toMillis());
  }
}
