package org.qsmnode.route;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.qsmnode.camel.DicomStatusException;
import org.qsmnode.store.AcquisitionRow;
import org.qsmnode.store.AcquisitionState;
import org.qsmnode.store.DeliveryRow;
import org.qsmnode.store.DeliveryState;
import org.qsmnode.store.InstanceRow;
import org.qsmnode.store.JobRow;
import org.qsmnode.store.JobState;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.ReprocessingItem;

/**
 * Finds out what has to be done again. That is: studies in the PACS without a result of this node,
 * results of another recipe, failed jobs, and incomplete acquisitions. Only looks; {@link
 * NightShift} acts.
 */
final class NightPlan {

  private final Ledger ledger;
  private final Optional<RetrieveStudy> retrieve;
  private final Optional<Pacs> pacs;
  private final String recipe;

  /**
   * A plan for results of one recipe.
   *
   * @param pacs what is searched, empty for none
   * @param retrieve how studies come here, empty for none
   * @param recipe digest of software, model and configuration in force
   */
  NightPlan(Ledger ledger, Optional<Pacs> pacs, Optional<RetrieveStudy> retrieve, String recipe) {
    this.ledger = ledger;
    this.pacs = pacs;
    this.retrieve = retrieve;
    this.recipe = recipe;
  }

  /**
   * What is to be done with one study or result, or why nothing.
   *
   * @param item empty when there is nothing to do
   * @param why one sentence without attributes of the patient
   */
  record Step(String studyInstanceUid, Optional<ReprocessingItem> item, String why) {

    static Step nothing(String studyInstanceUid, String why) {
      return new Step(studyInstanceUid, Optional.empty(), why);
    }
  }

  /** Studies of the PACS since a date. */
  List<Step> search(LocalDate since, boolean asked)
      throws IOException, DicomStatusException, InterruptedException {
    List<Step> steps = new ArrayList<>();
    for (Attributes study : pacs.orElseThrow().studies(since)) {
      steps.add(inPacs(study.getString(Tag.StudyInstanceUID, ""), asked));
    }
    return steps;
  }

  /** One study of the PACS. */
  Step inPacs(String study, boolean asked)
      throws IOException, DicomStatusException, InterruptedException {
    Optional<String> standing = standing(study);
    if (standing.isPresent()) {
      return Step.nothing(study, standing.get());
    }
    int series = retrieve.orElseThrow().candidates(study).size();
    if (series == 0) {
      return Step.nothing(study, "It has no series that is wanted.");
    }
    return fetch(study, asked, "%d series without a result of this node.".formatted(series));
  }

  private Step fetch(String study, boolean asked, String why) {
    return new Step(
        study,
        Optional.of(
            ReprocessingItem.planned(ReprocessingItem.Kind.FETCH, study, study, recipe, asked)),
        why);
  }

  /** What the ledger says of a study that needs no retrieval, empty when it needs one. */
  private Optional<String> standing(String study) {
    if (ledger.instances().isOpen(study)) {
      return Optional.of("It is being received.");
    }
    List<AcquisitionRow> acquisitions = ledger.acquisitions().ofStudy(study);
    if (acquisitions.isEmpty()) {
      return ledger.instances().study(study).isPresent()
          ? Optional.of("Nothing in it is for susceptibility mapping.")
          : Optional.empty();
    }
    return acquisitions.stream().anyMatch(row -> row.state() == AcquisitionState.INCOMPLETE)
        ? Optional.empty()
        : Optional.of(
            acquisitions.stream()
                .map(row -> row.state() + row.reason().map(r -> " " + r.code()).orElse(""))
                .distinct()
                .collect(Collectors.joining(", ", "Known here: ", ".")));
  }

