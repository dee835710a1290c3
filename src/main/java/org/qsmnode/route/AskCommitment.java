package org.qsmnode.route;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.dcm4che3.util.UIDUtils;
import org.qsmnode.camel.CommitmentListener;
import org.qsmnode.camel.CommitmentResult;
import org.qsmnode.camel.DicomStatusException;
import org.qsmnode.camel.QuietTrace;
import org.qsmnode.camel.ReferencedInstance;
import org.qsmnode.derive.DerivedKind;
import org.qsmnode.store.DeliveryRow;
import org.qsmnode.store.Failpoint;
import org.qsmnode.store.JobRow;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.LedgerException;
import org.qsmnode.store.ResultSeries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Storage commitment of what was sent (PS3.4 Annex J). Asks, and hears the answer, which may come
 * on the association of the request or on another. Looks with C-FIND where none has come in time.
 */
final class AskCommitment implements CommitmentListener {

  private static final Logger LOG = LoggerFactory.getLogger(AskCommitment.class);
  private static final Duration ANSWER_AT_ONCE = Duration.ofSeconds(2);
  private static final int UNKNOWN_TRANSACTION = 0x0115;

  private final Ledger ledger;
  private final NodeSettings settings;
  private final DicomPeers peers;
  private final Clock clock;

  AskCommitment(Ledger ledger, NodeSettings settings, DicomPeers peers, Clock clock) {
    this.ledger = ledger;
    this.settings = settings;
    this.peers = peers;
    this.clock = clock;
  }

  /** Asks for a delivery that was sent just now. */
  void ask(DeliveryRow delivery, String sent, Destination.Dicom peer) throws InterruptedException {
    String transaction = UIDUtils.createUID();
    Instant until = clock.instant().plus(settings.send().commitmentTimeout());
    if (!UntilLedgerAnswers.run(
        ledger.database(),
        () -> ledger.commitments().request(delivery, sent, transaction, until))) {
      return;
    }
    Failpoint.COMMIT_REQUESTED.reach();
    try {
      Optional<CommitmentResult> answer =
          peers.commitment(peer).request(transaction, objects(delivery), ANSWER_AT_ONCE);
      Failpoint.COMMIT_ASKED.reach();
      if (answer.isPresent()) {
        settle(ledger.commitments().find(transaction), answer.get());
      } else if (ledger.commitments().find(transaction).isPresent()) {
        LOG.info("delivery {} waits for storage commitment", delivery.deliveryId());
      }
    } catch (IOException | DicomStatusException e) {
      lookSoon(delivery, transaction, e);
    }
  }

  /** The peer has stored every object: what it cannot commit to need not be sent again. */
  private void lookSoon(DeliveryRow delivery, String transaction, Exception unasked) {
    Duration pause = settings.send().backoff().pauseAfter(Math.max(1, delivery.attempts()));
    if (ledger.commitments().waitUntil(transaction, clock.instant().plus(pause))) {
      LOG.warn(
          "delivery {} is looked for with C-FIND in {} s: storage commitment: {}",
          delivery.deliveryId(),
          pause.toSeconds(),
          unasked.getMessage());
    }
  }

  @Override
  public void committed(String peerAeTitle, CommitmentResult result) throws DicomStatusException {
    Optional<DeliveryRow> delivery = ledger.commitments().find(result.transactionUid());
    if (delivery.isEmpty()) {
      LOG.warn("{} reports storage commitment of an unknown transaction", peerAeTitle);
      throw new DicomStatusException(UNKNOWN_TRANSACTION, "transaction is not known");
    }
    settle(delivery, result);
  }

  private void settle(Optional<DeliveryRow> waiting, CommitmentResult result) {
    if (waiting.isEmpty()) {
      return;
    }
    DeliveryRow delivery = waiting.get();
    List<ReferencedInstance> objects = objects(delivery);
    if (result.covers(objects)) {
      done(delivery, result.transactionUid(), objects.size() + " objects committed");
    } else {
      again(delivery, result.transactionUid(), "not committed: " + reasons(objects, result));
    }
  }

