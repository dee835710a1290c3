package org.qsmnode.numeric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FourierTest {

  private static float[] noise(int size, long seed) {
    float[] values = new float[size];
    new SeededRandom(seed).fillGaussian(values);
    return values;
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,1",
    "2,2,2",
    "1,5,4",
    "4,1,7",
    "3,4,5",
    "8,8,8",
    "16,6,9",
    "7,11,13",
    "10,12,15",
    "17,20,18",
    "32,18,27"
  })
  void forwardThenInverseIsTheIdentityForEverySize(int nx, int ny, int nz) {
    Fourier fourier = new Fourier(nx, ny, nz);
    float[] data = noise(nx * ny * nz, 1);
    float[] spectrum = new float[fourier.spectrumLength()];
    float[] back = new float[data.length];
    fourier.forward(data, spectrum);
    fourier.inverse(spectrum, back);
    assertArrayEquals(data, back, 1e-5f);
  }

  @ParameterizedTest
  @CsvSource({"3,4,5", "6,5,8", "8,4,2", "7,9,10", "16,3,4"})
  void paddedConvolutionEqualsTheSlowSumOverTheDefinition(int nx, int ny, int nz) {
    int[] data = {Math.max(1, nx - 2), Math.max(1, ny - 1), Math.max(1, nz - 1)};
    float[] in = noise(data[0] * data[1] * data[2], 2);
    float[] kernel = noise(nx * ny * nz, 3);
    evenPart(kernel, nx, ny, nz);
    Fourier fourier = new Fourier(data, new int[] {nx, ny, nz});
    float[] out = new float[in.length];
    fourier.convolve(in, fourier.multiplierOfImage(kernel), out);
    float[] expected = new float[in.length];
    for (int i = 0; i < in.length; i++) {
      double sum = 0;
      for (int j = 0; j < in.length; j++) {
        int dx = Math.floorMod(i % data[0] - j % data[0], nx);
        int dy = Math.floorMod(i / data[0] % data[1] - j / data[0] % data[1], ny);
        int dz = Math.floorMod(i / (data[0] * data[1]) - j / (data[0] * data[1]), nz);
        sum += (double) in[j] * kernel[dx + nx * (dy + ny * dz)];
      }
      expected[i] = (float) sum;
    }
    assertArrayEquals(expected, out, 2e-4f);
  }

  private static void evenPart(float[] kernel, int nx, int ny, int nz) {
    float[] copy = kernel.clone();
    for (int i = 0; i < kernel.length; i++) {
      int x = (nx - i % nx) % nx;
      int y = (ny - i / nx % ny) % ny;
      int z = (nz - i / (nx * ny)) % nz;
      kernel[i] = 0.5f * (copy[i] + copy[x + nx * (y + ny * z)]);
    }
  }

  @Test
  void aMultiplierMeansTheSameInBothWaysOfUsingIt() {
    Fourier fourier = new Fourier(new int[] {5, 6, 7}, new int[] {8, 9, 10});
    float[] data = noise(5 * 6 * 7, 4);
    float[] multiplier = fourier.multiplier((x, y, z) -> 1 / (1.0 + x * x + 2 * y * y + z * z));
    float[] fused = new float[data.length];
    fourier.convolve(data, multiplier, fused);
    float[] spectrum = new float[fourier.spectrumLength()];
    float[] steps = new float[data.length];
    fourier.forward(data, spectrum);
    fourier.multiply(spectrum, multiplier);
    fourier.inverse(spectrum, steps);
    assertArrayEquals(steps, fused, 1e-6f);
  }

  @Test
  void aPlaneWaveIsScaledByTheMultiplierAtItsFrequency() {
    int[] n = {12, 9, 10};
    float[] wave = new float[12 * 9 * 10];
    for (int i = 0; i < wave.length; i++) {
      double phase = 2.0 * (i % 12) / 12 - 3.0 * (i / 12 % 9) / 9 + 4.0 * (i / 108) / 10;
      wave[i] = (float) Math.cos(2 * Math.PI * phase);
    }
    Fourier fourier = new Fourier(n, n);
    float[] multiplier =
        fourier.multiplier(
            (x, y, z) ->
                Math.abs(x) == 2 && Math.abs(y) == 3 && Math.abs(z) == 4 && x * y < 0 && x * z > 0
                    ? 5
                    : 0);
    float[] out = new float[wave.length];
    fourier.convolve(wave, multiplier, out);
    for (int i = 0; i < wave.length; i++) {
      assertEquals(5 * wave[i], out[i], 1e-5);
    }
  }

  @Test
  void arraysOfTheWrongSizeAreNamed() {
    Fourier fourier = new Fourier(4, 4, 4);
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> fourier.forward(new float[63], new float[fourier.spectrumLength()]));
    assertEquals("real has length 63, expected 64", error.getMessage());
  }

  @Test
  void goodSizesAreEvenAndHaveSmallFactors() {
    int[] asked = {1, 2, 3, 7, 13, 97, 261, 276, 277, 300, 511};
    int[] expected = {2, 2, 4, 8, 16, 100, 270, 288, 288, 300, 512};
    for (int i = 0; i < asked.length; i++) {
      assertEquals(expected[i], GoodSizes.next(asked[i]));
    }
  }
}
