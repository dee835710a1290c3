package org.qsmnode.numeric;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.jtransforms.fft.FloatFFT_1D;

/**
 * Three-dimensional Fourier transform of real data of any size, with implied zero padding.
 *
 * <p>Only the half spectrum that real data need is computed, and lines that padding makes zero, or
 * that are cropped away, are skipped. Lengths from {@link GoodSizes} are fastest. Tables and work
 * buffers are kept, so an instance serves one thread at a time; inside it uses all cores. The order
 * of a spectrum is private: build factors with {@link #multiplier} or {@link #multiplierOfImage}.
 */
public final class Fourier {

  private static final int BLOCK = 16;

  private final int[] data;
  private final int nx;
  private final int ny;
  private final int nz;
  private final int halfX;
  private final FloatFFT_1D alongX;
  private final FloatFFT_1D alongY;
  private final FloatFFT_1D alongZ;
  private float[] work = {};

  /** A value for every frequency. */
  @FunctionalInterface
  public interface FrequencyFunction {

    /**
     * Value at signed frequency indices, each from -n/2 to (n-1)/2; index / (n * voxel size) is the
     * frequency.
     */
    double at(int kx, int ky, int kz);
  }

  /** A transform without padding. */
  public Fourier(int nx, int ny, int nz) {
    this(new int[] {nx, ny, nz}, new int[] {nx, ny, nz});
  }

  /**
   * A transform of length {@code padded} of data of size {@code data}, which are taken to lie at
   * the corner of the padded block.
   */
  public Fourier(int[] data, int[] padded) {
    for (int a = 0; a < 3; a++) {
      if (data[a] < 1 || padded[a] < data[a]) {
        throw new IllegalArgumentException(
            "padded must hold data: " + Arrays.toString(data) + " in " + Arrays.toString(padded));
      }
    }
    this.data = data.clone();
    nx = padded[0];
    ny = padded[1];
    nz = padded[2];
    halfX = nx / 2 + 1;
    if (2L * halfX * ny * nz > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("padded is too large for one array");
    }
    alongX = new FloatFFT_1D(nx);
    alongY = ny == nx ? alongX : new FloatFFT_1D(ny);
    alongZ = nz == nx ? alongX : nz == ny ? alongY : new FloatFFT_1D(nz);
  }

  /** Padded lengths {nx, ny, nz}. */
  public int[] padded() {
    return new int[] {nx, ny, nz};
  }

  /** Size of the data {nx, ny, nz}. */
  public int[] data() {
    return data.clone();
  }

  /** Length of a spectrum array. */
  public int spectrumLength() {
    return 2 * halfX * ny * nz;
  }

  /** Length of a multiplier array: one real factor for each element of the half spectrum. */
  public int multiplierLength() {
    return halfX * ny * nz;
  }

  /** Spectrum of {@code real}, which has the size of the data; unscaled. */
  public void forward(float[] real, float[] spectrum) {
    requireLength(real, data[0] * data[1] * data[2], "real");
    requireLength(spectrum, spectrumLength(), "spectrum");
    planesForward(real, spectrum);
    columns(spectrum, null, Direction.FORWARD);
  }

  /** Data of a spectrum, scaled so that it undoes {@link #forward}; destroys the spectrum. */
  public void inverse(float[] spectrum, float[] real) {
    requireLength(real, data[0] * data[1] * data[2], "real");
    requireLength(spectrum, spectrumLength(), "spectrum");
    columns(spectrum, null, Direction.INVERSE);
    planesInverse(spectrum, real);
  }

  /**
   * Multiplies the spectrum of {@code in} and returns to data; {@code out} may be {@code in}. With
   * a real multiplier the operation is symmetric, also between cropped arrays.
   */
  public void convolve(float[] in, float[] multiplier, float[] out) {
    requireLength(in, data[0] * data[1] * data[2], "in");
    requireLength(out, in.length, "out");
    requireLength(multiplier, multiplierLength(), "multiplier");
    if (work.length == 0) {
      work = new float[2 * halfX * ny * data[2]];
    }
    planesForward(in, work);
    columns(work, multiplier, Direction.BOTH);
    planesInverse(work, out);
  }

