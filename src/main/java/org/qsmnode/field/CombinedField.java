package org.qsmnode.field;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.qsmnode.field.data.EchoImages;
import org.qsmnode.field.data.FieldMappingException;
import org.qsmnode.field.fit.EchoFit;
import org.qsmnode.field.fit.EchoNoise;
import org.qsmnode.field.fit.FieldSpread;
import org.qsmnode.field.phase.BipolarReadout;
import org.qsmnode.field.phase.PhaseOffset;
import org.qsmnode.field.phase.PhaseStep;
import org.qsmnode.field.phase.PhaseUnwrapping;
import org.qsmnode.numeric.Quantiles;
import org.qsmnode.volume.Mask;

/**
 * The total field that all echoes together tell.
 *
 * @param slope phase gained per second, rad/s, any constant offset, 0 outside the mask
 * @param slopeSd standard deviation of the slope, rad/s; positive infinity where nothing is known
 * @param quality how well the phase of a voxel goes with its neighbours', 0 to 1
 * @param r2starHz effective transverse relaxation rate, 1/s, 0 outside the mask
 */
record CombinedField(float[] slope, float[] slopeSd, float[] quality, float[] r2starHz) {

  /**
   * Removes a bipolar readout's phase, unwraps the phase step between echoes in space, removes the
   * phase offset and fits the echoes.
   */
  static CombinedField of(
      EchoImages acquired, Mask mask, FieldSettings settings, Stages stages, List<String> notes)
      throws FieldMappingException {
    stages.begin("readout");
    EchoImages images = onePolarity(acquired, mask, settings.offsetSmoothingMm(), notes);
    stages.begin("unwrap");
    PhaseStep step = PhaseStep.of(images, mask);
    PhaseUnwrapping unwrapping = new PhaseUnwrapping(images, mask, step, settings.unwrapping());
    float[] unwrapped = unwrapping.step();
    stages.begin("offset");
    float[] offset =
        PhaseOffset.estimate(images, mask, step, unwrapped, settings.offsetSmoothingMm());
    unwrapping.followFirstEcho(offset, unwrapped);
    stages.begin("fit");
    for (int i = 0; i < unwrapped.length; i++) {
      unwrapped[i] /= (float) step.seconds();
    }
    EchoFit free = EchoFit.run(images, mask, offset, unwrapped, 0, 0);
    EchoNoise noise = EchoNoise.estimate(images, mask, free);
    notes.add(noiseNote(images, noise, mask));
    EchoFit fit = EchoFit.run(images, mask, offset, unwrapped, noise.priorRatio(), noise.sigma());
    float[] slopeSd = FieldSpread.slopeSd(images, mask, fit, noise, settings.minimumSnr());
    return new CombinedField(fit.slope(), slopeSd, unwrapping.quality(), fit.r2starHz());
  }

  private static EchoImages onePolarity(
      EchoImages images, Mask mask, double sigmaMm, List<String> notes) {
    if (images.echoes() == 2) {
      notes.add(
          "Short: two echoes. Noise is less certain, and a bipolar readout would not be noticed.");
      return images;
    }
    Optional<BipolarReadout> bipolar = BipolarReadout.detect(images, mask, sigmaMm);
    bipolar.ifPresent(found -> notes.add(found.note()));
    return bipolar.map(found -> found.corrected(images)).orElse(images);
  }

  private static String noiseNote(EchoImages images, EchoNoise noise, Mask mask)
      throws FieldMappingException {
    double signal =
        Quantiles.median(
            Quantiles.sorted(images.size(), i -> mask.data()[i], i -> images.magnitude(0, i)));
    if (!(signal > 2 * noise.sigma())) {
      throw new FieldMappingException(
          FieldMappingException.Code.LOW_SIGNAL,
          "the phase is as random as noise in most of the mask");
    }
    return String.format(
        Locale.ROOT,
        "Noise from the residuals of the echo fit%s: median SNR of the first echo %.0f; %.3f rad of"
            + " phase offset is not smooth.",
        images.echoes() == 2 ? " (two echoes: from the scatter of the phase offset)" : "",
        signal / noise.sigma(),
        Math.sqrt(noise.interceptVariance()));
  }
}
