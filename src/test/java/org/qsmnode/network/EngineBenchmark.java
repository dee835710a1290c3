package org.qsmnode.network;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.qsmnode.numeric.SeededRandom;

/**
 * Times the engine of this build with the standard network of six inputs. Arguments: {@code forward
 * NX NY NZ}, {@code step NX NY NZ}, {@code tail NX NY NZ}, or {@code gradient8 NX NY NZ} and {@code
 * gradient16 NX NY NZ} for the gradients of a single convolution from 8 or 16 to 16 channels; one
 * process for each, as its peak resident size is part of the result.
 */
public final class EngineBenchmark {

  private static final int INPUTS = 6;
  private static final int OUTPUTS = 2;
  private static final int WARM_UPS = 2;
  private static final int RUNS = 5;

  private static double cpuMs;

  private EngineBenchmark() {}

  /** Prints one line of a Markdown table. */
  public static void main(String[] args) throws IOException {
    int[] dims = Arrays.stream(args).skip(1).mapToInt(Integer::parseInt).toArray();
    Engine engine = Engines.running();
    Weights weights = Weights.initial(Architecture.standard(INPUTS, OUTPUTS), 1);
    float[][] inputs = noise(INPUTS, dims);
    float[][] gradients = noise(OUTPUTS, dims);
    try (Network network = engine.open(weights)) {
      double[] ms =
          switch (args[0]) {
            case "forward" -> time(() -> network.forward(inputs, dims));
            case "step" ->
                time(
                    () -> {
                      network.forwardForTraining(inputs, dims);
                      network.backward(gradients);
                      network.step(1e-4);
                    });
            case "gradient8" -> gradient(network.kernels(), 8, dims);
            case "gradient16" -> gradient(network.kernels(), 16, dims);
            case "tail" -> tail(network, inputs, gradients, dims);
            default -> throw new IllegalArgumentException(args[0]);
          };
      double voxels = Block.voxels(dims);
      System.out.printf(
          "| %s | %s | %s | %s | %.0f | %.0f | %.0f | %.2f | %d |%n",
          engine.name(),
          engine.device(),
          args[0],
          String.join("x", Arrays.copyOfRange(args, 1, args.length)),
          ms[0],
          ms[RUNS / 2],
          cpuMs,
          1000 * ms[RUNS / 2] / voxels,
          peakMiB());
    }
  }

  private static double[] gradient(Kernels kernels, int channels, int[] dims) {
    Tensor input = kernels.volume(noise(channels, dims), dims, channels);
    Tensor outputGradient = kernels.volume(noise(16, dims), dims, 16);
    int[] shape = {16, channels, 3, 3, 3};
    Tensor weight = kernels.array(new float[16 * channels * 27], shape);
    return time(
        () -> {
          Kernels.Gradients all = kernels.convolveBackward(input, weight, outputGradient, false);
          all.weight().free();
          all.bias().free();
        });
  }

  private static double[] tail(Network network, float[][] inputs, float[][] gradients, int[] dims) {
    try (Tail tail = network.tail()) {
      tail.over(network.features(inputs, dims), dims);
      return time(
          () -> {
            tail.forwardForTraining();
            tail.backward(gradients);
            tail.step(1e-4);
          });
    }
  }

  /** Sorted milliseconds; {@link #cpuMs} becomes the mean of all threads' processor time. */
  private static double[] time(Runnable work) {
    for (int i = 0; i < WARM_UPS; i++) {
      work.run();
    }
    double[] ms = new double[RUNS];
    long cpuStart = cpuNanos();
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      work.run();
      ms[i] = (System.nanoTime() - start) / 1e6;
    }
    cpuMs = (cpuNanos() - cpuStart) / 1e6 / RUNS;
    Arrays.sort(ms);
    return ms;
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static float[][] noise(int channels, int[] dims) {
    float[][] values = new float[channels][(int) Block.voxels(dims)];
    for (int c = 0; c < channels; c++) {
      new SeededRandom(c).fillGaussian(values[c]);
    }
    return values;
  }

  /** Peak resident size of this process. */
  private static long peakMiB() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
        .findFirst()
        .orElse(-1);
  }
}
