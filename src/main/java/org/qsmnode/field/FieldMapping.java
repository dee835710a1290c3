package org.qsmnode.field;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.qsmnode.field.background.BackgroundRemoval;
import org.qsmnode.field.check.PhaseDoubts;
import org.qsmnode.field.check.SignCheck;
import org.qsmnode.field.data.EchoImages;
import org.qsmnode.field.data.FieldMappingException;
import org.qsmnode.field.data.TotalField;
import org.qsmnode.field.mask.BrainMask;
import org.qsmnode.field.mask.MaskRim;
import org.qsmnode.numeric.Progress;
import org.qsmnode.volume.FieldUnits;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Morphology;
import org.qsmnode.volume.MultiEcho;
import org.qsmnode.volume.Volume;

/**
 * From multi-echo magnitude and phase to the local field with its noise.
 *
 * <p>The steps: mask from the magnitude; phase step between echoes unwrapped in space; phase offset
 * removed; complex fit of the echoes. Then the rim is trimmed by quality, the sign checked against
 * tissue in air, and the background removed. An instance holds settings only and may be used by
 * several threads.
 */
public final class FieldMapping {

  private final FieldSettings settings;

  public FieldMapping(FieldSettings settings) {
    this.settings = settings;
  }

  /**
   * Maps one acquisition.
   *
   * @param userMask voxels to use instead of the brain found in the magnitude
   * @throws FieldMappingException when no field that one may trust comes out
   */
  public LocalField map(MultiEcho input, Optional<Mask> userMask, Progress progress)
      throws FieldMappingException {
    if (input.echoes() < 2) {
      throw new FieldMappingException(
          FieldMappingException.Code.TOO_FEW_ECHOES,
          "field mapping needs two echoes or more, this acquisition has one");
    }
    List<String> notes = new ArrayList<>();
    Stages stages = new Stages(progress);
    EchoImages images = EchoImages.of(input);
    Fitted fitted = fit(input, images, userMask, stages, notes);
    TotalField total = fitted.total();
    stages.begin("sign");
    new SignCheck(settings.leastSkewness(), settings.signKnown()).check(total, notes);
    stages.begin("background");
    BackgroundRemoval.Result local = settings.background().removal().remove(total, stages::at);
    notes.add(local.note());
    Mask inner = withoutRim(local.mask(), notes);
    float[] magnitude = images.combinedMagnitude();
    notes.add(stages.end());
    float[] totalHz = total.ppm().clone();
    scale(totalHz, FieldUnits.hzPerPpm(input.fieldStrengthTesla()));
    return new LocalField(
        inside(inner, totalHz),
        inside(inner, local.localPpm()),
        inside(inner, total.sdPpm()),
        inner,
        new Volume(images.grid(), magnitude),
        inside(inner, fitted.r2starHz()),
        input.fieldStrengthTesla(),
        DoubleStream.of(input.echoTimesSeconds()).boxed().toList(),
        input.b0Direction(),
        FieldOrigin.MAPPED,
        notes);
  }

  /** What is known before the background is removed. */
  record Fitted(TotalField total, float[] r2starHz) {}

  /** From echoes to the total field with its noise. */
  Fitted fit(
      MultiEcho input,
      EchoImages images,
      Optional<Mask> userMask,
      Stages stages,
      List<String> notes)
      throws FieldMappingException {
    Grid grid = images.grid();
    stages.begin("mask");
    float[] first = input.magnitude().get(0).data();
    Mask object = BrainMask.object(grid, first);
    Mask start = startMask(grid, first, object, userMask, notes);
    PhaseDoubts.check(images, start, notes);
    CombinedField combined = CombinedField.of(images, start, settings, stages, notes);
    Mask mask = trimmed(start, combined, userMask.isPresent(), notes);
    return new Fitted(totalField(input, mask, combined), combined.r2starHz());
  }

  private Mask startMask(
      Grid grid, float[] first, Mask object, Optional<Mask> userMask, List<String> notes)
      throws FieldMappingException {
    if (userMask.isEmpty()) {
      return BrainMask.brain(grid, first, object, settings.brainThreshold(), notes);
    }
    Mask mask = userMask.get();
    if (!mask.grid().sameDims(grid)) {
      throw new FieldMappingException(
          FieldMappingException.Code.MASK_MISMATCH,
          "the mask is %dx%dx%d, the images are %dx%dx%d"
              .formatted(
                  mask.grid().nx(),
                  mask.grid().ny(),
                  mask.grid().nz(),
                  grid.nx(),
                  grid.ny(),
                  grid.nz()));
    }
    BrainMask.requireSize(mask, "the given mask is empty or too small");
    notes.add(
        String.format(Locale.ROOT, "The given mask of %.0f cm3 was used.", BrainMask.cm3(mask)));
    return new Mask(grid, mask.data().clone());
  }

  private Mask trimmed(Mask start, CombinedField field, boolean given, List<String> notes)
      throws FieldMappingException {
    if (given) {
      return start;
    }
    Mask mask = MaskRim.trim(start, field.quality(), field.slopeSd(), settings.minimumQuality());
    BrainMask.requireSize(mask, "no connected region with usable phase was found");
    notes.add(
        String.format(
            Locale.ROOT,
            "%.1f cm3 at the rim of the mask were removed because their phase is unreliable.",
            BrainMask.cm3(start) - BrainMask.cm3(mask)));
    return mask;
  }

  private static TotalField totalField(MultiEcho input, Mask mask, CombinedField field) {
    double perPpm = FieldUnits.radPerPpm(input.fieldStrengthTesla(), 1);
    float[] ppm = new float[input.grid().size()];
    float[] sd = new float[ppm.length];
    for (int i = 0; i < ppm.length; i++) {
      if (mask.data()[i]) {
        ppm[i] = (float) (field.slope()[i] / perPpm);
        sd[i] = (float) (field.slopeSd()[i] / perPpm);
      }
    }
    return new TotalField(ppm, sd, mask, input.b0Direction());
  }

  private Mask withoutRim(Mask mask, List<String> notes) throws FieldMappingException {
    Mask inner = Morphology.erodeVoxels(mask, settings.rimVoxels());
    BrainMask.requireSize(inner, "no voxel is far enough from the rim of the mask");
    notes.add(
        String.format(
            Locale.ROOT,
            "%.1f cm3 at the rim of the mask, %d voxels deep, were left out because background"
                + " removal is uncertain there.",
            BrainMask.cm3(mask) - BrainMask.cm3(inner),
            settings.rimVoxels()));
    return inner;
  }

  private static Volume inside(Mask mask, float[] values) {
    float[] kept = new float[values.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = mask.data()[i] ? values[i] : 0;
    }
    return new Volume(mask.grid(), kept);
  }

  private static void scale(float[] values, double factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] * factor);
    }
  }
}
