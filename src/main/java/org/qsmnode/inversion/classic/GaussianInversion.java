package org.qsmnode.inversion.classic;

import java.util.Optional;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.inversion.data.BoxedField;
import org.qsmnode.inversion.data.EdgeWeights;
import org.qsmnode.inversion.data.MaskedMap;
import org.qsmnode.inversion.data.NoiseWeights;
import org.qsmnode.inversion.data.SourceSpace;
import org.qsmnode.numeric.ConjugateGradient;
import org.qsmnode.numeric.Progress;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Mask;

/**
 * Posterior of a linear Gaussian model: field = A chi + constant + noise with the fitted standard
 * deviations, chi inside and outside the mask by {@link SourcePrior}. Sources outside take up the
 * background, so that what background removal would leave is not forced into the mask. Noise and
 * prior are scaled by what the field itself says ({@link Evidence}).
 *
 * <p>The mean is the generalised Tikhonov solution by conjugate gradients (de Rochefort et al.
 * 2008, doi:10.1002/mrm.21710; total field as in Liu et al. 2017, doi:10.1002/mrm.26331). The
 * standard deviation comes from posterior samples, of chi relative to its mean in the mask like the
 * map itself. Voxels whose noise is infinite have no weight and are filled by the prior, with the
 * larger standard deviation that follows.
 */
public final class GaussianInversion implements Inversion {

  private static final String STAGE = "dipole inversion";

  private final GaussianSettings settings;

  public GaussianInversion(GaussianSettings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return "gaussian";
  }

  @Override
  public String parameters() {
    return settings.canonical()
        + " prior=sources+edges edgeShare="
        + EdgeWeights.SHARE
        + " hyperparameters=em padding=1.5";
  }

  @Override
  public Posterior invert(LocalField field, Progress progress) {
    long start = System.nanoTime();
    progress.at(STAGE, 0);
    BoxedField boxed = BoxedField.of(field, settings.field().ppm(field));
    Mask mask = boxed.mask();
    NoiseWeights noise = boxed.noise();
    float[] known = boxed.knownPpm();
    SourceSpace space = new SourceSpace(boxed.grid(), field.b0Direction(), settings.marginMm());
    SourcePrior prior =
        new SourcePrior(space, mask, boxed.magnitude(), settings.inside(), settings.outside());
    Evidence evidence = new Evidence(space, prior, noise, settings);
    float[] chi = new float[space.size()];
    int rounds = evidence.open() ? settings.rounds() : 0;
    Steps steps = new Steps(progress, rounds + 1 + settings.samples());
    float[] draw = new float[space.size()];
    for (int r = 0; r < rounds; r++) {
      evidence.round(known, mask.count(), chi, draw, (settings.iterations() + 1) / 2);
      steps.next();
    }
    PosteriorSystem system = evidence.system();
    ConjugateGradient.Outcome outcome =
        system.mean(known, chi, settings.iterations(), settings.tolerance(), steps::step);
    double misfit = system.misfit(chi, known);
    steps.next();
    float[] meanSquare = new float[mask.data().length];
    int iterations = 0;
    boolean converged = outcome.converged();
    for (int s = 0; s < settings.samples(); s++) {
      ConjugateGradient.Outcome drawn = addDraw(system, space, mask, s, meanSquare, steps);
      iterations += drawn.iterations();
      converged &= drawn.converged();
      steps.next();
    }
    float[] map = space.crop(chi);
    MaskedMap.reference(map, mask);
    float[] sd = LocalVariance.standardDeviation(mask, meanSquare, settings.smoothing());
    progress.at(STAGE, 1);

    GaussianFindings findings =
        new GaussianFindings(
            name(),
            settings.field(),
            outcome.iterations(),
            outcome.relativeResidual(),
            converged,
            evidence.gradient(),
            evidence.noiseFactor(),
            noise.fitted(),
            misfit / Math.max(1, noise.known()),
            noise.known(),
            mask.count(),
            settings.samples(),
            iterations,
            settings.seed(),
            (System.nanoTime() - start) / 1e9);
    return new Posterior(boxed.onWhole(map), Optional.of(boxed.onWhole(sd)), findings);
  }

  private ConjugateGradient.Outcome addDraw(
      PosteriorSystem system,
      SourceSpace space,
      Mask mask,
      int s,
      float[] meanSquare,
      Steps steps) {
    float[] everywhere = new float[space.size()];
    SeededRandom random = new SeededRandom(settings.seed()).stream(s);
    ConjugateGradient.Outcome outcome =
        system.draw(random, everywhere, settings.iterations(), settings.tolerance(), steps::step);
    float[] draw = space.crop(everywhere);
    MaskedMap.reference(draw, mask);
    for (int i = 0; i < draw.length; i++) {
      meanSquare[i] += draw[i] * draw[i] / settings.samples();
    }
    return outcome;
  }

  /** Progress over solutions; each approaches its part as it iterates. */
  private static final class Steps {
    private final Progress progress;
    private final int all;
    private int done;

    Steps(Progress progress, int all) {
      this.progress = progress;
      this.all = all;
    }

    void step(int iteration) {
      double part = 1 - Math.exp(-iteration / 15.0);
      progress.at(STAGE, (done + part) / all);
    }

    void next() {
      done++;
      progress.at(STAGE, done / (double) all);
    }
  }
}
