package org.qsmnode.pipeline;

import java.util.List;
import org.qsmnode.field.FieldSettings;
import org.qsmnode.field.background.BackgroundSettings;
import org.qsmnode.field.phase.Unwrapping;
import org.qsmnode.pipeline.ValueRange.Choice;
import org.qsmnode.pipeline.ValueRange.Number;
import org.qsmnode.pipeline.ValueRange.Text;
import org.qsmnode.pipeline.ValueRange.Whole;

/** Settings of field mapping. */
final class FieldKeys {

  private static final FieldSettings DEFAULTS = FieldSettings.defaults();

  static final SettingKey MASK =
      new SettingKey(
          "field.mask",
          "Mask to use instead of the brain found in the magnitude, for reconstruct; a node leaves"
              + " it empty.",
          "",
          new Text("a NIfTI file or a binary DICOM Segmentation, or empty", text -> true),
          "");
  private static final SettingKey BRAIN_THRESHOLD =
      new SettingKey(
          "field.brain-threshold",
          "Share of the local brightness of the brain above which a voxel is tissue; smaller gives"
              + " a larger mask.",
          "",
          new Number(0.3, 0.9),
          plain(DEFAULTS.brainThreshold()));
  private static final SettingKey MINIMUM_SNR =
      new SettingKey(
          "field.minimum-snr",
          "A voxel whose first echo is under this many noise standard deviations carries no"
              + " information.",
          "",
          new Number(0, 100),
          plain(DEFAULTS.minimumSnr()));
  private static final SettingKey MINIMUM_QUALITY =
      new SettingKey(
          "field.minimum-quality",
          "Phase quality under which voxels at the rim of the mask are removed.",
          "",
          new Number(0, 0.99),
          plain(DEFAULTS.minimumQuality()));
  private static final SettingKey OFFSET_SMOOTHING =
      new SettingKey(
          "field.offset-smoothing",
          "Standard deviation of the smoothing of the phase offset.",
          "mm",
          new Number(0.1, 100),
          plain(DEFAULTS.offsetSmoothingMm()));
  private static final SettingKey UNWRAPPING =
      new SettingKey(
          "field.unwrapping",
          "How phase is unwrapped in space.",
          "",
          new Choice(Unwrapping.words()),
          DEFAULTS.unwrapping().word());
  private static final SettingKey BACKGROUND =
      new SettingKey(
          "field.background",
          "How the field of sources outside the mask is removed: projection onto dipole fields"
              + " with sources inside fitted along, or without, V-SHARP, Laplacian boundary values,"
              + " iterated spherical mean.",
          "",
          new Choice(BackgroundSettings.METHODS),
          DEFAULTS.background().method());
  private static final SettingKey PDF_ITERATIONS =
      new SettingKey(
          "field.pdf-iterations",
          "Most conjugate gradient steps of the methods joint and pdf.",
          "",
          new Whole(1, 10000),
          plain(DEFAULTS.background().pdfIterations()));
  private static final SettingKey PDF_TOLERANCE =
      new SettingKey(
          "field.pdf-tolerance",
          "Relative residual at which joint and pdf stop.",
          "",
          new Number(1e-6, 0.99),
          plain(DEFAULTS.background().pdfTolerance()));
  private static final SettingKey PDF_MARGIN =
      new SettingKey(
          "field.pdf-margin",
          "Space for background sources around the mask, for joint and pdf.",
          "mm",
          new Number(0, 500),
          plain(DEFAULTS.background().pdfMarginMm()));
  private static final SettingKey INNER =
      new SettingKey(
          "field.inner-spread",
          "Standard deviation of the susceptibility inside the mask that joint expects.",
          "ppm",
          new Number(0.001, 1),
          plain(DEFAULTS.background().innerPpm()));
  private static final SettingKey SHARP_LARGEST =
      new SettingKey(
          "field.vsharp-radius",
          "Largest radius of V-SHARP.",
          "mm",
          new Number(1, 100),
          plain(DEFAULTS.background().sharpLargestMm()));
  private static final SettingKey SHARP_THRESHOLD =
      new SettingKey(
          "field.vsharp-threshold",
          "Spectrum of the filter of V-SHARP under which it is not undone.",
          "",
          new Number(0.001, 0.9),
          plain(DEFAULTS.background().sharpThreshold()));
  private static final SettingKey ISMV_RADIUS =
      new SettingKey(
          "field.ismv-radius",
          "Radius of the iterated spherical mean.",
          "mm",
          new Number(1, 100),
          plain(DEFAULTS.background().ismvRadiusMm()));
  private static final SettingKey RIM =
      new SettingKey(
          "field.rim-voxels",
          "Layers at the rim of the mask that are left out after background removal.",
          "voxels",
          new Whole(0, 20),
          Integer.toString(DEFAULTS.rimVoxels()));
  private static final SettingKey LEAST_SKEWNESS =
      new SettingKey(
          "field.least-skewness",
          "Skewness of the field that a head shows at least; below it the direction of the main"
              + " field is in doubt, below its negative the sign of the phase, and the acquisition"
              + " is refused; 0 turns the check off.",
          "",
          new Number(0, 100),
          plain(DEFAULTS.leastSkewness()));

  static final List<SettingKey> ALL =
      List.of(
          MASK,
          BRAIN_THRESHOLD,
          MINIMUM_SNR,
          MINIMUM_QUALITY,
          OFFSET_SMOOTHING,
          UNWRAPPING,
          BACKGROUND,
          PDF_ITERATIONS,
          PDF_TOLERANCE,
          PDF_MARGIN,
          INNER,
          SHARP_LARGEST,
          SHARP_THRESHOLD,
          ISMV_RADIUS,
          RIM,
          LEAST_SKEWNESS);

  private FieldKeys() {}

  static FieldSettings read(SettingValues values) {
    return new FieldSettings(
        values.number(BRAIN_THRESHOLD),
        values.number(MINIMUM_SNR),
        values.number(MINIMUM_QUALITY),
        values.number(OFFSET_SMOOTHING),
        Unwrapping.of(values.text(UNWRAPPING)),
        new BackgroundSettings(
            values.text(BACKGROUND),
            values.whole(PDF_ITERATIONS),
            values.number(PDF_TOLERANCE),
            values.number(PDF_MARGIN),
            values.number(INNER),
            values.number(SHARP_LARGEST),
            values.number(SHARP_THRESHOLD),
            values.number(ISMV_RADIUS)),
        values.whole(RIM),
        values.number(LEAST_SKEWNESS),
        true);
  }

  /** The shortest text of a default, whole numbers without a decimal point. */
  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
