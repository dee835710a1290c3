package org.qsmnode.numeric;

import java.util.concurrent.TimeUnit;
import org.jtransforms.fft.FloatFFT_3D;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Vector3;

/** The whole dipole step against the bare transform pair of JTransforms at the padded size. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgs = "-Xmx3g")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 3)
public class DipoleBenchmark {

  @Param({"128x128x80", "184x184x174"})
  public String matrix = "128x128x80";

  private float[] data = {};
  private float[] complex = {};
  private DipoleConvolution dipole = new DipoleConvolution(Grid.isotropic(2, 2, 2, 1), Vector3.Z);
  private FloatFFT_3D plain = new FloatFFT_3D(2, 2, 2);

  @Setup
  public void allocate() {
    String[] n = matrix.split("x", 3);
    Grid grid =
        Grid.isotropic(Integer.parseInt(n[0]), Integer.parseInt(n[1]), Integer.parseInt(n[2]), 1);
    dipole = new DipoleConvolution(grid, new Vector3(0, 0.1, 1));
    data = new float[grid.size()];
    new SeededRandom(1).fillGaussian(data);
    int[] padded = dipole.fourier().padded();
    plain = new FloatFFT_3D(padded[2], padded[1], padded[0]);
    complex = new float[2 * padded[0] * padded[1] * padded[2]];
  }

  /** Padding, transform, kernel, inverse transform, cropping. */
  @Benchmark
  public float[] dipoleStep() {
    dipole.apply(data, data);
    return data;
  }

  /** Forward and inverse complex transform, nothing else. */
  @Benchmark
  public float[] transformPairAlone() {
    plain.complexForward(complex);
    plain.complexInverse(complex, true);
    return complex;
  }
}
