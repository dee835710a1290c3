package org.qsmnode.inversion.classic;

import java.util.Arrays;
import org.qsmnode.inversion.data.SourceSpace;
import org.qsmnode.numeric.DipoleKernel;
import org.qsmnode.numeric.Fourier;
import org.qsmnode.numeric.Parallel;
import org.qsmnode.volume.Vector3;

/**
 * Minimises {@code |W (f - c - A chi)|^2 / 2 + lambda |w grad chi|_1} over chi on a periodic grid
 * and the constant c. The way is that of alternating directions (Boyd et al. 2011,
 * doi:10.1561/2200000016) with over-relaxation. The field A chi and the gradient have copies of
 * their own. So chi follows by division in k-space and the copies voxel by voxel. Bilgic et al.
 * (2014, doi:10.1002/mrm.25029) have it for the gradient, Milovic et al. (2018,
 * doi:10.1002/mrm.27073) for the field. The gradient's copy and multiplier are kept as their sum,
 * of which the copy is the part above the threshold.
 */
final class SplitVariation {

  private static final float RELAXATION = 1.6f;

  /** Kernel values that count as 0 where noise is measured. */
  private static final double ALMOST_ZERO = 0.03;

  /** Penalty of the copied field over squared lambda per voxel. */
  private static final double FIELD_PENALTY = 12;

  /** Penalty of the copied gradient over squared lambda. */
  private static final double GRADIENT_PENALTY = 3;

  /**
   * Penalty of the copied gradient where differences outside count less. Sources outside are larger
   * then than those inside, and a large penalty lets them grow by little in a step.
   */
  private static final double FREE_GRADIENT_PENALTY = 0.6;

  private final Fourier fourier;
  private final PeriodicGradient gradient;
  private final float[] kernel;
  private final float[] squaredGradient;
  private final float[] known;
  private final float[] squaredWeight;
  private final float[][] edge;
  private double allWeight;
  private final float[] dataSpectrum;
  private final float[] chiSpectrum;
  private float[] chi;
  private float[] before;
  private final float[] field;
  private final float[] multiplier;
  private final float[] target;
  private final float[][] split;
  private double lambda;
  private double gradientPenaltyOverSquare = GRADIENT_PENALTY;
  private final double meanVoxelMm;
  private float fieldPenalty;
  private float gradientPenalty;
  private float offset;

  /**
   * A problem, chi and all copies 0.
   *
   * @param known field in ppm on the periodic grid
   * @param squaredWeight squared inverse standard deviation of the field, 0 where unknown
   * @param edge weight w per axis and place
   */
  SplitVariation(
      SourceSpace space,
      Vector3 b0,
      float[] known,
      float[] squaredWeight,
      float[][] edge,
      double lambda) {
    fourier = new Fourier(space.dims(), space.dims());
    double[] voxelMm = space.box().voxelMm();
    gradient = new PeriodicGradient(space.dims(), voxelMm);
    kernel = DipoleKernel.spectral(fourier, voxelMm, b0);
    squaredGradient = gradient.multiplier(fourier);
    this.known = known;
    this.squaredWeight = squaredWeight;
    this.edge = edge.clone();
    this.lambda = lambda;
    meanVoxelMm = Math.cbrt(voxelMm[0] * voxelMm[1] * voxelMm[2]);
    setPenalties();
    allWeight = weighted(i -> 1);
    dataSpectrum = new float[fourier.spectrumLength()];
    chiSpectrum = new float[fourier.spectrumLength()];
    int size = space.size();
    chi = new float[size];
    before = new float[size];
    field = new float[size];
    multiplier = new float[size];
    target = known.clone();
    split = new float[][] {new float[size], new float[size], new float[size]};
  }

