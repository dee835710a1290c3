package org.qsmnode.route;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.qsmnode.camel.DicomStatusException;
import org.qsmnode.camel.QuietTrace;
import org.qsmnode.store.AcquisitionRow;
import org.qsmnode.store.AcquisitionState;
import org.qsmnode.store.Failpoint;
import org.qsmnode.store.JobRow;
import org.qsmnode.store.JobState;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.LedgerException;
import org.qsmnode.store.ReprocessingItem;
import org.qsmnode.store.Urgency;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off the list of what is done again, one item at a time. Items run by night and within the
 * quota, and only while no clinical job waits. What a person asked for runs at once. Every item
 * ends with an outcome.
 */
final class NightShift {

  private static final Logger LOG = LoggerFactory.getLogger(NightShift.class);

  private final Ledger ledger;
  private final NodeSettings settings;
  private final NightPlan plan;
  private final Optional<RetrieveStudy> retrieve;
  private final String recipe;
  private final Clock clock;
  private final String worker;
  private final StartOnce starts;
  private Instant restUntil = Instant.MIN;

  NightShift(NodeParts parts, NightPlan plan, Optional<RetrieveStudy> retrieve, String recipe) {
    this.ledger = parts.ledger();
    this.settings = parts.settings();
    this.clock = parts.clock();
    this.worker = parts.claim().worker();
    this.starts = new StartOnce(ledger.database());
    this.plan = plan;
    this.retrieve = retrieve;
    this.recipe = recipe;
  }

  /** One look at the clock and at the list. */
  void tick() throws InterruptedException {
    for (ReprocessingItem item : ledger.reprocessing().inState(ReprocessingItem.State.RUNNING)) {
      bounded(item, () -> finish(item), e -> LOG.warn("the list waits: {}", e.getMessage()));
    }
    if (ledger.reprocessing().paused()) {
      return;
    }
    Optional<Night> night = night();
    if (night.isPresent()
        && !clock.instant().isBefore(restUntil)
        && ledger.reprocessing().beginNight(night.get().date().toString(), worker)) {
      plan(night.get());
    }
    if (clock.instant().isBefore(restUntil)
        || !ledger.reprocessing().inState(ReprocessingItem.State.RUNNING).isEmpty()) {
      return;
    }
    for (ReprocessingItem item : ledger.reprocessing().due(clock.instant())) {
      if (item.asked() || (night.isPresent() && mayStart(night.get()))) {
        Optional<ReprocessingItem> running =
            starts.run(
                item.itemId(),
                () -> ledger.reprocessing().start(item.itemId(), worker),
                () -> inHand(item.itemId()));
        if (running.isPresent()) {
          bounded(running.get(), () -> start(running.get()), e -> startAgain(running.get()));
        }
        return;
      }
    }
  }

  private Optional<ReprocessingItem> inHand(String itemId) {
    return ledger.reprocessing().find(itemId).filter(item -> worker.equals(item.worker()));
  }

  /**
   * Does one thing for one item; what fails there ends that item and no other.
   *
   * @param away what follows when the ledger does not answer
   */
  private void bounded(ReprocessingItem item, Step step, Away away) throws InterruptedException {
    try {
      step.run();
    } catch (RuntimeException | StackOverflowError e) {
      if (e instanceof LedgerException unanswered && !unanswered.isRefusal()) {
        away.handle(unanswered);
        return;
      }
      LOG.error("reprocessing {} fails", item.itemId(), QuietTrace.of(e));
      String outcome = "It failed with %s.".formatted(e.getClass().getSimpleName());
      settling(() -> ledger.reprocessing().fail(item, outcome));
    }
  }

  /** An item that is in hand and was not started would never end. */
  private void startAgain(ReprocessingItem item) throws InterruptedException {
    Instant at = clock.instant().plus(settings.send().backoff().pauseAfter(item.attempts()));
    settling(() -> ledger.reprocessing().retry(item, "The ledger did not answer.", at));
  }

  private void settling(Supplier<Boolean> step) throws InterruptedException {
    UntilLedgerAnswers.run(ledger.database(), step);
  }

  /** What follows for an item when the ledger does not answer. */
  @FunctionalInterface
  private interface Away {
    void handle(LedgerException unanswered) throws InterruptedException;
  }

  /** Something for one item. */
  @FunctionalInterface
  private interface Step {
    void run() throws InterruptedException;
  }

  /** The night that it is now. */
  private record Night(LocalDate date, Instant began) {}

