package org.qsmnode.simulate.cases;

import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.simulate.signal.ScanGeometry.Plane;
import org.qsmnode.simulate.signal.ScanProtocol;

/** Main field, echoes, noise and direction of slices, each with its range. */
enum ScanRanges {
  /** 3 T, some 1.5 T; peak SNR 20 to 300; slices turned by 25 degrees at most. */
  USUAL,
  /** Usual but for 7 T, where echoes are shorter. */
  SEVEN_TESLA,
  /** Usual but for slices turned by 30 to 50 degrees. */
  OBLIQUE,
  /** Usual but for a peak SNR of 10 to 20. */
  NOISY;

  /** Part of the scans that are made at 1.5 T. */
  private static final double LOW_FIELD = 0.15;

  /** Echo times at 7 T over those at 3 T. */
  private static final double SHORTER_ECHOES = 0.6;

  private static final double[] FIRST_ECHO_SECONDS = {0.003, 0.006};
  private static final double[] SPACING_SECONDS = {0.004, 0.0065};
  private static final int FEWEST_ECHOES = 3;
  private static final int NUMBERS_OF_ECHOES = 5;

  /** Peak SNR is even on a logarithmic scale from {@code LEAST_SNR} to this many times as much. */
  private static final double SNR_RATIO = 15;

  private static final double LEAST_SNR = 20;
  private static final double[] NOISY_SNR = {10, 20};

  /** Parts of the scans in axial slices, and in axial or coronal ones. */
  private static final double AXIAL = 0.8;

  private static final double AXIAL_OR_CORONAL = 0.9;

  private static final double[] OBLIQUE_TILT_DEGREES = {30, 50};

  /** Standard deviation and largest value of the tilt of slices that nobody tilted on purpose. */
  private static final double TILT_SD_DEGREES = 8;

  private static final double MOST_TILT_DEGREES = 25;

  /** Standard deviation of the turn about the axis from front to back. */
  private static final double TURN_SD_DEGREES = 4;

  private static final double OBLIQUE_TURN_SD_DEGREES = 10;

  /** The sequence of one scan. */
  ScanProtocol protocol(SeededRandom random) {
    double tesla = this == SEVEN_TESLA ? 7 : random.uniform() < LOW_FIELD ? 1.5 : 3;
    double shorter = this == SEVEN_TESLA ? SHORTER_ECHOES : 1;
    double first = shorter * uniform(random, FIRST_ECHO_SECONDS);
    double spacing = shorter * uniform(random, SPACING_SECONDS);
    int echoes = FEWEST_ECHOES + random.below(NUMBERS_OF_ECHOES);
    double snr = LEAST_SNR * StrictMath.pow(SNR_RATIO, random.uniform());
    double noisy = uniform(random, NOISY_SNR);
    return ScanProtocol.equallySpaced(echoes, first, spacing, tesla)
        .withPeakSnr(this == NOISY ? noisy : snr);
  }

  /** The plane of slices before they are tilted. */
  Plane plane(SeededRandom random) {
    double draw = random.uniform();
    return draw < AXIAL ? Plane.AXIAL : draw < AXIAL_OR_CORONAL ? Plane.CORONAL : Plane.SAGITTAL;
  }

  /** Rotation of the slices about the left-right axis in degrees. */
  double tiltDegrees(SeededRandom random) {
    return this == OBLIQUE
        ? Math.copySign(uniform(random, OBLIQUE_TILT_DEGREES), random.gaussian())
        : slightTiltDegrees(random);
  }

  /** Rotation about the left-right axis of slices that nobody tilted on purpose, in degrees. */
  static double slightTiltDegrees(SeededRandom random) {
    double drawn = TILT_SD_DEGREES * random.gaussian();
    return Math.max(-MOST_TILT_DEGREES, Math.min(MOST_TILT_DEGREES, drawn));
  }

  /** Rotation of the slices about the front-back axis in degrees. */
  double turnDegrees(SeededRandom random) {
    return (this == OBLIQUE ? OBLIQUE_TURN_SD_DEGREES : TURN_SD_DEGREES) * random.gaussian();
  }

  private static double uniform(SeededRandom random, double[] range) {
    return random.uniform(range[0], range[1]);
  }
}