  private SplitVariation(SplitVariation other) {
    fourier = other.fourier;
    gradient = other.gradient;
    kernel = other.kernel;
    squaredGradient = other.squaredGradient;
    known = other.known;
    squaredWeight = other.squaredWeight.clone();
    edge = other.edge.clone();
    allWeight = other.allWeight;
    dataSpectrum = other.dataSpectrum;
    chiSpectrum = other.chiSpectrum;
    chi = other.chi.clone();
    before = new float[other.before.length];
    field = other.field.clone();
    multiplier = other.multiplier.clone();
    target = other.target.clone();
    split = Arrays.stream(other.split).map(float[]::clone).toArray(float[][]::new);
    lambda = other.lambda;
    gradientPenaltyOverSquare = other.gradientPenaltyOverSquare;
    meanVoxelMm = other.meanVoxelMm;
    fieldPenalty = other.fieldPenalty;
    gradientPenalty = other.gradientPenalty;
    offset = other.offset;
  }

  /**
   * The problem as it stands. Both go on by themselves, but not at the same time: they share what a
   * step fills before it reads it.
   */
  SplitVariation duplicate() {
    return new SplitVariation(this);
  }

  private interface PerPlace {
    double at(int i);
  }

  /** Sum over the places of the squared weight times a value. */
  private double weighted(PerPlace value) {
    return Parallel.sum(
        known.length,
        (from, to) -> {
          double sum = 0;
          for (int i = from; i < to; i++) {
            sum += squaredWeight[i] > 0 ? squaredWeight[i] * value.at(i) : 0;
          }
          return sum;
        });
  }

  /** Susceptibility in ppm; replaced by the next step. */
  float[] chi() {
    return chi;
  }

  double lambda() {
    return lambda;
  }

  /** Changes lambda; the penalty stays that of the start. */
  void lambda(double lambda) {
    this.lambda = lambda;
  }

