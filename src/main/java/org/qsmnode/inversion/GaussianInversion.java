package org.qsmnode.inversion;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.qsmnode.field.LocalField;
import org.qsmnode.numeric.ConjugateGradient;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.Progress;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Box;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/**
 * Posterior of a linear Gaussian model: field = A chi + noise with the fitted standard deviations,
 * chi a smooth random field inside the mask ({@link GaussianPrior}), both scaled by what the field
 * itself says ({@link EvidenceFit}).
 *
 * <p>The mean is the generalised Tikhonov solution by conjugate gradients (de Rochefort et al.
 * 2008, doi:10.1002/mrm.21710, with quadratic penalties). The standard deviation is the root of the
 * diagonal of the posterior covariance ({@link VarianceModel}), of chi relative to its mean in the
 * mask like the map itself. Voxels whose noise is infinite have no weight and are filled by the
 * prior, with the larger standard deviation that follows.
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
    return settings.canonical() + " prior=(1/l^2-laplacian)^2 hyperparameters=whittle padding=1.5";
  }

  @Override
  public Posterior invert(LocalField field, Progress progress) {
    long start = System.nanoTime();
    progress.at(STAGE, 0);
    Box box = Box.around(field.mask(), 0);
    Mask mask = box.crop(field.mask());
    NoiseWeights noise = NoiseWeights.of(field, box);
    float[] local = NoiseWeights.knownField(field, box);
    DipoleConvolution dipole = new DipoleConvolution(mask.grid(), field.b0Direction());
    EvidenceFit.Fit fit =
        new EvidenceFit(dipole, mask.grid(), local, noise).fit(settings, noise.fitted());
    float[] weight = noise.weight();
    for (int i = 0; i < weight.length; i++) {
      weight[i] /= (float) fit.noiseFactor();
    }
    PosteriorSystem system = new PosteriorSystem(mask, dipole, fit.prior(), weight);
    Solutions solutions = new Solutions(progress);
    float[] chi = new float[local.length];
    ConjugateGradient.Outcome outcome = system.mean(local, chi, settings, solutions::step);
    double chiSquared = system.chiSquaredPerVoxel(chi, local);
    solutions.next();
    float[] meanSquare = new float[chi.length];
    int iterations = 0;
    boolean converged = outcome.converged();
    for (int s = 0; s < settings.samples(); s++) {
      ConjugateGradient.Outcome drawn = addDraw(system, mask, s, meanSquare, solutions);
      iterations += drawn.iterations();
      converged &= drawn.converged();
      solutions.next();
    }
    float[] sd =
        VarianceModel.standardDeviation(
            mask, system, dipole, fit.prior(), meanSquare, settings.smoothing());
    MaskedMap.reference(chi, mask);
    progress.at(STAGE, 1);

    Map<String, Object> report = new LinkedHashMap<>();
    report.put("method", name());
    report.put("iterations", outcome.iterations());
    report.put("relativeResidual", outcome.relativeResidual());
    report.put("converged", converged);
    report.put("priorAmplitudePpmPerMm2", fit.prior().amplitude());
    report.put("correlationLengthMm", 1 / Math.sqrt(fit.prior().inverseSquaredLength()));
    report.put("noiseFactor", fit.noiseFactor());
    report.put("noiseFitted", noise.fitted());
    report.put("chiSquaredPerVoxel", chiSquared);
    report.put("knownVoxels", noise.known());
    report.put("maskVoxels", mask.count());
    report.put("samples", settings.samples());
    report.put("sampleIterations", iterations);
    report.put("seed", settings.seed());
    report.put("seconds", (System.nanoTime() - start) / 1e9);
    return new Posterior(whole(field, box, chi), Optional.of(whole(field, box, sd)), report);
  }

  private ConjugateGradient.Outcome addDraw(
      PosteriorSystem system, Mask mask, int s, float[] meanSquare, Solutions solutions) {
    float[] draw = new float[meanSquare.length];
    SeededRandom random = new SeededRandom(settings.seed()).stream(s);
    ConjugateGradient.Outcome outcome = system.draw(random, draw, settings, solutions::step);
    MaskedMap.reference(draw, mask);
    for (int i = 0; i < draw.length; i++) {
      meanSquare[i] += draw[i] * draw[i] / settings.samples();
    }
    return outcome;
  }

  private static Volume whole(LocalField field, Box box, float[] values) {
    return new Volume(field.grid(), box.embed(new Volume(box.grid(), values)).data());
  }

  /** Progress over one mean and the draws; a solution approaches its part as it iterates. */
  private final class Solutions {
    private final Progress progress;
    private int done;

    Solutions(Progress progress) {
      this.progress = progress;
    }

    void step(int iteration) {
      double part = 1 - Math.exp(-iteration / 15.0);
      progress.at(STAGE, (done + part) / (settings.samples() + 1));
    }

    void next() {
      done++;
      progress.at(STAGE, done / (settings.samples() + 1.0));
    }
  }
}
