package org.qsmnode.pipeline;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.qsmnode.field.FieldMapping;
import org.qsmnode.field.FieldOrigin;
import org.qsmnode.field.FieldSettings;
import org.qsmnode.field.LocalField;
import org.qsmnode.numeric.Progress;
import org.qsmnode.volume.FieldUnits;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.MultiEcho;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/**
 * The least heap with which each step ends when its mask fills the image, as that of a phantom
 * does, and what the process then holds beside the heap.
 *
 * <p>Arguments: {@code edge[,edge...] echoes step[,step...]}, edges of cubes in voxels, steps
 * {@code field} or names of methods; for example {@code 64,96 5 field,tkd,tv,gaussian,pdi,pdi-vi}.
 * Each trial is a process of its own; the least heap is found by halving.
 */
public final class LeastHeap {

  private static final PrintStream OUT = System.out;
  private static final double TESLA = 3;
  private static final double FIRST_ECHO_SECONDS = 0.004;
  private static final double NOISE = 0.01;

  /** What sources outside the image add, from one corner of it to the next. */
  private static final double BACKGROUND_PPM = 2;

  /** Voxels without signal at three sides, so that an object is seen. */
  private static final int AIR = 6;

  /** The search ends when the heap is known to this part. */
  private static final double PRECISION = 0.04;

  private LeastHeap() {}

  public static void main(String[] args) throws Exception {
    if (args[0].equals("child")) {
      run(args[1], Integer.parseInt(args[2]), Integer.parseInt(args[3]));
      OUT.println(
          Files.readString(Path.of("/proc/self/status"))
              .replaceAll("(?s).*VmHWM:\\s*(\\d+) kB.*", "$1"));
      return;
    }
    OUT.println(
        "| step | voxels | least heap, MiB | B per voxel | beside the heap, MiB | B per voxel |");
    OUT.println("|---|---|---|---|---|---|");
    for (String step : args[2].split(",", -1)) {
      for (String edge : args[0].split(",", -1)) {
        search(step, Integer.parseInt(edge), Integer.parseInt(args[1]));
      }
    }
  }

  private static void search(String step, int edge, int echoes) throws Exception {
    double voxels = Math.pow(edge, 3);
    double low = voxels * 20 / (1 << 20) + 20;
    double high = voxels * 2000 / (1 << 20) + 100;
    Optional<Long> resident = Optional.empty();
    while (high / low > 1 + PRECISION) {
      int heap = (int) Math.sqrt(low * high);
      Optional<Long> ended = child(step, edge, echoes, heap);
      if (ended.isPresent()) {
        high = heap;
        resident = ended;
      } else {
        low = heap;
      }
    }
    double beside = resident.orElse(0L) / 1024.0 - high;
    OUT.printf(
        "| %s | %d^3 | %.0f | %.0f | %.0f | %.0f |%n",
        step, edge, high, high * (1 << 20) / voxels, beside, beside * (1 << 20) / voxels);
  }

  /** Kilobytes resident at most, or nothing when the heap was too small. */
  private static Optional<Long> child(String step, int edge, int echoes, int heapMib)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMib + "m",
                "-XX:+UseParallelGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dorg.bytedeco.javacpp.maxbytes=16g",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=16g",
                "-cp",
                System.getProperty("java.class.path"),
                LeastHeap.class.getName(),
                "child",
                step,
                Integer.toString(edge),
                Integer.toString(echoes)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String[] lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .strip()
            .split("\n", -1);
    return process.waitFor() == 0
        ? Optional.of(Long.parseLong(lines[lines.length - 1]))
        : Optional.empty();
  }

  private static void run(String step, int edge, int echoes) throws Exception {
    Grid grid = Grid.isotropic(edge, edge, edge, 1);
    float[] ppm = field(grid);
    if (step.equals("field")) {
      MultiEcho images = images(grid, ppm, echoes);
      new FieldMapping(FieldSettings.defaults().withoutSignCheck())
          .map(images, Optional.of(Mask.full(grid)), Progress.NONE);
      return;
    }
    Map<String, String> settings =
        switch (step) {
          case "pdi" -> Map.of("model", "models/pdi");
          case "pdi-vi" -> Map.of("model", "models/pdi", "steps", "2", "budgetSeconds", "7200");
          default -> Map.of();
        };
    float[] ones = new float[grid.size()];
    Arrays.fill(ones, 1);
    float[] sd = new float[grid.size()];
    Arrays.fill(sd, 0.002f);
    LocalField local =
        new LocalField(
            new Volume(grid, ppm.clone()),
            new Volume(grid, ppm),
            new Volume(grid, sd),
            Mask.full(grid),
            new Volume(grid, ones),
            new Volume(grid, ones.clone()),
            TESLA,
            List.of(),
            Vector3.Z,
            FieldOrigin.MAPPED,
            List.of());
    Inversions.named(step, settings).invert(local, Progress.NONE);
  }

  /** Field of balls of 1 ppm all over the image, ppm. */
  private static float[] field(Grid grid) {
    SplittableRandom random = new SplittableRandom(1);
    float[] ppm = new float[grid.size()];
    int n = grid.nx();
    for (int ball = 0; ball < 12; ball++) {
      double radius = n * (0.04 + 0.05 * random.nextDouble());
      double[] centre = {n * random.nextDouble(), n * random.nextDouble(), n * random.nextDouble()};
      double sign = random.nextBoolean() ? 0.1 : -0.1;
      for (int i = 0; i < ppm.length; i++) {
        double dx = i % n - centre[0];
        double dy = i / n % n - centre[1];
        double dz = i / n / n - centre[2];
        double r2 = dx * dx + dy * dy + dz * dz;
        if (r2 > radius * radius) {
          ppm[i] +=
              (float) (sign / 3 * Math.pow(radius * radius / r2, 1.5) * (3 * dz * dz / r2 - 1));
        }
      }
    }
    return ppm;
  }

  private static MultiEcho images(Grid grid, float[] ppm, int echoes) {
    SplittableRandom random = new SplittableRandom(2);
    List<Volume> magnitudes = new ArrayList<>();
    List<Volume> phases = new ArrayList<>();
    double[] seconds = new double[echoes];
    int n = grid.nx();
    for (int echo = 0; echo < echoes; echo++) {
      seconds[echo] = FIRST_ECHO_SECONDS * (echo + 1);
      float[] magnitude = new float[grid.size()];
      float[] phase = new float[grid.size()];
      double perPpm = FieldUnits.radPerPpm(TESLA, seconds[echo]);
      for (int i = 0; i < phase.length; i++) {
        boolean air = i % n < AIR || i / n % n < AIR || i / n / n < AIR;
        magnitude[i] =
            (float) ((air ? 5 * random.nextDouble() : 1000) * Math.exp(-20 * seconds[echo]));
        double x = (double) (i % n) / n;
        double y = (double) (i / n % n) / n;
        double rad =
            perPpm * (ppm[i] + BACKGROUND_PPM * (x * x - y * y))
                + NOISE * (random.nextDouble() - 0.5);
        phase[i] = (float) Math.IEEEremainder(rad, 2 * Math.PI);
      }
      magnitudes.add(new Volume(grid, magnitude));
      phases.add(new Volume(grid, phase));
    }
    return new MultiEcho(magnitudes, phases, seconds, TESLA, Vector3.Z);
  }
}