  /** Sets the penalty to what suits the present lambda; copies and forces stay as they are. */
  void renewPenalty() {
    float oldOfField = fieldPenalty;
    float old = gradientPenalty;
    setPenalties();
    float factorOfField = oldOfField / fieldPenalty;
    float factor = old / gradientPenalty;
    Parallel.run(
        chi.length,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            float copy = target[i] + multiplier[i];
            multiplier[i] *= factorOfField;
            target[i] = copy - multiplier[i];
            for (int a = 0; a < 3; a++) {
              float least = (float) lambda / old * edge[a][i];
              float value = split[a][i];
              float force = Math.max(-least, Math.min(least, value));
              split[a][i] = value - force + factor * force;
            }
          }
        });
  }

  /**
   * Weighs differences between places that are not {@code inside} by {@code weight} from now on,
   * less than 1.
   */
  void weighOutside(boolean[] inside, float weight) {
    float threshold = threshold();
    for (int a = 0; a < 3; a++) {
      float[] edges = edge[a].clone();
      float[] values = split[a];
      for (int i = 0; i < edges.length; i++) {
        if (!inside[i] && edges[i] > 0) {
          float most = threshold * edges[i];
          float force = Math.max(-most, Math.min(most, values[i]));
          float less = threshold * weight;
          values[i] += Math.max(-less, Math.min(less, force)) - force;
          edges[i] = weight;
        }
      }
      edge[a] = edges;
    }
    gradientPenaltyOverSquare = FREE_GRADIENT_PENALTY;
    renewPenalty();
  }

  private void setPenalties() {
    fieldPenalty = (float) (FIELD_PENALTY * Math.pow(lambda / meanVoxelMm, 2));
    gradientPenalty = (float) (gradientPenaltyOverSquare * lambda * lambda);
  }

  /** Divides all squared weights, for noise of a larger power than they say. */
  void divideWeights(double power) {
    for (int i = 0; i < squaredWeight.length; i++) {
      squaredWeight[i] /= (float) power;
    }
    allWeight /= power;
  }

  /** One step. */
  void step() {
    float[] free = before;
    before = chi;
    chi = free;
    gradient.adjoint((axis, i) -> 2 * copy(axis, i) - split[axis][i], chi);
    fourier.forward(chi, chiSpectrum);
    fourier.forward(target, dataSpectrum);
    divide();
    fourier.inverse(chiSpectrum, chi);
    fourier.inverse(dataSpectrum, field);
    double mean = allWeight > 0 ? weighted(i -> known[i] - field[i]) / allWeight : 0;
    offset = (float) mean;
    copyField();
    gradient.each(chi, (axis, i, perMm) -> split[axis][i] += RELAXATION * (perMm - copy(axis, i)));
  }

  private float threshold() {
    return (float) lambda / gradientPenalty;
  }

  private float copy(int axis, int i) {
    float value = split[axis][i];
    float least = threshold() * edge[axis][i];
    return value > least ? value - least : value < -least ? value + least : 0;
  }

  private void divide() {
    float ratio = gradientPenalty / fieldPenalty;
    Parallel.run(
        kernel.length,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            float d = kernel[i];
            float sum = d * d + ratio * squaredGradient[i];
            float inverse = sum > 0 ? 1 / sum : 0;
            for (int c = 2 * i; c < 2 * i + 2; c++) {
              chiSpectrum[c] = inverse * (d * dataSpectrum[c] + ratio * chiSpectrum[c]);
              dataSpectrum[c] = d * chiSpectrum[c];
            }
          }
        });
  }

  private void copyField() {
    Parallel.run(
        known.length,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            float old = target[i] + multiplier[i];
            float value = RELAXATION * field[i] + (1 - RELAXATION) * old + multiplier[i];
            float w = squaredWeight[i];
            float copy = (w * (known[i] - offset) + fieldPenalty * value) / (w + fieldPenalty);
            multiplier[i] = value - copy;
            target[i] = copy - multiplier[i];
          }
        });
  }

  /** Sum of squared weighted residuals. */
  double misfit() {
    return weighted(
        i -> {
          double residual = known[i] - offset - field[i];
          return residual * residual;
        });
  }

  /** Squared residual over noise of the copy of the field, which follows the data sooner. */
  double misfitOfCopy() {
    return weighted(
        i -> {
          double residual = known[i] - offset - target[i] - multiplier[i];
          return residual * residual;
        });
  }

  /** Weighted sum of absolute gradients where {@code inside}, ppm/mm. */
  double variation(boolean[] inside) {
    return gradient.sum(chi, (axis, i, perMm) -> inside[i] ? edge[axis][i] * Math.abs(perMm) : 0);
  }

  /**
   * Mean power of whitened residuals at frequencies where the dipole kernel is almost 0, over what
   * unit noise has. No source explains a field there, so it is noise, whatever lambda is.
   *
   * @param voxels places with a weight above 0
   */
  double noisePower(int voxels) {
    for (int i = 0; i < known.length; i++) {
      before[i] = (float) (Math.sqrt(squaredWeight[i]) * (known[i] - offset - field[i]));
    }
    fourier.forward(before, dataSpectrum);
    double power = 0;
    long count = 0;
    for (int i = 0; i < kernel.length; i++) {
      if (Math.abs(kernel[i]) < ALMOST_ZERO && squaredGradient[i] > 0) {
        double re = dataSpectrum[2 * i];
        double im = dataSpectrum[2 * i + 1];
        power += re * re + im * im;
        count++;
      }
    }
    return count > 0 && voxels > 0 ? power / count / voxels : 1;
  }

  /** Change of chi in the last step relative to chi. */
  double change() {
    double squares =
        Parallel.sum(
            chi.length,
            (from, to) -> {
              double sum = 0;
              for (int i = from; i < to; i++) {
                double difference = chi[i] - before[i];
                sum += difference * difference;
              }
              return sum;
            });
    double all = Parallel.dot(chi, chi);
    return all > 0 ? Math.sqrt(squares / all) : 0;
  }
}
