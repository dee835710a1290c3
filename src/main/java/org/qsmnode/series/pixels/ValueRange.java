package org.qsmnode.series.pixels;

import java.util.Arrays;
import java.util.List;

/** Smallest and largest of some values. */
record ValueRange(double lowest, double highest) {

  private static final float LOOSE = 0.1f;
  private static final int SAMPLES = 4096;

  double width() {
    return highest - lowest;
  }

  boolean within(double low, double high) {
    return lowest >= low && highest <= high;
  }

  static ValueRange of(List<float[]> volumes) {
    return bright(volumes, volumes, Float.NEGATIVE_INFINITY);
  }

  /** Range of {@code values} where the magnitude of the same echo is not mere background. */
  static ValueRange loose(List<float[]> values, List<float[]> magnitudes) {
    return bright(values, magnitudes, LOOSE * bright(magnitudes.get(0)));
  }

  /** A level that only the brightest percent of voxels reach. */
  static float bright(float[] magnitude) {
    int step = Math.max(1, magnitude.length / SAMPLES);
    float[] sample = new float[(magnitude.length + step - 1) / step];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = magnitude[i * step];
    }
    Arrays.sort(sample);
    return sample[(int) (0.99 * (sample.length - 1))];
  }

  private static ValueRange bright(
      List<float[]> values, List<float[]> magnitudes, float threshold) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (int echo = 0; echo < values.size(); echo++) {
      float[] value = values.get(echo);
      float[] magnitude = magnitudes.get(echo);
      for (int i = 0; i < value.length; i++) {
        if (magnitude[i] > threshold) {
          low = Math.min(low, value[i]);
          high = Math.max(high, value[i]);
        }
      }
    }
    return new ValueRange(low, high);
  }
}
