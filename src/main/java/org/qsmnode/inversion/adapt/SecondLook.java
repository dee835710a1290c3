package org.qsmnode.inversion.adapt;

import java.util.Optional;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Ending;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.inversion.TimeBudget;
import org.qsmnode.inversion.pdi.PdiHeads;
import org.qsmnode.inversion.pdi.PdiModel;
import org.qsmnode.inversion.pdi.PdiPrediction;
import org.qsmnode.inversion.pdi.PdiReport;
import org.qsmnode.numeric.Progress;
import org.qsmnode.volume.Volume;

/**
 * The start map of a field once more, after a first look of the network.
 *
 * <p>Where background removal erred, total variation finds sources outside the mask that explain
 * the error. The network's posterior says more of what lies inside, so what it leaves of the field
 * says more of those sources. They are unknowns of the bound ({@link PdiAdaptation}) for some
 * steps. Then total variation inverts the field less theirs, and a second network, trained on such
 * maps, corrects the result.
 */
public final class SecondLook implements Inversion {

  /** Steps of the bound; what they leave of sources outside changes little after. */
  private static final int STEPS = 60;

  /** Views of the volume in the first look. */
  static final int VIEWS = 1;

  private static final String NO_TIME =
      "There was no time for a second look at what background removal left.";
  private static final String NO_NUMBER =
      "There was no second look at what background removal left: the bound came to no number.";

  private final PdiModel first;
  private final Inversion starter;

  /**
   * @param first network of the first look
   * @param starter makes the map that it corrects
   */
  public SecondLook(PdiModel first, Inversion starter) {
    this.first = first;
    this.starter = starter;
  }

  @Override
  public String name() {
    return "second-look";
  }

  @Override
  public String parameters() {
    return "second-look steps=%d views=%d %s start=(%s)"
        .formatted(STEPS, VIEWS, PdiReport.model(first), starter.parameters());
  }

  /** The start map itself where it found no sources outside. */
  @Override
  public Posterior invert(LocalField field, Progress progress) {
    Posterior start = starter.invert(field, progress);
    if (start.outsidePpm().isEmpty()) {
      return start;
    }
    PdiPrediction prediction = PdiPrediction.of(field, start, first, VIEWS, progress);
    return after(prediction, field, TimeBudget.unlimited(), progress).map().orElse(start);
  }

  /**
   * What came of it.
   *
   * @param map the second start map
   * @param whyNot a sentence if there is none
   */
  record Attempt(Optional<Posterior> map, String whyNot) {

    private static Attempt failed(Ending stop) {
      return stop == Ending.NOT_FINITE ? new Attempt(Optional.empty(), NO_NUMBER) : outOfTime();
    }

    static Attempt outOfTime() {
      return new Attempt(Optional.empty(), NO_TIME);
    }
  }

  /**
   * The start map after a first look.
   *
   * @param prediction of the first look, whose start map found sources outside
   */
  Attempt after(PdiPrediction prediction, LocalField field, TimeBudget budget, Progress progress) {
    PdiAdaptation adaptation = new PdiAdaptation(prediction, field);
    AdaptationRun run = new AdaptationRun(budget, STEPS);
    adaptation.climb(run, part -> progress.at("sources outside", part));
    if (run.ending() != Ending.STEP_LIMIT && run.ending() != Ending.CONVERGED) {
      return Attempt.failed(run.ending());
    }
    Volume outside = prediction.start().outsidePpm().orElseThrow().copy();
    add(1, adaptation.outsidePpm(), outside);
    Volume left = field.localPpm().copy();
    add(-1, outside, left);
    Posterior again = starter.invert(field.withLocalPpm(left), progress, budget);
    if (again.ranOutOfTime()) {
      return Attempt.outOfTime();
    }
    again.outsidePpm().ifPresent(more -> add(1, more, outside));
    keepStrongSources(prediction.start().chiPpm(), again.chiPpm());
    return new Attempt(
        Optional.of(Posterior.ofMap(again.chiPpm(), again.findings(), Optional.of(outside))), "");
  }

  /**
   * Sources that no network corrects stay as the first start map has them: it took more steps,
   * which the strongest sources need.
   */
  private static void keepStrongSources(Volume first, Volume second) {
    for (int i = 0; i < second.data().length; i++) {
      if (!PdiHeads.corrects(first.data()[i])) {
        second.data()[i] = first.data()[i];
      }
    }
  }

  private static void add(float factor, Volume term, Volume sum) {
    float[] terms = term.data();
    float[] sums = sum.data();
    for (int i = 0; i < sums.length; i++) {
      sums[i] += factor * terms[i];
    }
  }
}
