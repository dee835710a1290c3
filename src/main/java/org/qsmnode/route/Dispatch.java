package org.qsmnode.route;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.ProducerTemplate;
import org.qsmnode.store.DeliveryRow;
import org.qsmnode.store.JobRow;
import org.qsmnode.store.JobState;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.Urgency;

/**
 * Puts the ids of jobs and deliveries whose time has come on their queues, the first ones of the
 * ledger's order. A message is only a hint to look at the ledger: getting one twice does nothing,
 * and one that was lost is given again. Therefore the broker need not keep it. A job of the night
 * goes on the queue alone, and only when no clinical job is due.
 */
final class Dispatch {

  static final String RECONSTRUCT = "jms:queue:reconstruct";
  static final String DELIVER = "jms:queue:deliver";

  /** A hint is worth nothing once its sweep is over: it is not written to the broker's disk. */
  private static final String HINT = "?deliveryPersistent=false&explicitQosEnabled=true";

  /** A lost hint costs this at most; more often would fill the queue while a long job runs. */
  private static final Duration AGAIN_AFTER = Duration.ofMinutes(1);

  /** More than the consumers of some machines take between two sweeps. */
  private static final int HINTED_AT_A_TIME = 64;

  private final Ledger ledger;
  private final ProducerTemplate template;
  private final Clock clock;
  private final Map<String, Instant> hinted = new HashMap<>();

  Dispatch(Ledger ledger, ProducerTemplate template, Clock clock) {
    this.ledger = ledger;
    this.template = template;
    this.clock = clock;
  }

  /** One sweep over the ledger. */
  synchronized void sweep() {
    Instant now = clock.instant();
    Set<String> due = new HashSet<>();
    boolean free = ledger.jobs().inState(JobState.RUNNING).stream().noneMatch(Dispatch::ofTheNight);
    for (JobRow job : first(ledger.jobs().due(now))) {
      if (!ofTheNight(job) || free) {
        due.add(hint(RECONSTRUCT, job.jobId(), job.nextAttemptAt(), now));
        free = false;
      }
    }
    for (DeliveryRow delivery : first(ledger.deliveries().due(now))) {
      due.add(hint(DELIVER, delivery.deliveryId(), delivery.nextAttemptAt(), now));
    }
    hinted.keySet().retainAll(due);
  }

  private static <T> List<T> first(List<T> due) {
    return due.subList(0, Math.min(due.size(), HINTED_AT_A_TIME));
  }

  private static boolean ofTheNight(JobRow job) {
    return job.urgency() == Urgency.NIGHT;
  }

  private String hint(String queue, String id, Instant attemptAt, Instant now) {
    String attempt = id + "#" + attemptAt;
    Instant last = hinted.get(attempt);
    if (last == null || last.plus(AGAIN_AFTER).isBefore(now)) {
      template.sendBody(queue + HINT, id);
      hinted.put(attempt, now);
    }
    return attempt;
  }
}
