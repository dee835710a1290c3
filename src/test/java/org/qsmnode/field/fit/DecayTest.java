package org.qsmnode.field.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsmnode.field.data.EchoPhantom;

final class DecayTest {

  private static double[] magnitudes(double[] te, double rate, double sigma, Random random) {
    double[] m = new double[te.length];
    for (int e = 0; e < te.length; e++) {
      double a = Math.exp(-rate * te[e]);
      m[e] = Math.hypot(a + sigma * random.nextGaussian(), sigma * random.nextGaussian());
    }
    return m;
  }

  @Test
  void anExponentialWithoutNoiseIsFound() {
    double[] te = {0.003, 0.009, 0.014, 0.03, 0.041};
    Decay decay = new Decay(te);
    decay.fit(magnitudes(te, 37, 0, new Random(1)), 0);
    assertEquals(37, decay.rate(), 1e-9);
  }

  @ParameterizedTest
  @CsvSource({"20, 4, 20", "40, 6, 20", "90, 8, 20", "60, 12, 12", "25, 3, 100"})
  void noiseDoesNotLengthenTheDecay(double rate, int echoes, double snr) {
    double[] te = EchoPhantom.echoes(echoes, 0.004, 0.005);
    Decay decay = new Decay(te);
    Random random = new Random(2);
    double sum = 0;
    int draws = 20_000;
    for (int d = 0; d < draws; d++) {
      decay.fit(magnitudes(te, rate, 1 / snr, random), 1 / snr);
      sum += decay.rate();
    }
    assertEquals(rate, sum / draws, 0.03 * rate);
  }

  @Test
  void theAmplitudeOfAnEchoLostInNoiseIsThatOfTheDecayAndABrightOneAsMeasured() {
    double[] te = EchoPhantom.echoes(8, 0.004, 0.005);
    Decay decay = new Decay(te);
    double[] m = magnitudes(te, 200, 0.02, new Random(3));
    decay.fit(m, 0.02);
    assertTrue(decay.amplitude(7, m[7], 0.02) < 0.5 * 0.02);
    assertEquals(m[0], decay.amplitude(0, m[0], 0.02), 0.01 * m[0]);
  }

  @Test
  void silenceAndNoiseGiveAFiniteRate() {
    double[] te = EchoPhantom.echoes(3, 0.004, 0.005);
    Decay decay = new Decay(te);
    decay.fit(new double[3], 0);
    assertEquals(0, decay.rate());
    Random random = new Random(4);
    double[] rates = new double[2000];
    for (int k = 0; k < rates.length; k++) {
      decay.fit(magnitudes(te, 1e6, 1, random), 1);
      rates[k] = decay.rate();
    }
    assertTrue(Arrays.stream(rates).allMatch(r -> r >= 0 && r < 1e4));
  }
}