  /** Multiplies a spectrum by a real factor for each frequency. */
  public void multiply(float[] spectrum, float[] multiplier) {
    requireLength(spectrum, spectrumLength(), "spectrum");
    requireLength(multiplier, multiplierLength(), "multiplier");
    Parallel.run(
        multiplier.length,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            spectrum[2 * i] *= multiplier[i];
            spectrum[2 * i + 1] *= multiplier[i];
          }
        });
  }

  /**
   * Samples a real function of frequency in the order of a spectrum. At the Nyquist frequency of an
   * even length both signs share one sample. There it takes the mean of the function at the
   * frequency and at its mirror, which keeps convolution real and symmetric.
   */
  public float[] multiplier(FrequencyFunction function) {
    float[] multiplier = new float[multiplierLength()];
    Parallel.run(
        nz,
        (from, to) -> {
          for (int z = from, i = from * halfX * ny; z < to; z++) {
            for (int x = 0; x < halfX; x++) {
              for (int y = 0; y < ny; y++, i++) {
                multiplier[i] = (float) even(function, x, y, z);
              }
            }
          }
        });
    return multiplier;
  }

  private double even(FrequencyFunction function, int x, int y, int z) {
    double value = function.at(signed(x, nx), signed(y, ny), signed(z, nz));
    if (2 * x == nx || 2 * y == ny || 2 * z == nz) {
      double mirror =
          function.at(
              signed((nx - x) % nx, nx), signed((ny - y) % ny, ny), signed((nz - z) % nz, nz));
      return 0.5 * (value + mirror);
    }
    return value;
  }

  /**
   * The multiplier that convolves with an even kernel given in image space.
   *
   * @param kernel padded size, its centre at index 0 and negative offsets wrapped to the end; the
   *     odd part of a kernel is ignored
   */
  public float[] multiplierOfImage(float[] kernel) {
    Fourier whole = new Fourier(nx, ny, nz);
    float[] spectrum = new float[spectrumLength()];
    whole.forward(kernel, spectrum);
    float[] multiplier = new float[multiplierLength()];
    for (int i = 0; i < multiplier.length; i++) {
      multiplier[i] = spectrum[2 * i];
    }
    return multiplier;
  }

  /** The signed frequency of index {@code i} of a transform of length {@code n}. */
  public static int signed(int i, int n) {
    return i <= (n - 1) / 2 ? i : i - n;
  }

  private enum Direction {
    FORWARD,
    INVERSE,
    BOTH
  }

  /** Along x and y: data to planes of order [z][kx][ky], for the planes that hold data. */
  private void planesForward(float[] in, float[] planes) {
    int plane = 2 * halfX * ny;
    Parallel.run(
        data[2],
        (from, to) -> {
          float[] line = new float[nx + 2];
          for (int z = from; z < to; z++) {
            int at = z * plane;
            Arrays.fill(planes, at, at + plane, 0);
            for (int y = 0; y < data[1]; y++) {
              System.arraycopy(in, data[0] * (y + data[1] * z), line, 0, data[0]);
              Arrays.fill(line, data[0], nx, 0);
              alongX.realForward(line, 0);
              unpack(line);
              for (int x = 0, p = at + 2 * y; x < halfX; x++, p += 2 * ny) {
                planes[p] = line[2 * x];
                planes[p + 1] = line[2 * x + 1];
              }
            }
            for (int x = 0; x < halfX; x++) {
              alongY.complexForward(planes, at + 2 * ny * x);
            }
          }
        });
  }

  private void planesInverse(float[] planes, float[] out) {
    int plane = 2 * halfX * ny;
    float scale = (float) (1.0 / ((double) ny * nz));
    Parallel.run(
        data[2],
        (from, to) -> {
          float[] line = new float[nx + 2];
          for (int z = from; z < to; z++) {
            int at = z * plane;
            for (int x = 0; x < halfX; x++) {
              alongY.complexInverse(planes, at + 2 * ny * x, false);
            }
            for (int y = 0; y < data[1]; y++) {
              for (int x = 0, p = at + 2 * y; x < halfX; x++, p += 2 * ny) {
                line[2 * x] = planes[p];
                line[2 * x + 1] = planes[p + 1];
              }
              pack(line);
              alongX.realInverse(line, 0, true);
              for (int x = 0, o = data[0] * (y + data[1] * z); x < data[0]; x++, o++) {
                out[o] = scale * line[x];
              }
            }
          }
        });
  }

  /** Along z, a block of neighbouring ky at a time so that memory is read in whole cache lines. */
  private void columns(float[] planes, float @Nullable [] factor, Direction direction) {
    int blocks = (ny + BLOCK - 1) / BLOCK;
    int in = direction == Direction.INVERSE ? nz : data[2];
    int out = direction == Direction.FORWARD ? nz : data[2];
    int plane = halfX * ny;
    Parallel.run(
        halfX * blocks,
        (from, to) -> {
          float[] lines = new float[2 * nz * BLOCK];
          for (int task = from; task < to; task++) {
            int first = task % blocks * BLOCK;
            int count = Math.min(BLOCK, ny - first);
            int at = task / blocks * ny + first;
            gather(planes, at, plane, count, in, lines);
            for (int c = 0; c < count; c++) {
              if (direction != Direction.INVERSE) {
                alongZ.complexForward(lines, 2 * nz * c);
              }
            }
            if (factor != null) {
              scale(lines, factor, at, plane, count);
            }
            for (int c = 0; c < count; c++) {
              if (direction != Direction.FORWARD) {
                alongZ.complexInverse(lines, 2 * nz * c, false);
              }
            }
            scatter(lines, count, out, planes, at, plane);
          }
        });
  }

  private void gather(float[] planes, int at, int plane, int count, int depth, float[] lines) {
    for (int z = 0; z < depth; z++) {
      for (int c = 0, p = 2 * (at + z * plane), l = 2 * z; c < count; c++, p += 2, l += 2 * nz) {
        lines[l] = planes[p];
        lines[l + 1] = planes[p + 1];
      }
    }
    for (int c = 0; c < count; c++) {
      Arrays.fill(lines, 2 * (nz * c + depth), 2 * nz * (c + 1), 0);
    }
  }

  private void scatter(float[] lines, int count, int depth, float[] planes, int at, int plane) {
    for (int z = 0; z < depth; z++) {
      for (int c = 0, p = 2 * (at + z * plane), l = 2 * z; c < count; c++, p += 2, l += 2 * nz) {
        planes[p] = lines[l];
        planes[p + 1] = lines[l + 1];
      }
    }
  }

  private void scale(float[] lines, float[] factor, int at, int plane, int count) {
    for (int z = 0; z < nz; z++) {
      for (int c = 0, f = at + z * plane, l = 2 * z; c < count; c++, f++, l += 2 * nz) {
        lines[l] *= factor[f];
        lines[l + 1] *= factor[f];
      }
    }
  }

  /** From JTransforms' packed order of a real transform to kx = 0..nx/2, real and imaginary. */
  private void unpack(float[] line) {
    if (nx == 1) {
      line[1] = 0;
    } else if (nx % 2 == 0) {
      line[nx] = line[1];
      line[nx + 1] = 0;
      line[1] = 0;
    } else {
      line[nx] = line[1];
      line[1] = 0;
    }
  }

  private void pack(float[] line) {
    if (nx > 1) {
      line[1] = line[nx];
    }
  }

  private static void requireLength(float[] array, int length, String name) {
    if (array.length != length) {
      throw new IllegalArgumentException(
          name + " has length " + array.length + ", expected " + length);
    }
  }
}
