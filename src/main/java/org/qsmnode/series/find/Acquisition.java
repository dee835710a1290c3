package org.qsmnode.series.find;

import java.util.List;
import java.util.Optional;
import org.qsmnode.series.header.Reason;

/**
 * A group of images and what becomes of it.
 *
 * @param id stable, safe as a file name; from the study and what the images agree on
 * @param reason present unless accepted
 * @param notes plain sentences worth telling, without any patient attribute
 * @param sopInstanceUids objects that belong to it, sorted
 * @param seriesInstanceUids series they come from, sorted
 * @param seriesNumber number of the series of the shortest-echo magnitude (or first) image
 * @param echoes distinct echo times
 * @param slices distinct slice positions
 * @param echoTimesSeconds ascending
 * @param countReached headers announced how many images there should be, and all are here
 * @param plan how to assemble it, present if accepted
 */
public record Acquisition(
    String id,
    String studyInstanceUid,
    Outcome outcome,
    Optional<Reason> reason,
    List<String> notes,
    List<String> sopInstanceUids,
    List<String> seriesInstanceUids,
    int seriesNumber,
    int echoes,
    int slices,
    List<Double> echoTimesSeconds,
    boolean countReached,
    Optional<AcquisitionPlan> plan) {

  public Acquisition {
    notes = List.copyOf(notes);
    sopInstanceUids = List.copyOf(sopInstanceUids);
    seriesInstanceUids = List.copyOf(seriesInstanceUids);
    echoTimesSeconds = List.copyOf(echoTimesSeconds);
    if ((outcome == Outcome.ACCEPTED) != plan.isPresent()) {
      throw new IllegalArgumentException("plan must be present exactly if accepted");
    }
    if ((outcome == Outcome.ACCEPTED) == reason.isPresent()) {
      throw new IllegalArgumentException("reason must be present exactly if not accepted");
    }
  }

  Acquisition withId(String other) {
    return new Acquisition(
        other,
        studyInstanceUid,
        outcome,
        reason,
        notes,
        sopInstanceUids,
        seriesInstanceUids,
        seriesNumber,
        echoes,
        slices,
        echoTimesSeconds,
        countReached,
        plan);
  }
}
