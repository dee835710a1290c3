package org.qsmnode.inversion.adapt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.qsmnode.inversion.Fields;
import org.qsmnode.inversion.data.EdgeWeights;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.Fourier;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;

/** The closed form against a dense double-precision bound, against samples and against algebra. */
class ElboTest {

  private static final Vector3 B0 = new Vector3(0.3, -0.2, 0.9).unit();
  private static final Grid GRID = new Grid(6, 5, 4, 1, 1.2, 2, Orientation.AXIAL);
  private static final int SIZE = GRID.size();
  private static final double LAMBDA = 30;
  private static final double NOISE_FACTOR = 1.3;

  private final Mask mask = Fields.ellipsoid(GRID, 1.15);
  private final DipoleConvolution dipole = new DipoleConvolution(GRID, B0);
  private final float[] mu = inside(1, 0.05);
  private final float[] sd = deviations();
  private final float[] field = inside(3, 0.03);
  private final float[] magnitude = inside(4, 1);
  private final float[] weight = weights();
  private final Elbo elbo = elbo();

  private float[] inside(long seed, double scale) {
    float[] values = new float[SIZE];
    new SeededRandom(seed).fillGaussian(values);
    for (int i = 0; i < SIZE; i++) {
      values[i] = mask.data()[i] ? (float) (scale * values[i]) : 0;
    }
    return values;
  }

  private float[] deviations() {
    float[] values = inside(2, 0.4);
    for (int i = 0; i < SIZE; i++) {
      values[i] = mask.data()[i] ? (float) (0.02 * Math.exp(values[i])) : 0;
    }
    return values;
  }

