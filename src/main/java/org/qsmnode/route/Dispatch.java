package org.qsmnode.route;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.camel.ProducerTemplate;
import org.qsmnode.store.DeliveryRow;
import org.qsmnode.store.JobRow;
import org.qsmnode.store.JobState;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.Urgency;

/**
 * Puts the id of every job and delivery whose time has come on its queue. A message is only a hint
 * to look at the ledger: getting one twice does nothing, and one that was lost is given again. A
 * job of the night goes on the queue alone, and only when no clinical job is due.
 */
final class Dispatch {

  static final String RECONSTRUCT = "jms:queue:reconstruct";
  static final String DELIVER = "jms:queue:deliver";

  private static final Duration AGAIN_AFTER = Duration.ofMinutes(10);

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
    for (JobRow job : ledger.jobs().due(now)) {
      if (!ofTheNight(job) || free) {
        due.add(hint(RECONSTRUCT, job.jobId(), job.nextAttemptAt(), now));
        free = false;
      }
    }
    for (DeliveryRow delivery : ledger.deliveries().due(now)) {
      due.add(hint(DELIVER, delivery.deliveryId(), delivery.nextAttemptAt(), now));
    }
    hinted.keySet().retainAll(due);
  }

  private static boolean ofTheNight(JobRow job) {
    return job.urgency() == Urgency.NIGHT;
  }

  private String hint(String queue, String id, Instant attemptAt, Instant now) {
    String attempt = id + "#" + attemptAt;
    Instant last = hinted.get(attempt);
    if (last == null || last.plus(AGAIN_AFTER).isBefore(now)) {
      template.sendBody(queue, id);
      hinted.put(attempt, now);
    }
    return attempt;
  }
}
