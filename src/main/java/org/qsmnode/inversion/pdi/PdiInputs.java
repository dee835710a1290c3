package org.qsmnode.inversion.pdi;

import java.util.List;
import java.util.Optional;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.inversion.classic.TkdInversion;
import org.qsmnode.inversion.classic.TvInversion;
import org.qsmnode.inversion.classic.TvSettings;
import org.qsmnode.inversion.data.BoxedField;
import org.qsmnode.inversion.data.FieldResidual;
import org.qsmnode.inversion.data.MaskedMap;
import org.qsmnode.inversion.data.NoiseColour;
import org.qsmnode.inversion.data.NoiseWeights;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.Fourier;
import org.qsmnode.numeric.Parallel;
import org.qsmnode.numeric.Quantiles;
import org.qsmnode.volume.Box;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Morphology;
import org.qsmnode.volume.Volume;

/**
 * What the network of probabilistic dipole inversion sees: {@link #CHANNELS} on the box around the
 * mask. Each is of the order of 1 inside the mask and 0 outside. Also what the data term needs.
 *
 * <p>Main field direction and voxel size enter through the dipole kernel only, in the channels that
 * are made with it. So a network may meet directions and sizes that it was not trained on. All
 * channels are scalars of the object. Mirroring or permuting the axes of a {@link LocalField}
 * together with its main field direction mirrors or permutes every channel. So augmentation may
 * mirror and permute the channels themselves, at the voxel size that was measured.
 *
 * @param box place of the arrays in the field's grid
 * @param mask the mask in the box
 * @param dipole field of susceptibility on the box, as in the data term; serves one thread
 * @param fieldPpm local field less that of sources outside which the start map found, 0 where it is
 *     unknown
 * @param weight 1/sd of the field in 1/ppm, 0 where it is unknown and outside the mask
 * @param startPpm map that the network corrects, mean 0 in the mask
 * @param excessNoisePpm what is wrong with the field beyond noise, root mean square, see {@link
 *     NoiseColour}. Mostly what background removal left
 * @param hiddenExcessPpm the largest excess that the noise of the field would hide
 * @param channels in the order of {@link #CHANNELS}
 */