  /** Different everywhere, and 0 at one voxel of the mask. */
  private float[] weights() {
    float[] values = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      values[i] = mask.data()[i] ? 100 + 7 * (i % 11) : 0;
    }
    values[GRID.index(3, 2, 2)] = 0;
    return values;
  }

  private Elbo elbo() {
    RobustLikelihood likelihood = new RobustLikelihood(dipole, field, weight);
    likelihood.noiseFactor(NOISE_FACTOR);
    Elbo bound = new Elbo(mask, likelihood, new ExpectedVariation(mask, magnitude));
    bound.lambda(LAMBDA);
    return bound;
  }

  /** Matrix of the dipole, column by column. */
  private double[][] matrix() {
    double[][] rows = new double[SIZE][SIZE];
    for (int j = 0; j < SIZE; j++) {
      float[] column = new float[SIZE];
      column[j] = 1;
      dipole.apply(column, column);
      for (int i = 0; i < SIZE; i++) {
        rows[i][j] = column[i];
      }
    }
    return rows;
  }

  /** The bound from its definition, in double precision, of {mu, log sd}. */
  private double bound(double[][] a, double[] mean, double[] logSd) {
    double[] residual = new double[SIZE];
    double[] variance = new double[SIZE];
    double constant = 0;
    double all = 0;
    double entropy = 0;
    for (int i = 0; i < SIZE; i++) {
      residual[i] = field[i];
      for (int j = 0; j < SIZE; j++) {
        if (mask.data()[j]) {
          residual[i] -= a[i][j] * mean[j];
          variance[i] += a[i][j] * a[i][j] * Math.exp(2 * logSd[j]);
        }
      }
      constant += (double) weight[i] * weight[i] * residual[i];
      all += (double) weight[i] * weight[i];
      entropy += mask.data()[i] ? logSd[i] : 0;
    }
    double likelihood = 0;
    for (int i = 0; i < SIZE; i++) {
      if (weight[i] > 0) {
        double e =
            (Math.pow(residual[i] - constant / all, 2) + variance[i]) * weight[i] * weight[i];
        likelihood -=
            4.5 * Math.log(1 + e / (8 * NOISE_FACTOR * NOISE_FACTOR)) + Math.log(NOISE_FACTOR);
      }
    }
    double prior = mask.count() * Math.log(LAMBDA) - LAMBDA * variation(mean, logSd);
    return entropy + likelihood + prior;
  }

  private double variation(double[] mean, double[] logSd) {
    int[] step = {1, GRID.nx(), GRID.nx() * GRID.ny()};
    float[][] edge = EdgeWeights.of(step, mask.data(), magnitude, GRID.voxelMm());
    double sum = 0;
    for (int axis = 0; axis < 3; axis++) {
      for (int i = 0; i < SIZE; i++) {
        if (edge[axis][i] > 0) {
          int j = i + step[axis];
          double m = mean[j] - mean[i];
          double s = Math.sqrt(Math.exp(2 * logSd[i]) + Math.exp(2 * logSd[j]));
          sum += Math.sqrt(edge[axis][i]) * foldedMean(m, s);
        }
      }
    }
    return sum;
  }

  /** E|x| of a normal x, by integration. */
  private static double foldedMean(double m, double s) {
    double sum = 0;
    int steps = 4000;
    for (int k = 0; k < steps; k++) {
      double z = -9 + 18 * (k + 0.5) / steps;
      sum += Math.abs(m + s * z) * Math.exp(-0.5 * z * z);
    }
    return sum * 18 / steps / Math.sqrt(2 * Math.PI);
  }

  private static double[] doubles(float[] values) {
    double[] out = new double[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[i];
    }
    return out;
  }

  private double[] logSd() {
    double[] out = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      out[i] = mask.data()[i] ? Math.log(sd[i]) : 0;
    }
    return out;
  }

  @Test
  void theBoundIsThatOfItsDefinition() {
    double expected = bound(matrix(), doubles(mu), logSd());
    assertEquals(expected, elbo.at(mu, sd).bound(), 1e-4 * Math.abs(expected));
  }

  @Test
  void itsGradientsAreThoseOfFiniteDifferencesInDoublePrecision() {
    double[][] a = matrix();
    double[] mean = doubles(mu);
    double[] logSd = logSd();
    float[] byMu = new float[SIZE];
    elbo.at(mu, sd);
    elbo.likelihood().addGradient(byMu);
    elbo.addPriorGradient(mu, sd, byMu);
    double largest = 0;
    for (int i = 0; i < SIZE; i++) {
      largest = Math.max(largest, Math.abs(byMu[i]));
    }
    for (int i = 0; i < SIZE; i++) {
      if (mask.data()[i]) {
        assertEquals(difference(a, mean, logSd, i), byMu[i], 1e-3 * largest);
      }
    }
  }

  private double difference(double[][] a, double[] mean, double[] logSd, int i) {
    double step = 1e-5;
    double before = mean[i];
    mean[i] = before + step;
    double above = bound(a, mean, logSd);
    mean[i] = before - step;
    double below = bound(a, mean, logSd);
    mean[i] = before;
    return (above - below) / (2 * step);
  }

  @Test
  void itIsWhatSamplesShow() {
    Grid grid = new Grid(8, 9, 10, 1, 1, 1.5, Orientation.AXIAL);
    int size = grid.size();
    Fourier periodic = new Fourier(grid.nx(), grid.ny(), grid.nz());
    DipoleConvolution dipoles = new DipoleConvolution(periodic, grid, B0);
    Mask full = Mask.full(grid);
    float[] means = new float[size];
    new SeededRandom(5).fillGaussian(means);
    float[] deviations = new float[size];
    float[] known = new float[size];
    float[] flat = new float[size];
    Arrays.fill(deviations, 0.5f);
    Arrays.fill(known, 1);
    RobustLikelihood likelihood = new RobustLikelihood(dipoles, flat, known);
    ExpectedVariation variation = new ExpectedVariation(full, flat);
    double sampledVariation = 0;
    double[] squares = new double[size];
    float[] sample = new float[size];
    float[] none = new float[size];
    Arrays.fill(none, 1e-6f);
    int samples = 400;
    SeededRandom random = new SeededRandom(6);
    for (int s = 0; s < samples; s++) {
      random.fillGaussian(sample);
      for (int i = 0; i < size; i++) {
        sample[i] = means[i] + deviations[i] * sample[i];
      }
      sampledVariation += variation.value(sample, none) / samples;
      dipoles.apply(sample, sample);
      for (int i = 0; i < size; i++) {
        squares[i] += sample[i] * sample[i] / samples;
      }
    }
    double bound = 0;
    for (double square : squares) {
      bound -= 4.5 * Math.log1p(square / 8);
    }
    assertEquals(sampledVariation, variation.value(means, deviations), 0.005 * sampledVariation);
    likelihood.at(means, deviations);
    assertEquals(bound, likelihood.value(), 0.01 * Math.abs(bound));
  }

  @Test
  void theStandardDeviationOfAFlatRegionIsStationaryWhereAlgebraSaysSo() {
    Grid grid = new Grid(17, 17, 17, 1, 1, 3, Orientation.AXIAL);
    float[] flat = new float[grid.size()];
    ExpectedVariation prior = new ExpectedVariation(Mask.full(grid), flat);
    double alone = prior.flatSd(30);
    assertEquals(0.0127, alone, 5e-5, "ppm, at 30 per (ppm/mm)");
    int centre = grid.index(8, 8, 8);
    float[] deviations = new float[grid.size()];
    Arrays.fill(deviations, (float) alone);
    double change = 0.01;
    deviations[centre] = (float) (alone * Math.exp(change));
    double above = prior.value(flat, deviations);
    deviations[centre] = (float) (alone * Math.exp(-change));
    double below = prior.value(flat, deviations);
    assertEquals(1, 30 * (above - below) / (2 * change), 1e-3, "the entropy of a voxel grows by 1");
  }

  @Test
  void theStrengthLiesBetweenThatOfTheLargestBoundAndItsGuard() {
    double free = mask.count() / variation(doubles(mu), logSd());
    double guarded = elbo.betterLambda(mu, sd, Elbo.START_LAMBDA);
    assertTrue(
        guarded > Math.min(free, Elbo.START_LAMBDA) && guarded < Math.max(free, Elbo.START_LAMBDA),
        free + " is the largest bound, guarded " + guarded);
  }

  @Test
  void aBadVoxelLosesItsWeight() {
    int bad = GRID.index(2, 2, 2);
    float[] wrong = field.clone();
    wrong[bad] = 2;
    RobustLikelihood likelihood = new RobustLikelihood(dipole, wrong, weight);
    likelihood.at(new float[SIZE], sd);
    likelihood.noiseFactor(likelihood.medianResidual());
    assertTrue(likelihood.rejected(bad));
    assertFalse(likelihood.rejected(GRID.index(3, 2, 2)), "unknown from the start");
    long rejected = IntStream.range(0, SIZE).filter(likelihood::rejected).count();
    assertTrue(rejected < 5, rejected + " rejected");
  }
}
