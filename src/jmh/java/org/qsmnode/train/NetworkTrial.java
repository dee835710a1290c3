package org.qsmnode.train;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.qsmnode.inversion.error.SdCalibration;
import org.qsmnode.inversion.pdi.PdiInputs;
import org.qsmnode.network.Engine;
import org.qsmnode.network.Engines;
import org.qsmnode.network.Network;
import org.qsmnode.network.NormalisingEngine;
import org.qsmnode.network.Weights;
import org.qsmnode.numeric.Progress;
import org.qsmnode.numeric.SeededRandom;

/**
 * Trains a network of given widths, depth and inputs for a while and prints what each processor
 * second brought, to compare networks.
 *
 * <p>Arguments: CASES WORK widths blocks steps every edge rate seed [standardised] [normal=OVER]
 * [omitted channels], for example {@code cases work 16,32,64,128 0,1,1,1 1200 400 48 0.001 1
 * tkd/0.1ppm}; CASES holds the folders training and validation, WORK keeps the inputs. An omitted
 * channel is 0 everywhere; standardised ones have a mean square of 1 in each patient instead of a
 * fixed unit. With {@code normal=}, layers are normalised as {@link NormalisingEngine} says, such
 * as {@code normal=instance} or, before they are rectified, {@code normal=instance-before}.
 */
public final class NetworkTrial {

  private static final String STANDARDISED = "standardised";

  private static final String NORMAL = "normal=";
  private static final String BEFORE = "-before";

  private final Recipe recipe;
  private final Engine engine;
  private final boolean standardised;
  private final Map<CachedCase, float[]> scales = new IdentityHashMap<>();
  private final List<Integer> omitted;
  private final List<CachedCase> cases;
  private final List<CachedCase> validation;

  private NetworkTrial(String[] args) throws IOException {
    recipe =
        new Recipe(
            numbers(args[2]),
            numbers(args[3]),
            Integer.parseInt(args[4]),
            1,
            Integer.parseInt(args[6]),
            Double.parseDouble(args[7]),
            0.5,
            Long.parseLong(args[8]),
            Integer.parseInt(args[5]));
    List<String> changes = Arrays.stream(args).skip(9).toList();
    standardised = changes.contains(STANDARDISED);
    engine =
        changes.stream()
            .filter(name -> name.startsWith(NORMAL))
            .findFirst()
            .map(name -> normalising(name.substring(NORMAL.length())))
            .orElseGet(Engines::running);
    omitted =
        changes.stream()
            .filter(name -> !name.equals(STANDARDISED) && !name.startsWith(NORMAL))
            .map(name -> PdiInputs.CHANNELS.indexOf(name))
            .toList();
    if (omitted.contains(-1)) {
      throw new IllegalArgumentException("channels are " + PdiInputs.CHANNELS);
    }
    TrainingData data = TrainingData.below(Path.of(args[0]));
    CaseCache cache = new CaseCache(Path.of(args[1]).resolve("inputs"), PdiInputs.starter());
    cases = cache.forTraining(data.training(), Progress.NONE);
    validation = cache.forTraining(data.validation(), Progress.NONE);
  }

  public static void main(String[] args) throws IOException {
    new NetworkTrial(args).run();
  }

  private static Engine normalising(String text) {
    String over = text.replace(BEFORE, "").toUpperCase(Locale.ROOT);
    return new NormalisingEngine(NormalisingEngine.Over.valueOf(over), text.endsWith(BEFORE));
  }

  private static List<Integer> numbers(String text) {
    return Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
  }

  private void run() {
    try (Network network = engine.open(Weights.initial(recipe.architecture(), recipe.seed()))) {
      System.out.printf("%d values%n", network.weights().size());
      System.out.println("| steps | processor s | log loss | NRMSE % | start % | mean z^2 |");
      System.out.println("|---|---|---|---|---|---|");
      double spent = 0;
      for (int step = 0; step < recipe.steps(); step++) {
        double before = processorSeconds();
        train(network, step);
        spent += processorSeconds() - before;
        if ((step + 1) % recipe.every() == 0) {
          report(network, step + 1, spent);
        }
      }
    }
  }

  private static double processorSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }

  private void train(Network network, int step) {
    SeededRandom random = new SeededRandom(recipe.seed()).stream(step + 1L);
    CachedCase one = cases.get(random.below(cases.size()));
    Patch patch = Patch.random(one, recipe.edge(), random);
    change(one, patch.inputs());
    float[][] outputs = network.forwardForTraining(patch.inputs(), patch.dims());
    network.backward(GaussianLoss.of(patch, outputs, recipe.beta()).gradients());
    network.step(recipe.rate(step));
  }

  private void change(CachedCase one, float[][] inputs) {
    omitted.forEach(channel -> Arrays.fill(inputs[channel], 0));
    if (standardised) {
      float[] scale = scales.computeIfAbsent(one, NetworkTrial::scales);
      for (int c = 0; c < inputs.length; c++) {
        for (int i = 0; i < inputs[c].length; i++) {
          inputs[c][i] *= scale[c];
        }
      }
    }
  }

  /** One over the root mean square of each channel inside the mask. */
  private static float[] scales(CachedCase one) {
    float[] scales = new float[one.channels()];
    for (int c = 0; c < scales.length; c++) {
      double square = 0;
      int inside = 0;
      for (int i = 0; i < one.voxels(); i++) {
        if (one.inMask(i)) {
          square += Math.pow(one.channel(c, i), 2);
          inside++;
        }
      }
      scales[c] = square > 0 ? (float) Math.sqrt(inside / square) : 1;
    }
    return scales;
  }

  private void report(Network network, int steps, double seconds) {
    Score all = new Score();
    double nrmse = 0;
    double start = 0;
    for (CachedCase one : validation) {
      float[][] inputs = one.inputs();
      change(one, inputs);
      Prediction prediction = Prediction.of(one, network.forward(inputs, one.dims()));
      Score score = Score.byTissue(one, prediction, SdCalibration.constant(1)).get(Score.ALL);
      nrmse += score.networkNrmsePercent() / validation.size();
      start += score.startNrmsePercent() / validation.size();
      all.add(score);
    }
    System.out.printf(
        Locale.ROOT,
        "| %d | %.0f | %.4f | %.2f | %.2f | %.2f |%n",
        steps,
        seconds,
        all.meanLogLoss(),
        nrmse,
        start,
        all.meanZSquare());
  }
}