  private static String reasons(List<ReferencedInstance> objects, CommitmentResult result) {
    Map<String, Long> counts =
        objects.stream()
            .filter(object -> !result.committed().contains(object))
            .map(object -> String.format("%04X", result.failed().getOrDefault(object, 0)))
            .collect(Collectors.groupingBy(text -> text, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " x " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  /** Looks for the objects of overdue requests at their destinations, each on its own. */
  void sweep() throws InterruptedException {
    for (DeliveryRow delivery : ledger.commitments().overdue(clock.instant())) {
      String transaction = String.valueOf(delivery.transactionUid());
      try {
        look(delivery, transaction);
      } catch (IOException | DicomStatusException e) {
        lookAgain(delivery, transaction, e);
      } catch (RuntimeException | StackOverflowError e) {
        if (e instanceof LedgerException unanswered && !unanswered.isRefusal()) {
          throw unanswered; // says nothing of the delivery
        }
        LOG.error("delivery {} cannot be looked for", delivery.deliveryId(), QuietTrace.of(e));
        again(delivery, transaction, "looking for it failed with " + e.getClass().getSimpleName());
      }
    }
  }

  /** As often as a delivery is tried; what nobody can confirm then waits for a person. */
  private void lookAgain(DeliveryRow delivery, String transaction, Exception unanswered) {
    String status = "sent, but not committed, and C-FIND fails: " + unanswered.getMessage();
    int looks = delivery.looks() + 1;
    if (settings.send().backoff().exhausted(looks)) {
      giveUp(delivery, transaction, status);
      return;
    }
    Duration pause = settings.send().backoff().pauseAfter(looks);
    if (ledger.commitments().lookAgain(delivery, status, clock.instant().plus(pause))) {
      LOG.warn(
          "delivery {} is looked for again in {} s: {}",
          delivery.deliveryId(),
          pause.toSeconds(),
          status);
    }
  }

  private void giveUp(DeliveryRow delivery, String transaction, String status) {
    if (ledger.commitments().giveUp(transaction, status)) {
      LOG.error("delivery {} is DEAD: {}", delivery.deliveryId(), status);
    }
  }

  private void look(DeliveryRow delivery, String transaction)
      throws IOException, DicomStatusException, InterruptedException {
    Destination destination = settings.send().destinations().get(delivery.destination());
    Optional<Destination.Dicom> peer =
        destination == null
            ? Optional.empty()
            : new Senders(ledger, settings.peers()).resolve(destination, delivery);
    if (peer.isPresent()) {
      look(delivery, transaction, new Pacs(peers, peer.get()));
    } else {
      giveUp(delivery, transaction, "the destination is not configured");
    }
  }

  private void look(DeliveryRow delivery, String transaction, Pacs pacs)
      throws IOException, DicomStatusException, InterruptedException {
    JobRow job = ledger.jobs().find(delivery.jobId()).orElseThrow();
    ResultSeries series = series(delivery);
    List<String> uids =
        series.files().stream().map(ResultSeries.ResultFile::sopInstanceUid).toList();
    if (pacs.has(job.studyInstanceUid(), series.seriesInstanceUid(), uids)) {
      done(delivery, transaction, uids.size() + " objects found by C-FIND, no commitment");
    } else {
      again(delivery, transaction, "no commitment, and C-FIND does not find all objects");
    }
  }

  private void done(DeliveryRow delivery, String transaction, String status) {
    Failpoint.COMMIT_ANSWERED.reach();
    if (ledger.commitments().committed(transaction, status)) {
      Failpoint.COMMIT_SETTLED.reach();
      LOG.info("delivery {} DELIVERED: {}", delivery.deliveryId(), status);
    }
  }

  private void again(DeliveryRow delivery, String transaction, String status) {
    if (settings.send().backoff().exhausted(delivery.attempts())) {
      giveUp(delivery, transaction, status);
      return;
    }
    Duration pause = settings.send().backoff().pauseAfter(Math.max(1, delivery.attempts()));
    if (ledger.commitments().failed(transaction, status, clock.instant().plus(pause))) {
      LOG.warn("delivery {} again in {} s: {}", delivery.deliveryId(), pause.toSeconds(), status);
    }
  }

  private List<ReferencedInstance> objects(DeliveryRow delivery) {
    String sopClass = DerivedKind.ofFolder(delivery.kind()).sopClassUid();
    return series(delivery).files().stream()
        .map(file -> new ReferencedInstance(sopClass, file.sopInstanceUid()))
        .toList();
  }

  private ResultSeries series(DeliveryRow delivery) {
    return ledger.results().find(delivery.jobId(), delivery.kind()).orElseThrow();
  }
}
