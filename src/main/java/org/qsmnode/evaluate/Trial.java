package org.qsmnode.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.numeric.Progress;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.simulate.cases.InversionCase;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/**
 * A case to try methods on.
 *
 * @param name of the case
 * @param problem field and truth
 * @param scored voxels that count, a part of the field's mask
 */
public record Trial(String name, InversionCase problem, Mask scored) {

  private static final long SEED = 20261125;

  public Trial {
    problem.field().grid().requireSameDims(scored.grid(), "scored");
  }

  /**
   * Inverts the field and compares the map with the truth.
   *
   * @param samples how many maps to draw where the method can
   */
  public Score with(Inversion inversion, int samples, Progress progress) {
    long start = System.nanoTime();
    Posterior posterior = inversion.invert(problem.field(), progress);
    double seconds = (System.nanoTime() - start) / 1e9;
    List<Volume> drawn = new ArrayList<>();
    posterior
        .sampler()
        .ifPresent(
            sampler -> {
              for (int s = 0; s < samples; s++) {
                drawn.add(sampler.draw(new SeededRandom(SEED).stream(s)));
              }
            });
    Evaluation evaluation =
        Evaluation.of(
            new Evaluation.Input(
                posterior.chiPpm(),
                posterior.sdPpm(),
                problem.chiPpm(),
                scored,
                Optional.of(problem.labels()),
                drawn,
                problem.field().b0Direction()));
    return new Score(
        name,
        problem.facts().family(),
        inversion.name(),
        evaluation,
        seconds,
        posterior.findings());
  }
}
