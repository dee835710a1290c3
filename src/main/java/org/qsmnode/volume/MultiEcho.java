package org.qsmnode.volume;

import java.util.List;

/**
 * A multi-echo gradient-echo acquisition ready for field mapping.
 *
 * @param magnitude one volume per echo, arbitrary but common scale
 * @param phaseRad one volume per echo, radians in [-pi, pi), growing with the local field
 *     (paramagnetic positive)
 * @param echoTimesSeconds strictly increasing
 * @param fieldStrengthTesla main field
 * @param b0Direction unit vector of the main field in voxel axes
 */
public record MultiEcho(
    List<Volume> magnitude,
    List<Volume> phaseRad,
    double[] echoTimesSeconds,
    double fieldStrengthTesla,
    Vector3 b0Direction) {

  public MultiEcho {
    magnitude = List.copyOf(magnitude);
    phaseRad = List.copyOf(phaseRad);
    echoTimesSeconds = echoTimesSeconds.clone();
    int echoes = echoTimesSeconds.length;
    if (echoes == 0 || magnitude.size() != echoes || phaseRad.size() != echoes) {
      throw new IllegalArgumentException(
          "%d echo times, %d magnitude and %d phase volumes"
              .formatted(echoes, magnitude.size(), phaseRad.size()));
    }
    for (int e = 0; e < echoes; e++) {
      double previous = e == 0 ? 0 : echoTimesSeconds[e - 1];
      if (!(echoTimesSeconds[e] > previous)) {
        throw new IllegalArgumentException("echo times must be positive and increasing");
      }
      magnitude.get(0).grid().requireSameDims(magnitude.get(e).grid(), "magnitude");
      magnitude.get(0).grid().requireSameDims(phaseRad.get(e).grid(), "phaseRad");
    }
    if (!(fieldStrengthTesla > 0)) {
      throw new IllegalArgumentException("fieldStrengthTesla must be positive");
    }
    b0Direction = b0Direction.unit();
  }

  public Grid grid() {
    return magnitude.get(0).grid();
  }

  public int echoes() {
    return echoTimesSeconds.length;
  }

  @Override
  public double[] echoTimesSeconds() {
    return echoTimesSeconds.clone();
  }
}