  /**
   * Results that another recipe made, of all studies or of one.
   *
   * @param study empty for all
   */
  List<Step> redo(Optional<String> study, boolean asked) {
    List<Step> steps = new ArrayList<>();
    for (AcquisitionState state : List.of(AcquisitionState.READY, AcquisitionState.DELIVERED)) {
      for (AcquisitionRow row : ledger.acquisitions().inState(state)) {
        if (study.isEmpty() || study.get().equals(row.studyInstanceUid())) {
          redo(row, asked).ifPresent(steps::add);
        }
      }
    }
    return steps;
  }

  private Optional<Step> redo(AcquisitionRow row, boolean asked) {
    String jobId = row.jobId();
    Optional<JobRow> job = jobId == null ? Optional.empty() : ledger.jobs().find(jobId);
    if (job.isEmpty()) {
      return Optional.empty();
    }
    if (job.get().recipe().equals(recipe)) {
      return Optional.of(
          Step.nothing(row.studyInstanceUid(), "Its result is by the recipe in force."));
    }
    Set<String> here =
        ledger.instances().ofStudy(row.studyInstanceUid()).stream()
            .map(InstanceRow::sopInstanceUid)
            .collect(Collectors.toSet());
    if (here.containsAll(job.get().sources())) {
      return Optional.of(
          new Step(
              row.studyInstanceUid(),
              Optional.of(
                  ReprocessingItem.planned(
                      ReprocessingItem.Kind.REDO,
                      row.studyInstanceUid(),
                      job.get().jobId(),
                      recipe,
                      asked)),
              "Its result is by another recipe."));
    }
    return Optional.of(
        retrieve.isPresent()
            ? fetch(row.studyInstanceUid(), asked, "Its sources are not here any more.")
            : Step.nothing(
                row.studyInstanceUid(), "Its sources are not here, and no PACS is set."));
  }

  /**
   * Failed jobs, deliveries that were given up, and incomplete acquisitions if there is a PACS to
   * look in.
   */
  List<Step> retry(Optional<String> study, boolean asked)
      throws IOException, DicomStatusException, InterruptedException {
    List<Step> steps = new ArrayList<>();
    for (JobRow job : ledger.jobs().inState(JobState.FAILED)) {
      if (study.isEmpty() || study.get().equals(job.studyInstanceUid())) {
        steps.add(
            new Step(
                job.studyInstanceUid(),
                Optional.of(
                    ReprocessingItem.planned(
                        ReprocessingItem.Kind.RETRY,
                        job.studyInstanceUid(),
                        job.jobId(),
                        recipe,
                        asked)),
                "A job failed."));
      }
    }
    steps.addAll(unsent(study, asked));
    for (AcquisitionRow row : ledger.acquisitions().inState(AcquisitionState.INCOMPLETE)) {
      if (retrieve.isPresent()
          && (study.isEmpty() || study.get().equals(row.studyInstanceUid()))
          && pacs.orElseThrow().study(row.studyInstanceUid()).isPresent()) {
        steps.add(fetch(row.studyInstanceUid(), asked, "Objects were missing."));
      }
    }
    return steps;
  }

  /** Each death is an item of its own, by the time of the last. */
  private List<Step> unsent(Optional<String> study, boolean asked) {
    Map<String, List<DeliveryRow>> byJob =
        ledger.deliveries().inState(DeliveryState.DEAD).stream()
            .collect(Collectors.groupingBy(DeliveryRow::jobId, TreeMap::new, Collectors.toList()));
    List<Step> steps = new ArrayList<>();
    byJob.forEach(
        (job, deliveries) -> {
          String owner = ledger.jobs().find(job).orElseThrow().studyInstanceUid();
          long died =
              deliveries.stream()
                  .mapToLong(delivery -> delivery.nextAttemptAt().getEpochSecond())
                  .max()
                  .orElseThrow();
          if (study.isEmpty() || study.get().equals(owner)) {
            steps.add(
                new Step(
                    owner,
                    Optional.of(
                        ReprocessingItem.planned(
                            ReprocessingItem.Kind.SEND, owner, job, Long.toString(died), asked)),
                    deliveries.size() + " deliveries were given up."));
          }
        });
    return steps;
  }
}
