package org.qsmnode.route;

import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.qsmnode.camel.DicomStatusException;
import org.qsmnode.store.DeliveryRow;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.ReprocessingItem;

/** Answers what a person asks of the reprocessing, in lines without attributes of patients. */
final class ReprocessingDesk {

  private final Ledger ledger;
  private final NightPlan plan;
  private final ResultComparison comparison;
  private final boolean hasPacs;

  ReprocessingDesk(Ledger ledger, NightPlan plan, ResultComparison comparison, boolean hasPacs) {
    this.ledger = ledger;
    this.plan = plan;
    this.comparison = comparison;
    this.hasPacs = hasPacs;
  }

  /**
   * Does what is asked.
   *
   * @return the answer, a line each
   * @throws IOException if the PACS cannot be asked
   * @throws IllegalArgumentException for an argument that means nothing
   */
  List<String> answer(ReprocessingRequest request)
      throws IOException, DicomStatusException, InterruptedException {
    String argument = request.argument();
    return switch (request.verb()) {
      case PLAN_STUDY -> lines(ofStudy(argument));
      case PLAN_SINCE -> lines(since(date(argument)));
      case PLAN_RETRY -> lines(plan.retry(Optional.empty(), true));
      case STUDY -> act(ofStudy(argument));
      case RETRY -> act(plan.retry(Optional.empty(), true));
      case SINCE -> act(since(date(argument)));
      case QUERY -> lines(search(date(argument)));
      case PAUSE -> {
        ledger.reprocessing().pause(true);
        yield List.of("Paused: nothing more is started.");
      }
      case RESUME -> {
        ledger.reprocessing().pause(false);
        yield List.of("Goes on.");
      }
      case HELD -> held();
      case COMPARISON -> comparison.report(argument);
      case APPROVE -> approve(argument);
      case REJECT -> List.of(ledger.reviews().reject(argument) + " deliveries rejected.");
    };
  }

  private List<String> approve(String job) {
    boolean unclaimed = ledger.reviews().unclaimed().contains(job);
    int released = ledger.reviews().approve(job);
    return List.of(
        unclaimed ? "It is the current result now." : released + " deliveries approved.");
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("a date has the form YYYY-MM-DD", e);
    }
  }

  private List<NightPlan.Step> ofStudy(String study)
      throws IOException, DicomStatusException, InterruptedException {
    Optional<String> one = Optional.of(study);
    List<NightPlan.Step> steps = new ArrayList<>(plan.retry(one, true));
    steps.addAll(plan.redo(one, true));
    if (steps.isEmpty() && hasPacs) {
      steps.add(plan.inPacs(study, true));
    }
    if (steps.isEmpty()) {
      steps.add(NightPlan.Step.nothing(study, "It is not known here, and no PACS is set."));
    }
    return steps;
  }

  private List<NightPlan.Step> since(LocalDate date)
      throws IOException, DicomStatusException, InterruptedException {
    List<NightPlan.Step> steps = new ArrayList<>(plan.retry(Optional.empty(), true));
    steps.addAll(search(date));
    steps.addAll(plan.redo(Optional.empty(), true));
    return steps;
  }

  private List<NightPlan.Step> search(LocalDate date)
      throws IOException, DicomStatusException, InterruptedException {
    return hasPacs ? plan.search(date, true) : List.of();
  }

  private List<String> act(List<NightPlan.Step> steps) {
    List<ReprocessingItem> items =
        steps.stream().flatMap(step -> step.item().stream()).distinct().toList();
    List<String> lines = new ArrayList<>(lines(steps));
    lines.add(ledger.reprocessing().plan(items) + " new on the list.");
    return lines;
  }

  private static List<String> lines(List<NightPlan.Step> steps) {
    return steps.stream()
        .map(
            step ->
                "%-7s %s  %s"
                    .formatted(
                        step.item().map(item -> item.kind().name()).orElse("nothing"),
                        step.studyInstanceUid(),
                        step.why()))
        .toList();
  }

  private List<String> held() throws IOException {
    List<String> lines = new ArrayList<>();
    Set<String> jobs = new LinkedHashSet<>();
    for (DeliveryRow delivery : ledger.reviews().held()) {
      String status = delivery.lastStatus();
      lines.add(
          "%s  %s to %s%s"
              .formatted(
                  delivery.jobId(),
                  delivery.kind(),
                  delivery.destination(),
                  status == null ? "" : ": " + status));
      jobs.add(delivery.jobId());
    }
    for (String job : ledger.reviews().unclaimed()) {
      lines.add(job + "  no destination takes it; approved, it becomes the current result");
      jobs.add(job);
    }
    for (String job : jobs) {
      lines.addAll(comparison.summary(job));
    }
    return lines.isEmpty() ? List.of("Nothing is held.") : lines;
  }
}