public record PdiInputs(
    Box box,
    Mask mask,
    DipoleConvolution dipole,
    float[] fieldPpm,
    float[] weight,
    float[] startPpm,
    double excessNoisePpm,
    double hiddenExcessPpm,
    float[][] channels) {

  /** The channel of the excess noise, the same everywhere in the mask. */
  public static final String EXCESS_NOISE = "log(0.3+smooth-error/0.001ppm)";

  private static final double EXCESS_UNIT_PPM = 0.001;
  private static final double LEAST_EXCESS = 0.3;

  /** Names with their scales; a model states those that it was trained on. */
  public static final List<String> CHANNELS =
      List.of(
          "field/0.05ppm",
          "tv/0.1ppm",
          "tkd/0.1ppm",
          "tv-where-dipole-is-small/0.05ppm",
          "residual/sd",
          "backprojected-residual/0.02ppm",
          "log(sd/0.003ppm)",
          "magnitude/q95",
          "depth/20mm",
          EXCESS_NOISE,
          "field-where-dipole-is-small/0.005ppm",
          "mask");

  private static final double CLIP = 10;
  private static final double TYPICAL_SD_PPM = 0.003;

  /** Squared dipole kernel at which data and prior share a spatial frequency. */
  private static final double SMALL_DIPOLE_SQUARED = 0.01;

  /** Mean of the squared dipole kernel over all frequencies of a cube. */
  private static final double MEAN_DIPOLE_SQUARED = 0.0691;

  /** Makes the map that the network is trained to correct: total variation. */
  public static Inversion starter() {
    return new TvInversion(TvSettings.defaults());
  }

  /**
   * Makes the channels.
   *
   * @param start a map of {@code field} by total variation
   */
  public static PdiInputs of(LocalField field, Posterior start) {
    BoxedField boxed = BoxedField.of(field);
    Box box = boxed.box();
    Mask mask = boxed.mask();
    NoiseWeights noise = boxed.noise();
    float[] known = boxed.knownPpm();
    float[] chi = box.crop(start.chiPpm()).data();
    MaskedMap.reference(chi, mask);
    DipoleConvolution dipole = boxed.dipole();
    float[] weight = noise.weight();
    float[] residual = FieldResidual.of(dipole, known, chi, weight);
    NoiseColour colour = NoiseColour.ofResidual(dipole, residual, weight, noise.known());
    subtract(start.outsidePpm(), box, weight, known, residual);
    if (!noise.fitted()) {
      float byResidual = (float) (1 / spread(residual, weight));
      for (int i = 0; i < weight.length; i++) {
        weight[i] *= byResidual;
      }
    }
    float[] tkd = new TkdInversion(TkdInversion.DEFAULT_THRESHOLD).map(known, mask, dipole);
    float[] centred = known.clone();
    FieldResidual.centre(centred, weight);
    float[] whitened = FieldResidual.whitened(residual, weight);
    Volume depth = Morphology.depthMm(field.mask());
    float[][] channels = {
      scaled(known, 0.05, mask),
      scaled(chi, 0.1, mask),
      scaled(tkd, 0.1, mask),
      scaled(whereDipoleIsSmall(dipole, chi), 0.05, mask),
      whitened,
      scaled(backProjected(dipole, residual, weight), 0.02, mask),
      logSd(weight, mask),
      magnitude(boxed.magnitude(), mask),
      scaled(box.crop(depth).data(), 20, mask),
      constant(Math.log(LEAST_EXCESS + colour.excess() / EXCESS_UNIT_PPM), mask),
      scaled(whereDipoleIsSmall(dipole, centred), 0.005, mask),
      mask.toVolume().data()
    };
    return new PdiInputs(
        box, mask, dipole, known, weight, chi, colour.excess(), colour.unseen(), channels);
  }

  /** Takes the field of sources outside away from a field and from what a map leaves of it. */
  private static void subtract(
      Optional<Volume> outsidePpm, Box box, float[] weight, float[] known, float[] residual) {
    if (outsidePpm.isPresent()) {
      float[] outside = box.crop(outsidePpm.get()).data();
      for (int i = 0; i < known.length; i++) {
        if (weight[i] > 0) {
          known[i] -= outside[i];
          residual[i] -= outside[i];
        }
      }
      FieldResidual.centre(residual, weight);
    }
  }

  /** Values of the box on the grid of the field that these are inputs of. */
  public Volume onWhole(LocalField field, float[] values) {
    return new Volume(field.grid(), box.embed(new Volume(box.grid(), values)).data());
  }

  /** Median standard deviation of the known field, ppm; 0 if nothing is known. */
  double medianSdPpm() {
    return NoiseWeights.medianSdPpm(weight);
  }

  /** Largest absolute field but for one voxel in a thousand of those that are known, ppm. */
  double largestFieldPpm() {
    float[] values = new float[weight.length];
    int count = 0;
    for (int i = 0; i < weight.length; i++) {
      if (weight[i] > 0) {
        values[count++] = Math.abs(fieldPpm[i]);
      }
    }
    return Quantiles.lower(values, count, 0.999);
  }

  /** Standard deviation of what is known of the residual, from its median absolute deviation. */
  private static double spread(float[] residual, float[] weight) {
    float[] values = new float[residual.length];
    int count = 0;
    for (int i = 0; i < residual.length; i++) {
      if (weight[i] > 0) {
        values[count++] = residual[i];
      }
    }
    double median = Quantiles.lower(values, count, 0.5);
    for (int i = 0; i < count; i++) {
      values[i] = (float) Math.abs(values[i] - median);
    }
    return Math.max(1e-5, Quantiles.MAD_TO_SD * Quantiles.lower(values, count, 0.5));
  }

  /** What no susceptibility explains of a field, and what the field does not say of a map. */
  private static float[] whereDipoleIsSmall(DipoleConvolution dipole, float[] values) {
    Fourier fourier = dipole.fourier();
    float[] kernel = dipole.multiplier();
    float[] keep = new float[kernel.length];
    Parallel.run(
        kernel.length,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            double squared = (double) kernel[i] * kernel[i];
            keep[i] = (float) (SMALL_DIPOLE_SQUARED / (SMALL_DIPOLE_SQUARED + squared));
          }
        });
    float[] out = new float[values.length];
    fourier.convolve(values, keep, out);
    return out;
  }

  /** A step of steepest descent in ppm, per voxel of mean weight. */
  private static float[] backProjected(DipoleConvolution dipole, float[] residual, float[] weight) {
    double squared = 0;
    int known = 0;
    for (float w : weight) {
      squared += (double) w * w;
      known += w > 0 ? 1 : 0;
    }
    double scale = squared > 0 ? known / squared / MEAN_DIPOLE_SQUARED : 0;
    float[] out = new float[residual.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (scale * weight[i] * weight[i] * residual[i]);
    }
    dipole.apply(out, out);
    return out;
  }

  private static float[] scaled(float[] values, double unit, Mask mask) {
    float[] out = new float[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = mask.data()[i] ? clip(values[i] / unit) : 0;
    }
    return out;
  }

  /** The excess noise in ppm of a value of {@link #EXCESS_NOISE}. */
  public static double excessNoisePpm(double channel) {
    return EXCESS_UNIT_PPM * Math.max(0, Math.exp(channel) - LEAST_EXCESS);
  }

  private static float[] constant(double value, Mask mask) {
    float[] out = new float[mask.data().length];
    for (int i = 0; i < out.length; i++) {
      out[i] = mask.data()[i] ? (float) Math.max(-3, Math.min(3, value)) : 0;
    }
    return out;
  }

  /** An unknown field counts as one of very large noise. */
  private static float[] logSd(float[] weight, Mask mask) {
    float[] out = new float[weight.length];
    for (int i = 0; i < out.length; i++) {
      double log = weight[i] > 0 ? -Math.log(weight[i] * TYPICAL_SD_PPM) : 3;
      out[i] = mask.data()[i] ? (float) Math.max(-3, Math.min(3, log)) : 0;
    }
    return out;
  }

  private static float[] magnitude(float[] magnitude, Mask mask) {
    float[] values = new float[mask.count()];
    for (int i = 0, k = 0; i < magnitude.length; i++) {
      if (mask.data()[i]) {
        values[k++] = Float.isFinite(magnitude[i]) ? magnitude[i] : 0;
      }
    }
    double bright = Quantiles.lower(values, values.length, 0.95);
    float[] out = new float[magnitude.length];
    for (int i = 0; i < out.length; i++) {
      boolean use = mask.data()[i] && bright > 0 && Float.isFinite(magnitude[i]);
      out[i] = use ? (float) Math.max(0, Math.min(2, magnitude[i] / bright)) : 0;
    }
    return out;
  }

  private static float clip(double value) {
    return (float) Math.max(-CLIP, Math.min(CLIP, value));
  }
}
