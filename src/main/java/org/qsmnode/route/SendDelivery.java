package org.qsmnode.route;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.qsmnode.camel.PeerAddress;
import org.qsmnode.camel.StoreReport;
import org.qsmnode.store.DeliveryRow;
import org.qsmnode.store.Digests;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.ResultSeries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two ends of a delivery: {@link #begin} turns an id into the stored files and the endpoint to
 * send them to, {@link #end} turns the answers, or the failure, into the next state. A delivery
 * that is interrupted in between is sent again, the same bytes under the same UIDs.
 */
final class SendDelivery {

  /** Header with the {@code dicom:} endpoint of the destination. */
  static final String ENDPOINT = "QsmNodeEndpoint";

  private static final String DELIVERY = "qsmnode.delivery";
  private static final Logger LOG = LoggerFactory.getLogger(SendDelivery.class);

  private final Ledger ledger;
  private final NodeSettings settings;
  private final Clock clock;

  SendDelivery(Ledger ledger, NodeSettings settings, Clock clock) {
    this.ledger = ledger;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Takes the delivery and sets body and endpoint; the body is null when there is nothing to do.
   */
  Processor begin() {
    return exchange -> {
      String deliveryId = exchange.getIn().getMandatoryBody(String.class);
      exchange.getIn().removeHeaders("*");
      exchange.getIn().setBody(null);
      if (!ledger.deliveries().start(deliveryId, settings.name())) {
        LOG.debug("delivery {} needs no start", deliveryId);
        return;
      }
      DeliveryRow delivery = ledger.deliveries().find(deliveryId).orElseThrow();
      PeerAddress peer = settings.send().destinations().get(delivery.destination());
      if (peer == null) {
        giveUp(delivery, "the destination is not configured");
        return;
      }
      List<Path> files = files(delivery);
      if (files.isEmpty()) {
        return;
      }
      exchange.setProperty(DELIVERY, delivery);
      exchange.getIn().setHeader(ENDPOINT, endpoint(peer));
      exchange.getIn().setBody(files);
    };
  }

  private List<Path> files(DeliveryRow delivery) throws Exception {
    ResultSeries series = ledger.jobs().result(delivery.jobId(), delivery.kind()).orElseThrow();
    List<Path> files = new ArrayList<>();
    for (ResultSeries.ResultFile file : series.files()) {
      Path path = settings.folders().results().resolve(file.path());
      if (!java.nio.file.Files.isRegularFile(path) || !Digests.ofFile(path).equals(file.digest())) {
        giveUp(delivery, "a stored file is missing or is not what was written");
        return List.of();
      }
      files.add(path);
    }
    return files;
  }

  private String endpoint(PeerAddress peer) {
    return "dicom:%s?callingAeTitle=RAW(%s)&connectTimeout=%d&storeTimeout=%d"
        .formatted(
            peer,
            settings.dicom().own().aeTitle(),
            settings.send().connectTimeout().toMillis(),
            settings.send().storeTimeout().toMillis());
  }

  /** Settles the delivery by what the peer answered, or by the exception of the attempt. */
  Processor end() {
    return exchange -> {
      DeliveryRow delivery = exchange.getProperty(DELIVERY, DeliveryRow.class);
      Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
      if (failure != null) {
        again(delivery, String.valueOf(failure.getMessage()));
        return;
      }
      StoreReport report = exchange.getIn().getMandatoryBody(StoreReport.class);
      if (report.complete()) {
        ledger.deliveries().delivered(delivery.deliveryId(), report.summary());
        LOG.info("delivery {} DELIVERED: {}", delivery.deliveryId(), report.summary());
      } else {
        again(delivery, report.summary());
      }
    };
  }

  private void again(DeliveryRow delivery, String status) {
    if (settings.send().backoff().exhausted(delivery.attempts())) {
      giveUp(delivery, status);
      return;
    }
    Duration pause = settings.send().backoff().pauseAfter(delivery.attempts());
    ledger.deliveries().retry(delivery.deliveryId(), status, clock.instant().plus(pause));
    LOG.warn(
        "delivery {} failed at attempt {}, again in {} s: {}",
        delivery.deliveryId(),
        delivery.attempts(),
        pause.toSeconds(),
        status);
  }

  private void giveUp(DeliveryRow delivery, @Nullable String status) {
    ledger.deliveries().giveUp(delivery.deliveryId(), String.valueOf(status));
    LOG.error(
        "delivery {} is DEAD after {} attempts: {}",
        delivery.deliveryId(),
        delivery.attempts(),
        status);
  }
}
