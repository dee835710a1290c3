package org.qsmnode.simulate.dicom;

/**
 * Philips' two scales: displayed value = stored * slope + intercept, and the floating-point value
 * displayed / (slope * scaleSlope) that all images of a study share.
 *
 * @param slope RescaleSlope
 * @param intercept RescaleIntercept
 * @param scaleSlope private scale slope (2005,100E)
 * @param unit RescaleType
 */
record PhilipsScale(double slope, double intercept, float scaleSlope, String unit) {

  private static final double HIGHEST_STORED = 4000;
  private static final double FLOATING_PEAK = 1e6;
  private static final double PHASE_SLOPE = 1.53455433455433;
  private static final double PHASE_INTERCEPT = -3142;

  /** The scale of a frame: every echo has its own for the magnitude, all share that of phase. */
  static PhilipsScale of(StudySource study, StudyFrame frame) {
    if (frame.component() == Component.PHASE) {
      return new PhilipsScale(PHASE_SLOPE, PHASE_INTERCEPT, 1, "mrad");
    }
    double peak = study.peak(frame.echo()) / study.peak() * FLOATING_PEAK;
    double slope = 1.29157509157509 * (1 + 0.125 * frame.echo());
    return new PhilipsScale(slope, 0, (float) (HIGHEST_STORED / peak), "normalized");
  }

  int stored(StudySource study, StudyFrame frame, int index) {
    double value = study.value(frame, index);
    if (frame.component() == Component.PHASE) {
      return (int) Math.round((1000 * StudySource.wrap(value) - intercept) / slope);
    }
    return (int) Math.round(value / study.peak() * FLOATING_PEAK * scaleSlope);
  }
}
