package org.qsmnode.route;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.qsmnode.camel.OpenAssociations;
import org.qsmnode.camel.QuietTrace;
import org.qsmnode.series.find.Acquisition;
import org.qsmnode.series.find.Completeness;
import org.qsmnode.series.find.Decision;
import org.qsmnode.series.find.Outcome;
import org.qsmnode.series.find.Recognition;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.store.AcquisitionRow;
import org.qsmnode.store.AcquisitionState;
import org.qsmnode.store.Failpoint;
import org.qsmnode.store.InstanceRow;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.StudyRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at studies that may be quiet: recognises their acquisitions from the ledger's rows, and
 * completes, refuses or waits. No received file is read. A study that cannot be examined is held
 * with a reason, and the next one is taken.
 */
final class AssembleStudies {

  private static final Logger LOG = LoggerFactory.getLogger(AssembleStudies.class);
  private static final int STUDIES_PER_SWEEP = 100;

  /** Pauses of a held study: short first, as its cause may pass; then seldom, as it may not. */
  private static final Backoff PAUSES =
      new Backoff(
          Integer.MAX_VALUE,
          List.of(
              Duration.ofMinutes(1),
              Duration.ofMinutes(10),
              Duration.ofHours(1),
              Duration.ofHours(6),
              Duration.ofHours(24)));

  private final Ledger ledger;
  private final Recognition recognition;
  private final Completeness completeness;
  private final OpenAssociations open;
  private final Clock clock;
  private final StudyFacts facts;

  AssembleStudies(
      Ledger ledger,
      Recognition recognition,
      Completeness completeness,
      OpenAssociations open,
      Clock clock) {
    this.ledger = ledger;
    this.recognition = recognition;
    this.completeness = completeness;
    this.open = open;
    this.clock = clock;
    this.facts = new StudyFacts(ledger);
  }

  /** One sweep over the studies whose time has come. */
  void sweep() {
    Instant now = clock.instant();
    for (StudyRow study : ledger.instances().studiesToExamine(now, STUDIES_PER_SWEEP)) {
      bounded(study.studyInstanceUid(), now, () -> examine(study, now));
    }
    for (AcquisitionRow row : ledger.acquisitions().toQueue()) {
      bounded(row.studyInstanceUid(), now, () -> queue(row));
    }
  }

  /** Does one thing for one study; what fails there holds that study and no other. */
  private void bounded(String study, Instant now, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | StackOverflowError e) {
      hold(study, now, e);
    }
  }

  private void hold(String study, Instant examined, Throwable cause) {
    int attempts = ledger.instances().study(study).map(StudyRow::heldAttempts).orElse(0);
    Duration pause = PAUSES.pauseAfter(attempts + 1);
    String reason = reason(cause);
    ledger.instances().hold(study, reason, examined, clock.instant().plus(pause));
    LOG.error(
        "study {} is held, looked at again in {} s or with a new object: {}",
        study,
        pause.toSeconds(),
        reason,
        QuietTrace.of(cause));
  }

  private static String reason(Throwable cause) {
    return cause instanceof StudyFacts.UnreadableException unreadable
        ? String.valueOf(unreadable.getMessage())
        : "The examination failed with %s.".formatted(cause.getClass().getSimpleName());
  }

  private void examine(StudyRow study, Instant now) {
    List<InstanceRow> rows = facts.ofStudy(study.studyInstanceUid());
    List<Acquisition> acquisitions =
        recognition.recognise(StudyFacts.indexed(rows)).stream()
            .filter(acquisition -> acquisition.outcome() != Outcome.IGNORED)
            .toList();
    Optional<Instant> next = Optional.empty();
    for (Acquisition acquisition : acquisitions) {
      Optional<Instant> until = examine(study, acquisition, rows, now);
      next = until.isPresent() && next.map(until.get()::isBefore).orElse(true) ? until : next;
    }
    ledger
        .acquisitions()
        .forgetOthers(
            study.studyInstanceUid(), acquisitions.stream().map(Acquisition::id).toList());
    if (acquisitions.isEmpty()) {
      LOG.info(
          "study {} has nothing for susceptibility mapping in {} objects",
          study.studyInstanceUid(),
          study.instanceCount());
    }
    ledger.instances().examineNext(study, next.orElse(null));
  }

  private Optional<Instant> examine(
      StudyRow study, Acquisition acquisition, List<InstanceRow> rows, Instant now) {
    AcquisitionRow row =
        ledger
            .acquisitions()
            .observe(
                acquisition.id(),
                study.studyInstanceUid(),
                acquisition.sopInstanceUids(),
                acquisition.echoes(),
                acquisition.slices());
    Failpoint.ASSEMBLE_OBSERVED.reach();
    if (row.state() != AcquisitionState.RECEIVING) {
      return Optional.empty();
    }
    Decision decision =
        completeness.decide(
            acquisition,
            study.lastReceivedAt(),
            firstReceived(acquisition, rows, study.firstReceivedAt()),
            open.isOpen(study.callingAe()),
            now);
    return switch (decision.kind()) {
      case WAIT -> decision.until();
      case COMPLETE -> {
        settle(acquisition, row);
        yield Optional.empty();
      }
      case INCOMPLETE -> {
        Reason reason = decision.reason().orElse(Reason.of(ReasonCode.INCOMPLETE));
        ledger.acquisitions().incomplete(acquisition.id(), row.sourceDigest(), reason);
        LOG.warn("acquisition {} INCOMPLETE: {}", acquisition.id(), reason.sentence());
        yield Optional.empty();
      }
    };
  }

  private void settle(Acquisition acquisition, AcquisitionRow row) {
    if (acquisition.outcome() == Outcome.ACCEPTED) {
      ledger.acquisitions().complete(acquisition.id(), row.sourceDigest());
      Failpoint.ASSEMBLE_COMPLETE.reach();
      LOG.info(
          "acquisition {} complete: {} objects, {} echoes, {} slices",
          acquisition.id(),
          row.instanceCount(),
          row.echoes(),
          row.slices());
      return;
    }
    Reason reason = acquisition.reason().orElse(Reason.of(ReasonCode.NO_MULTI_ECHO_GRE));
    ledger.acquisitions().refuse(acquisition.id(), row.sourceDigest(), reason);
    LOG.warn("acquisition {} REFUSED ({}): {}", acquisition.id(), reason.code(), reason.sentence());
  }

  private void queue(AcquisitionRow row) {
    List<InstanceRow> rows = facts.ofStudy(row.studyInstanceUid());
    recognition.recognise(StudyFacts.indexed(rows)).stream()
        .filter(acquisition -> acquisition.id().equals(row.acquisitionId()))
        .findFirst()
        .ifPresent(
            acquisition -> {
              AcquisitionRow seen =
                  ledger
                      .acquisitions()
                      .observe(
                          acquisition.id(),
                          row.studyInstanceUid(),
                          acquisition.sopInstanceUids(),
                          acquisition.echoes(),
                          acquisition.slices());
              ledger.jobs().queue(seen, acquisition.sopInstanceUids());
              Failpoint.ASSEMBLE_QUEUED.reach();
            });
  }

  private static Instant firstReceived(
      Acquisition acquisition, List<InstanceRow> rows, Instant otherwise) {
    Collection<String> members = java.util.Set.copyOf(acquisition.sopInstanceUids());
    return rows.stream()
        .filter(row -> members.contains(row.sopInstanceUid()))
        .map(InstanceRow::receivedAt)
        .min(Instant::compareTo)
        .orElse(otherwise);
  }
}
