package org.qsmnode.route;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.qsmnode.camel.DicomStatusException;
import org.qsmnode.camel.QuietTrace;
import org.qsmnode.camel.StoreReport;
import org.qsmnode.digest.Digests;
import org.qsmnode.store.DeliveryRow;
import org.qsmnode.store.Failpoint;
import org.qsmnode.store.JobRow;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.ResultSeries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two ends of a delivery. {@link #begin} turns an id into the stored files and the endpoint to
 * send them to. {@link #end} turns the answers, or the failure, into the next state. A delivery
 * that is interrupted in between is sent again, the same bytes under the same UIDs.
 */
final class SendDelivery {

  /** Header with the {@code dicom:} endpoint of the destination. */
  static final String ENDPOINT = "QsmNodeEndpoint";

  /** Endpoints of destinations that are not DICOM nodes. */
  static final String TO_FOLDER = "direct:to-folder";

  static final String BY_STOW = "direct:by-stow";

  private static final String DELIVERY = "qsmnode.delivery";
  private static final String FILES = "qsmnode.files";
  private static final Logger LOG = LoggerFactory.getLogger(SendDelivery.class);

  private final Ledger ledger;
  private final NodeSettings settings;
  private final Clock clock;
  private final String worker;
  private final Senders senders;
  private final AskCommitment commitment;
  private final IdentityCheck identity;
  private final SentSeries sent;
  private final ThereBefore thereBefore;
  private final StartOnce starts;

  SendDelivery(NodeParts parts, AskCommitment commitment, IdentityCheck identity) {
    this.ledger = parts.ledger();
    this.settings = parts.settings();
    this.clock = parts.clock();
    this.worker = parts.claim().worker();
    this.commitment = commitment;
    this.identity = identity;
    this.senders = new Senders(ledger, settings.peers());
    this.sent = new SentSeries(parts.audit(), ledger);
    this.thereBefore = new ThereBefore(parts.peers());
    this.starts = new StartOnce(ledger.database());
  }

  /**
   * Takes the delivery and sets body and endpoint; the body is null when there is nothing to do.
   */
  Processor begin() {
    return exchange -> {
      String deliveryId = exchange.getIn().getMandatoryBody(String.class);
      exchange.getIn().removeHeaders("*");
      exchange.getIn().setBody(null);
      Optional<DeliveryRow> sending =
          starts.run(
              deliveryId,
              () -> ledger.deliveries().start(deliveryId, worker),
              () -> inHand(deliveryId));
      if (sending.isEmpty()) {
        LOG.debug("delivery {} needs no start", deliveryId);
        return;
      }
      DeliveryRow delivery = sending.get();
      try {
        Failpoint.SEND_STARTED.reach();
        prepare(exchange, delivery);
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception | Error e) {
        LOG.error("delivery {} cannot be prepared", deliveryId, QuietTrace.of(e));
        exchange.getIn().setBody(null);
        again(delivery, "it cannot be prepared: " + e.getClass().getSimpleName());
      }
    };
  }

  private Optional<DeliveryRow> inHand(String deliveryId) {
    return ledger
        .deliveries()
        .find(deliveryId)
        .filter(delivery -> worker.equals(delivery.worker()));
  }

  private void prepare(Exchange exchange, DeliveryRow delivery)
      throws IOException, InterruptedException {
    Destination destination = settings.send().destinations().get(delivery.destination());
    if (destination == null) {
      giveUp(delivery, "the destination is not configured");
      return;
    }
    Optional<String> endpoint = endpoint(destination, delivery);
    List<Path> files = endpoint.isEmpty() ? List.of() : files(delivery);
    if (endpoint.isEmpty() || files.isEmpty() || !mayBeSent(delivery, files.get(0))) {
      return;
    }
    sent.began(delivery, place(destination, delivery), files);
    exchange.setProperty(DELIVERY, delivery);
    exchange.setProperty(FILES, files);
    exchange.getIn().setHeader(ENDPOINT, endpoint.get());
    exchange.getIn().setBody(files);
  }

  /** Late results wait for a person when the PACS has another patient by now. */
  private boolean mayBeSent(DeliveryRow delivery, Path file) throws InterruptedException {
    JobRow job = ledger.jobs().find(delivery.jobId()).orElseThrow();
    if (!identity.isLate(job)) {
      return true;
    }
    try {
      Optional<String> objection = identity.objection(job, file);
      if (objection.isEmpty()) {
        return true;
      }
      settling(() -> ledger.deliveries().hold(delivery, objection.get()));
      LOG.error("delivery {} is HELD: {}", delivery.deliveryId(), objection.get());
    } catch (IOException | DicomStatusException e) {
      again(delivery, "the study's identity cannot be asked for: " + e.getMessage());
    }
    return false;
  }

  private Destination.Place place(Destination destination, DeliveryRow delivery) {
    return senders
        .resolve(destination, delivery)
        .<Destination.Place>map(peer -> peer)
        .orElse(destination.place());
  }

  private List<Path> files(DeliveryRow delivery) throws IOException, InterruptedException {
    List<Path> files = new ArrayList<>();
    for (ResultSeries.ResultFile file : series(delivery).files()) {
      Path path = settings.folders().results().resolve(file.path());
      if (!Digests.matches(path, file.digest())) {
        giveUp(delivery, "a stored file is missing or is not what was written");
        return List.of();
      }
      files.add(path);
    }
    return files;
  }

  private ResultSeries series(DeliveryRow delivery) {
    return ledger.results().find(delivery.jobId(), delivery.kind()).orElseThrow();
  }

  /** The endpoint that sends to a destination; empty when there is none, the delivery given up. */
  private Optional<String> endpoint(Destination destination, DeliveryRow delivery)
      throws InterruptedException {
    if (destination.place() instanceof Destination.Stow) {
      return Optional.of(BY_STOW);
    }
    if (destination.place() instanceof Destination.Folder) {
      return Optional.of(TO_FOLDER);
    }
    Optional<Destination.Dicom> peer = senders.resolve(destination, delivery);
    if (peer.isEmpty()) {
      giveUp(delivery, "the sender of the study is not among node.dicom.peers");
    }
    return peer.map(dicom -> endpoint(dicom, security(destination, dicom)));
  }

  private String endpoint(Destination.Dicom dicom, String security) {
    return ("dicom:%s?callingAeTitle=RAW(%s)&%s&connectTimeout=%d&storeTimeout=%d"
            + "&asynchronousOperations=%d&security=#%s")
        .formatted(
            dicom.peer(),
            settings.dicom().own().aeTitle(),
            settings.dicom().options(),
            settings.send().connectTimeout().toMillis(),
            settings.send().storeTimeout().toMillis(),
            settings.send().asynchronousOperations(),
            security);
  }

  /** Name, in the registry, of the security of associations with a destination. */
  private static String security(Destination destination, Destination.Dicom peer) {
    return destination.place() instanceof Destination.Sender
        ? ofPeer(peer)
        : ofDestination(destination);
  }

  static String ofDestination(Destination destination) {
    return "destination-" + destination.name();
  }

  static String ofPeer(Destination.Dicom peer) {
    return "peer-" + HexFormat.of().formatHex(peer.peer().aeTitle().getBytes(US_ASCII));
  }

  /** Copies to the folder of the destination. */
  Processor toFolder() {
    return exchange -> {
      DeliveryRow delivery = exchange.getProperty(DELIVERY, DeliveryRow.class);
      if (destination(delivery).place() instanceof Destination.Folder folder) {
        exchange
            .getIn()
            .setBody(
                SendToFolder.send(
                    body(exchange), folder.folder(), series(delivery).seriesInstanceUid()));
      }
    };
  }

  /** Stores by STOW-RS. */
  Processor byStow() {
    SendByStow stow =
        new SendByStow(settings.send().connectTimeout(), settings.send().storeTimeout());
    return exchange -> {
      DeliveryRow delivery = exchange.getProperty(DELIVERY, DeliveryRow.class);
      if (destination(delivery).place() instanceof Destination.Stow server) {
        List<String> uids =
            series(delivery).files().stream().map(ResultSeries.ResultFile::sopInstanceUid).toList();
        exchange.getIn().setBody(stow.send(body(exchange), uids, server.url()));
      }
    };
  }

  private Destination destination(DeliveryRow delivery) {
    return Objects.requireNonNull(settings.send().destinations().get(delivery.destination()));
  }

  private static List<Path> body(Exchange exchange) {
    return paths(exchange.getIn().getBody());
  }

  private static List<Path> paths(Object list) {
    return ((List<?>) list).stream().map(Path.class::cast).toList();
  }

  /** Settles the delivery by what the peer answered, or by the exception of the attempt. */
  Processor end() {
    return exchange -> {
      DeliveryRow delivery = exchange.getProperty(DELIVERY, DeliveryRow.class);
      try {
        settle(exchange, delivery);
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception | Error e) {
        LOG.error("delivery {} cannot be settled", delivery.deliveryId(), QuietTrace.of(e));
        again(delivery, "its end cannot be settled: " + e.getClass().getSimpleName());
      }
    };
  }

  private void settle(Exchange exchange, DeliveryRow delivery) throws Exception {
    Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    Destination destination = destination(delivery);
    Optional<StoreReport> answered =
        failure == null
            ? Optional.of(
                settled(
                    exchange.getIn().getMandatoryBody(StoreReport.class), delivery, destination))
            : Optional.empty();
    sent.ended(
        delivery, place(destination, delivery), paths(exchange.getProperty(FILES)), answered);
    if (failure != null) {
      again(delivery, String.valueOf(failure.getMessage()));
      return;
    }
    Failpoint.SEND_ANSWERED.reach();
    StoreReport report = answered.orElseThrow();
    Optional<Destination.Dicom> committing =
        destination.commitment() && report.complete()
            ? senders.resolve(destination, delivery)
            : Optional.empty();
    if (committing.isPresent()) {
      commitment.ask(delivery, report.summary(), committing.get());
    } else if (report.complete()) {
      delivered(delivery, report.summary());
    } else {
      again(delivery, report.summary());
    }
  }

  private void delivered(DeliveryRow delivery, String summary) throws InterruptedException {
    if (settling(() -> ledger.deliveries().delivered(delivery, summary))) {
      Failpoint.SEND_DELIVERED.reach();
      LOG.info("delivery {} DELIVERED: {}", delivery.deliveryId(), summary);
    } else {
      LOG.warn("delivery {} was taken over meanwhile", delivery.deliveryId());
    }
  }

  private StoreReport settled(StoreReport report, DeliveryRow delivery, Destination destination)
      throws InterruptedException {
    return thereBefore.settle(
        report,
        ledger.jobs().find(delivery.jobId()).orElseThrow().studyInstanceUid(),
        series(delivery).seriesInstanceUid(),
        senders.resolve(destination, delivery));
  }

  private boolean settling(Supplier<Boolean> step) throws InterruptedException {
    return UntilLedgerAnswers.run(ledger.database(), step);
  }

  private void again(DeliveryRow delivery, String status) throws InterruptedException {
    if (settings.send().backoff().exhausted(delivery.attempts())) {
      giveUp(delivery, status);
      return;
    }
    Duration pause = settings.send().backoff().pauseAfter(delivery.attempts());
    if (!settling(() -> ledger.deliveries().retry(delivery, status, clock.instant().plus(pause)))) {
      return;
    }
    LOG.warn(
        "delivery {} failed at attempt {}, again in {} s: {}",
        delivery.deliveryId(),
        delivery.attempts(),
        pause.toSeconds(),
        status);
  }

  private void giveUp(DeliveryRow delivery, @Nullable String status) throws InterruptedException {
    if (!settling(() -> ledger.deliveries().giveUp(delivery, String.valueOf(status)))) {
      return;
    }
    LOG.error(
        "delivery {} is DEAD after {} attempts: {}",
        delivery.deliveryId(),
        delivery.attempts(),
        status);
  }
}
