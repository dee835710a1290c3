package org.qsmnode.route;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.qsmnode.camel.DicomEvent;
import org.qsmnode.camel.OpenAssociations;
import org.qsmnode.camel.QuietTrace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers received objects into one transfer for each sender and study. A transfer begins with the
 * first object. It ends when the sender has no association open or has been silent for a while.
 */
public final class ReceivedStudies implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ReceivedStudies.class);
  private static final Duration SILENCE = Duration.ofSeconds(2);
  private static final Duration LONG_SILENCE = Duration.ofSeconds(60);

  private final AuditTrail audit;
  private final OpenAssociations open;
  private final Clock clock;
  private final Map<Key, Running> running = new LinkedHashMap<>();

  private record Key(String callingAe, String studyInstanceUid) {}

  private static final class Running {

    private final AuditTrail.Transfer transfer;
    private final Map<String, Integer> objects = new TreeMap<>();
    private Instant last = Instant.MIN;

    Running(AuditTrail.Transfer transfer) {
      this.transfer = transfer;
    }
  }

  public ReceivedStudies(AuditTrail audit, OpenAssociations open, Clock clock) {
    this.audit = audit;
    this.open = open;
    this.clock = clock;
  }

  /** Counts one object, which is in a file. */
  synchronized void received(
      DicomEvent.Caller sender, String studyInstanceUid, String sopClassUid, Path file) {
    Running transfer =
        running.computeIfAbsent(
            new Key(sender.aeTitle(), studyInstanceUid),
            key -> {
              Running begun =
                  new Running(
                      new AuditTrail.Transfer(
                          AuditMessage.Party.ae(sender.aeTitle(), sender.address()),
                          audit.own(),
                          studyInstanceUid,
                          audit.patientId(file)));
              audit.began(begun.transfer);
              return begun;
            });
    transfer.objects.merge(sopClassUid, 1, Integer::sum);
    transfer.last = clock.instant();
  }

  /** Ends what has ended. */
  void sweep() {
    Instant now = clock.instant();
    end(
        entry -> {
          Duration silence = Duration.between(entry.getValue().last, now);
          return silence.compareTo(LONG_SILENCE) >= 0
              || (silence.compareTo(SILENCE) >= 0 && !open.isOpen(entry.getKey().callingAe()));
        });
  }

  /** Ends everything. */
  @Override
  public void close() {
    end(entry -> true);
  }

  private synchronized void end(Predicate<Map.Entry<Key, Running>> ended) {
    running
        .entrySet()
        .removeIf(
            entry -> {
              if (!ended.test(entry)) {
                return false;
              }
              tell(entry.getValue());
              return true;
            });
  }

  private void tell(Running transfer) {
    try {
      audit.ended(transfer.transfer, transfer.objects, true, true);
    } catch (RuntimeException e) {
      LOG.error("the end of a transfer is not in the audit trail", QuietTrace.of(e));
    }
  }
}
