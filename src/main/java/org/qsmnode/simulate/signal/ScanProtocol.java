package org.qsmnode.simulate.signal;

import java.util.Arrays;

/**
 * How the signal is measured.
 *
 * @param echoTimesSeconds strictly increasing
 * @param repetitionTimeSeconds time between excitations
 * @param flipDegrees excitation angle
 * @param fieldStrengthTesla main field
 * @param peakSnr largest noise-free magnitude in the brain at the first echo over the noise of one
 *     real channel
 * @param bipolar readout of alternating polarity: even and odd echoes differ by a linear phase
 */
public record ScanProtocol(
    double[] echoTimesSeconds,
    double repetitionTimeSeconds,
    double flipDegrees,
    double fieldStrengthTesla,
    double peakSnr,
    boolean bipolar) {

  public ScanProtocol {
    echoTimesSeconds = echoTimesSeconds.clone();
    if (echoTimesSeconds.length == 0) {
      throw new IllegalArgumentException("echoTimesSeconds is empty");
    }
    double previous = 0;
    for (double time : echoTimesSeconds) {
      if (!(time > previous)) {
        throw new IllegalArgumentException("echoTimesSeconds must be positive and increasing");
      }
      previous = time;
    }
    if (!(repetitionTimeSeconds > previous)) {
      throw new IllegalArgumentException("repetitionTimeSeconds must exceed the last echo time");
    }
    if (!(fieldStrengthTesla > 0) || !(peakSnr > 0) || !(flipDegrees > 0)) {
      throw new IllegalArgumentException(
          "fieldStrengthTesla, peakSnr and flipDegrees must be positive");
    }
  }

  /** Four echoes from 5 to 23 ms at 3 T, signal to noise ratio 100. */
  public static ScanProtocol defaults() {
    return equallySpaced(4, 0.005, 0.006, 3);
  }

  /** Echoes at equal distances, flip angle 15 degrees, signal to noise ratio 100. */
  public static ScanProtocol equallySpaced(
      int echoes, double firstSeconds, double spacingSeconds, double fieldStrengthTesla) {
    double[] times = new double[echoes];
    for (int e = 0; e < echoes; e++) {
      times[e] = Math.round((firstSeconds + e * spacingSeconds) * 1e6) / 1e6;
    }
    double last = times[echoes - 1];
    return new ScanProtocol(
        times,
        Math.max(0.03, Math.ceil(last * 1000 + 5) / 1000),
        15,
        fieldStrengthTesla,
        100,
        false);
  }

  /** This protocol with another noise level. */
  public ScanProtocol withPeakSnr(double peakSnr) {
    return new ScanProtocol(
        echoTimesSeconds, repetitionTimeSeconds, flipDegrees, fieldStrengthTesla, peakSnr, bipolar);
  }

  /** This protocol with readouts of alternating polarity. */
  public ScanProtocol withBipolarReadout() {
    return new ScanProtocol(
        echoTimesSeconds, repetitionTimeSeconds, flipDegrees, fieldStrengthTesla, peakSnr, true);
  }

  public int echoes() {
    return echoTimesSeconds.length;
  }

  @Override
  public double[] echoTimesSeconds() {
    return echoTimesSeconds.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScanProtocol that
        && Arrays.equals(echoTimesSeconds, that.echoTimesSeconds)
        && repetitionTimeSeconds == that.repetitionTimeSeconds
        && flipDegrees == that.flipDegrees
        && fieldStrengthTesla == that.fieldStrengthTesla
        && peakSnr == that.peakSnr
        && bipolar == that.bipolar;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(echoTimesSeconds) + Double.hashCode(fieldStrengthTesla);
  }
}