  private Optional<Night> night() {
    LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), clock.getZone());
    return settings
        .night()
        .window()
        .flatMap(
            window ->
                window
                    .night(now)
                    .map(date -> new Night(date, window.began(date, clock.getZone()))));
  }

  private boolean mayStart(Night night) {
    return ledger.reprocessing().startedSince(night.began()) < settings.night().quota()
        && ledger.jobs().due(clock.instant()).stream()
            .noneMatch(job -> job.urgency() == Urgency.CLINICAL)
        && ledger.jobs().inState(JobState.RUNNING).stream()
            .noneMatch(job -> job.urgency() == Urgency.CLINICAL);
  }

  private void plan(Night night) throws InterruptedException {
    List<NightPlan.Step> steps = new ArrayList<>();
    try {
      if (settings.night().retry()) {
        steps.addAll(plan.retry(Optional.empty(), false));
      }
      if (settings.night().search() && retrieve.isPresent()) {
        steps.addAll(plan.search(night.date().minus(lookBack()), false));
      }
      if (settings.night().redo()) {
        steps.addAll(plan.redo(Optional.empty(), false));
      }
    } catch (IOException | DicomStatusException e) {
      ledger.reprocessing().forgetNight(worker);
      LOG.warn("the night cannot be planned yet: {}", e.getMessage());
      restUntil = clock.instant().plus(settings.send().backoff().pauseAfter(1));
      return; // half a plan would be made again whole, and start items outside the quota
    }
    Failpoint.NIGHT_LOOKED.reach();
    int planned =
        ledger.reprocessing().plan(steps.stream().flatMap(step -> step.item().stream()).toList());
    Failpoint.NIGHT_PLANNED.reach();
    ledger.reprocessing().nightPlanned(worker);
    LOG.info("night of {}: {} looked at, {} to do", night.date(), steps.size(), planned);
  }

  private java.time.Period lookBack() {
    return java.time.Period.ofDays((int) settings.night().lookBack().toDays());
  }

  private void start(ReprocessingItem item) throws InterruptedException {
    Failpoint.NIGHT_STARTED.reach();
    LOG.info("reprocessing {} starts", item.itemId());
    switch (item.kind()) {
      case FETCH -> fetch(item);
      case REDO -> redo(item);
      case RETRY -> ledger.reprocessing().again(item.subject());
      case SEND -> send(item);
    }
  }

  private void fetch(ReprocessingItem item) throws InterruptedException {
    try {
      if (retrieve.isEmpty()) {
        ledger.reprocessing().fail(item, "No PACS is set.");
      } else if (retrieve.get().retrieve(item.subject()) == 0) {
        ledger.reprocessing().fail(item, "The PACS sent nothing.");
      }
    } catch (IOException | DicomStatusException e) {
      String trouble = "Retrieval failed: " + e.getMessage();
      LOG.warn("reprocessing {}: {}", item.itemId(), trouble);
      if (item.attempts() >= settings.night().attempts()) {
        ledger.reprocessing().fail(item, trouble);
      } else {
        ledger
            .reprocessing()
            .retry(
                item,
                trouble,
                clock.instant().plus(settings.send().backoff().pauseAfter(item.attempts())));
      }
    }
    restUntil = clock.instant().plus(settings.night().pause());
  }

  private void redo(ReprocessingItem item) {
    ledger.jobs().find(item.subject()).ifPresent(done -> ledger.reprocessing().redo(done, recipe));
  }

  /** Whether they arrive shows in the deliveries; the list does not wait for it. */
  private void send(ReprocessingItem item) {
    long revived =
        ledger.deliveries().ofJob(item.subject()).stream()
            .filter(delivery -> ledger.deliveries().revive(delivery.deliveryId()))
            .count();
    ledger.reprocessing().done(item, revived + " deliveries are tried again.");
  }

  private void finish(ReprocessingItem item) {
    Optional<String> outcome =
        switch (item.kind()) {
          case FETCH -> ofStudy(item.subject());
          case SEND -> Optional.of("The node ended before it was tried.");
          case REDO -> ofSubject(item, this::ofRedo);
          case RETRY -> ofSubject(item, NightShift::ofJob);
        };
    outcome.ifPresent(known -> Failpoint.NIGHT_ENDED.reach());
    if (outcome.isPresent() && ledger.reprocessing().done(item, outcome.get())) {
      LOG.info("reprocessing {} ends: {}", item.itemId(), outcome.get());
    }
  }

  private Optional<String> ofStudy(String study) {
    if (ledger.instances().study(study).isEmpty() || ledger.instances().isOpen(study)) {
      return Optional.empty();
    }
    List<AcquisitionRow> rows = ledger.acquisitions().ofStudy(study);
    if (rows.isEmpty()) {
      return Optional.of("Nothing in the study is for susceptibility mapping.");
    }
    List<String> ends = new ArrayList<>();
    for (AcquisitionRow row : rows) {
      if (!isEnd(row.state())) {
        return Optional.empty();
      }
      ends.add(row.state() + row.reason().map(reason -> " " + reason.code()).orElse(""));
    }
    return Optional.of(String.join(", ", ends) + ".");
  }

  private static boolean isEnd(AcquisitionState state) {
    return switch (state) {
      case READY, DELIVERED, REFUSED, INCOMPLETE, FAILED -> true;
      case RECEIVING, COMPLETE, QUEUED, RUNNING -> false;
    };
  }

  private Optional<String> ofSubject(
      ReprocessingItem item, Function<JobRow, Optional<String>> outcome) {
    Optional<JobRow> job = ledger.jobs().find(item.subject());
    return job.isPresent() ? outcome.apply(job.get()) : Optional.of("The job is not known.");
  }

  /** Another job that should have made it may have failed: then it is made by one of its own. */
  private Optional<String> ofRedo(JobRow before) {
    Optional<JobRow> remake = ledger.reprocessing().remake(before, recipe);
    if (remake.isEmpty()) {
      ledger.reprocessing().redo(before, recipe);
    }
    return remake.flatMap(NightShift::ofJob);
  }

  private static Optional<String> ofJob(JobRow job) {
    return switch (job.state()) {
      case QUEUED, RUNNING -> Optional.empty();
      case READY -> Optional.of("Job " + job.jobId() + " is READY; held results wait for review.");
      default ->
          Optional.of(
              "Job "
                  + job.jobId()
                  + " is "
                  + job.state()
                  + job.reason().map(reason -> ", " + reason.code()).orElse("")
                  + ".");
    };
  }
}
