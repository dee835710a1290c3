package org.qsmnode.inversion.adapt;

import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.NoiseAndPrior;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.inversion.pdi.PdiInputs;
import org.qsmnode.numeric.Parallel;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Volume;

/**
 * Estimates how far the field of a pool of maps is from the true one, without knowing the true one.
 * The unit is the squared standard deviation of the noise; the estimate is Stein's unbiased risk
 * (Stein 1981, doi:10.1214/aos/1176345632). It is the misfit of the measured field, less what noise
 * alone makes of it, plus twice how much of the noise the maps follow. The last is seen from maps
 * of a field with a little more noise (Ramani et al. 2008, doi:10.1109/TIP.2008.2001404). A map
 * that over-fits and one that leaves structure unexplained both have a larger risk than one
 * between.
 *
 * <p>True where noise is all that is wrong with the field.
 */
final class FieldRisk {

  /**
   * Noise that is added, in standard deviations of that of the field: so little that the start
   * map's estimate of the noise stays the same.
   */
  private static final double PROBE = 0.05;

  private static final long SEED = 20261129;

  /** Weights are looked at in steps of one over this. */
  private static final int STEPS = 20;

  private final PdiInputs inputs;
  private final double[] perSd;
  private final float[] probe;

  /**
   * The risk of maps of a field.
   *
   * @param inputs made of the field
   * @param start its map by total variation, which has measured the noise: as a factor on the
   *     stated one, or in ppm where none was stated
   */
  FieldRisk(PdiInputs inputs, Posterior start) {
    this.inputs = inputs;
    NoiseAndPrior measured = start.findings().measured();
    boolean unstated = !measured.noiseFitted();
    double noise = measured.noiseFactor();
    float[] weight = inputs.weight();
    perSd = new double[weight.length];
    probe = new float[weight.length];
    new SeededRandom(SEED).fillGaussian(probe);
    for (int i = 0; i < perSd.length; i++) {
      perSd[i] = weight[i] > 0 ? (unstated ? 1 : weight[i]) / noise : 0;
      probe[i] = weight[i] > 0 ? probe[i] : 0;
    }
  }

  /** The field with a little more noise. */
  LocalField disturbed(LocalField field) {
    float[] more = new float[probe.length];
    for (int i = 0; i < more.length; i++) {
      more[i] = perSd[i] > 0 ? (float) (PROBE * probe[i] / perSd[i]) : 0;
    }
    Volume added = inputs.box().embed(new Volume(inputs.box().grid(), more));
    Volume disturbed = field.localPpm().copy();
    for (int i = 0; i < disturbed.data().length; i++) {
      disturbed.data()[i] += added.data()[i];
    }
    return field.withLocalPpm(disturbed);
  }

  /**
   * The weights of least risk.
   *
   * @param maps of the field
   * @param disturbed the same of the {@link #disturbed} one
   */
  PooledMaps.Weights best(PooledMaps maps, PooledMaps disturbed) {
    float[] network = field(maps.network());
    float[] adapted = minus(field(maps.adapted()), network);
    float[] start = minus(field(maps.start()), network);
    float[] residual = minus(scaled(inputs.fieldPpm().clone()), network);
    double networkFollows = follows(maps.network(), disturbed.network());
    double adaptedFollows = follows(maps.adapted(), disturbed.adapted()) - networkFollows;
    double startFollows = follows(maps.start(), disturbed.start()) - networkFollows;
    // Misfit and following of the network are the same for all weights.
    double byAdapted = 2 * (adaptedFollows - Parallel.dot(residual, adapted));
    double byStart = 2 * (startFollows - Parallel.dot(residual, start));
    double adaptedSquared = Parallel.dot(adapted, adapted);
    double startSquared = Parallel.dot(start, start);
    double both = Parallel.dot(adapted, start);
    PooledMaps.Weights best = new PooledMaps.Weights(0, 0);
    double least = 0;
    for (int a = 0; a <= STEPS; a++) {
      for (int s = 0; a + s <= STEPS; s++) {
        double p = (double) a / STEPS;
        double q = (double) s / STEPS;
        double risk =
            p * byAdapted
                + q * byStart
                + p * p * adaptedSquared
                + q * q * startSquared
                + 2 * p * q * both;
        if (risk < least) {
          least = risk;
          best = new PooledMaps.Weights(p, q);
        }
      }
    }
    return best;
  }

  /** The part of added noise that a map follows, times the number of voxels. */
  private double follows(float[] map, float[] disturbed) {
    return Parallel.dot(probe, field(minus(disturbed, map))) / PROBE;
  }

  /** The field of a map in standard deviations of the noise, a constant removed. */
  private float[] field(float[] map) {
    float[] field = new float[map.length];
    inputs.dipole().apply(map, field);
    return scaled(field);
  }

  /** Takes the constant that noise does not tell out of a field in ppm; scales by the noise. */
  private float[] scaled(float[] field) {
    double sum = 0;
    double all = 0;
    for (int i = 0; i < field.length; i++) {
      double w = perSd[i] * perSd[i];
      sum += w * field[i];
      all += w;
    }
    double mean = all > 0 ? sum / all : 0;
    for (int i = 0; i < field.length; i++) {
      field[i] = (float) (perSd[i] * (field[i] - mean));
    }
    return field;
  }

  private static float[] minus(float[] a, float[] b) {
    float[] difference = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }
}
