package org.qsmnode.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.numeric.SeededRandom;

/**
 * Whatever engine this build holds computes what plain loops in double precision compute: the same
 * outputs, gradients and steps, at odd extents, in blocks and in slabs.
 */
class NetworkContractTest {

  private static final Architecture SMALL =
      new Architecture(3, 2, List.of(4, 6, 8), List.of(0, 1, 1));
  private static final int[] ODD = {9, 7, 5};
  private static final double FLOAT = 2e-5;

  @TempDir Path folder;

  private static Weights weights(Architecture architecture) {
    return withBiases(Weights.initial(architecture, 11));
  }

  /** Initial biases are zero, which would hide a wrong bias. */
  private static Weights withBiases(Weights weights) {
    SeededRandom random = new SeededRandom(5);
    Map<String, float[]> biases = new TreeMap<>();
    for (Parameter parameter : weights.architecture().parameters()) {
      if (parameter.name().endsWith(".bias")) {
        float[] values = new float[parameter.size()];
        random.fillGaussian(values);
        for (int i = 0; i < values.length; i++) {
          values[i] *= 0.1f;
        }
        biases.put(parameter.name(), values);
      }
    }
    return weights.with(biases);
  }

  private static float[][] noise(int channels, int[] dims, long seed) {
    float[][] values = new float[channels][(int) Block.voxels(dims)];
    for (int c = 0; c < channels; c++) {
      new SeededRandom(seed).stream(c).fillGaussian(values[c]);
    }
    return values;
  }

  private static Network reference(Weights weights) {
    return new Network(new ReferenceKernels(), weights, Long.MAX_VALUE);
  }

  private static Network engine(Weights weights) {
    return Engines.running().open(weights);
  }

  private static void assertClose(float[][] expected, float[][] actual, double tolerance) {
    assertEquals(expected.length, actual.length);
    for (int c = 0; c < expected.length; c++) {
      assertClose(expected[c], actual[c], tolerance, "channel " + c);
    }
  }

  /** Largest difference relative to the root mean square of what is expected. */
  private static void assertClose(
      float[] expected, float[] actual, double tolerance, String where) {
    assertEquals(expected.length, actual.length, where);
    double squares = 0;
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      squares += (double) expected[i] * expected[i];
      worst = Math.max(worst, Math.abs(expected[i] - actual[i]));
    }
    double limit = tolerance * Math.max(Math.sqrt(squares / expected.length), 1e-6);
    double found = worst;
    assertTrue(found <= limit, () -> "%s: %g above %g".formatted(where, found, limit));
  }

  @Test
  void outputsAreThoseOfTheReferenceAtOddExtents() {
    float[][] inputs = noise(3, ODD, 1);
    try (Network expected = reference(weights(SMALL));
        Network actual = engine(weights(SMALL))) {
      float[][] outputs = expected.forward(inputs, ODD);
      assertClose(outputs, actual.forward(inputs, ODD), FLOAT);
      assertClose(outputs, actual.forwardForTraining(inputs, ODD), FLOAT);
    }
  }

  @Test
  void gradientsOfEveryParameterAreThoseOfTheReferenceAndAddUp() {
    try (Network expected = reference(weights(SMALL));
        Network actual = engine(weights(SMALL))) {
      for (Network network : List.of(expected, actual)) {
        for (long seed = 1; seed <= 2; seed++) {
          network.forwardForTraining(noise(3, ODD, seed), ODD);
          network.backward(noise(2, ODD, seed + 10));
        }
      }
      for (Parameter parameter : SMALL.parameters()) {
        String name = parameter.name();
        assertClose(expected.gradient(name), actual.gradient(name), 1e-4, name);
      }
    }
  }

  @Test
  void threeStepsEndAtTheValuesOfTheReference() {
    try (Network expected = reference(weights(SMALL));
        Network actual = engine(weights(SMALL))) {
      for (int step = 0; step < 3; step++) {
        for (Network network : List.of(expected, actual)) {
          network.forwardForTraining(noise(3, ODD, step), ODD);
          network.backward(noise(2, ODD, step + 10));
          assertTrue(network.step(1e-3) > 1);
        }
      }
      for (Parameter parameter : SMALL.parameters()) {
        String name = parameter.name();
        float[] before = weights(SMALL).values(name);
        assertClose(
            difference(expected.weights().values(name), before),
            difference(actual.weights().values(name), before),
            0.05,
            name);
      }
    }
  }

  private static float[] difference(float[] a, float[] b) {
    float[] d = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      d[i] = a[i] - b[i];
    }
    return d;
  }

  @Test
  void blocksLeaveNoSeams() {
    Architecture shallow = new Architecture(1, 2, List.of(4, 4), List.of(1, 0));
    int[] dims = {9, 7, 50};
    float[][] inputs = noise(1, dims, 3);
    try (Network network = engine(weights(shallow))) {
      float[][] whole = network.forward(inputs, dims);
      long limit = 10 * 8 * 36;
      int parts = Block.cover(Block.padded(dims, 2), 2, shallow.halo(), limit).size();
      assertTrue(parts > 1, () -> parts + " blocks");
      network.limitBlocks(limit);
      assertClose(whole, network.forward(inputs, dims), FLOAT);
    }
  }

  @Test
  void whenMemoryRunsOutSmallerBlocksGiveTheSameOutputs() {
    Architecture shallow = new Architecture(1, 2, List.of(4, 4), List.of(1, 0));
    int[] dims = {9, 7, 50};
    float[][] inputs = noise(1, dims, 3);
    try (Network roomy = reference(weights(shallow));
        Network tight =
            new Network(new ReferenceKernels(10 * 8 * 36), weights(shallow), Long.MAX_VALUE);
        Network none = new Network(new ReferenceKernels(1), weights(shallow), Long.MAX_VALUE)) {
      assertClose(roomy.forward(inputs, dims), tight.forward(inputs, dims), FLOAT);
      assertThrows(DeviceMemoryException.class, () -> none.forward(inputs, dims));
    }
  }

  @Test
  void anInputBeyondTheHaloHasNoEffectAndOneWithinHas() {
    int[] dims = {4, 4, 64};
    Architecture shallow = new Architecture(1, 1, List.of(3, 3), List.of(1, 1));
    float[][] inputs = noise(1, dims, 3);
    float[][] changed = {inputs[0].clone()};
    changed[0][0] += 100;
    try (Network network = reference(weights(shallow))) {
      float[] a = network.forward(inputs, dims)[0];
      float[] b = network.forward(changed, dims)[0];
      int reach = 0;
      for (int i = 0; i < a.length; i++) {
        if (a[i] != b[i]) {
          reach = i / 16;
        }
      }
      assertTrue(reach > shallow.halo() / 2 && reach <= shallow.halo(), "reach " + reach);
    }
  }

  @Test
  void theTailGivesTheOutputsOfTheNetworkAndTheGradientsOfTheReferenceAcrossSlabs() {
    int[] dims = {5, 6, 23};
    float[][] inputs = noise(3, dims, 4);
    try (Network expected = reference(weights(SMALL));
        Network actual = engine(weights(SMALL))) {
      float[][] outputs = expected.forwardForTraining(inputs, dims);
      expected.backward(noise(2, dims, 5));
      for (int slabVoxels : new int[] {1 << 20, 8 * 8 * 4, 1}) {
        try (Tail tail = actual.tail(slabVoxels)) {
          tail.over(actual.features(inputs, dims), dims);
          assertClose(outputs, tail.forward(), FLOAT);
          assertClose(outputs, tail.forwardForTraining(), FLOAT);
          tail.backward(noise(2, dims, 5));
          for (Parameter parameter : SMALL.tail()) {
            String name = parameter.name();
            assertClose(expected.gradient(name), tail.gradient(name), 1e-4, name);
          }
        }
      }
    }
  }

  @Test
  void aTailKeepsWhatItLearnedFromOneVolumeToTheNextAndInACheckpoint(@TempDir Path folder)
      throws IOException {
    int[] dims = {8, 8, 8};
    int[] other = {6, 9, 7};
    try (Network network = engine(weights(SMALL));
        Tail tail = network.tail()) {
      float[][] features = network.features(noise(3, dims, 4), dims);
      tail.over(features, dims);
      float[][] before = tail.forwardForTraining();
      tail.backward(noise(2, dims, 5));
      tail.step(0.01);
      float[][] after = tail.forward();
      assertTrue(Math.abs(after[0][77] - before[0][77]) > 1e-4);
      assertArrayEquals(network.weights().values("in.weight"), tail.weights().values("in.weight"));
      tail.writeCheckpoint(folder.resolve("tail"));
      tail.over(network.features(noise(3, other, 6), other), other);
      float[][] elsewhere = tail.forwardForTraining();
      tail.backward(noise(2, other, 5));
      tail.step(0.01);
      Weights twice = tail.weights();
      tail.over(features, dims);
      assertNotEquals(after[0][77], tail.forward()[0][77]);
      tail.readCheckpoint(folder.resolve("tail"));
      assertArrayEquals(after, tail.forward());
      tail.over(network.features(noise(3, other, 6), other), other);
      assertArrayEquals(elsewhere, tail.forwardForTraining());
      tail.backward(noise(2, other, 5));
      tail.step(0.01);
      assertEquals(twice.digest(), tail.weights().digest());
    }
  }

  @Test
  void theSameSeedGivesTheSameBytesAfterTraining() throws IOException {
    assertEquals(trained().digest(), trained().digest());
    assertTrue(!Weights.initial(SMALL, 1).digest().equals(Weights.initial(SMALL, 2).digest()));
  }

  private static Weights trained() {
    int[] dims = {16, 16, 16};
    try (Network network = engine(weights(SMALL))) {
      for (int step = 0; step < 3; step++) {
        network.forwardForTraining(noise(3, dims, step), dims);
        network.backward(noise(2, dims, step + 10));
        network.step(1e-3);
      }
      return network.weights();
    }
  }

  @Test
  void trainingGoesOnFromACheckpointAsIfItHadNotStopped() throws IOException {
    Path file = folder.resolve("checkpoint.safetensors");
    try (Network first = engine(weights(SMALL));
        Network second = engine(Weights.initial(SMALL, 99))) {
      train(first, 1);
      first.writeCheckpoint(file);
      second.readCheckpoint(file);
      train(first, 2);
      train(second, 2);
      assertEquals(first.weights().digest(), second.weights().digest());
    }
  }

  private static void train(Network network, long seed) {
    network.forwardForTraining(noise(3, ODD, seed), ODD);
    network.backward(noise(2, ODD, seed + 10));
    network.step(1e-3);
  }

  @Test
  void stepsLowerALoss() {
    int[] dims = {8, 8, 8};
    float[][] inputs = noise(3, dims, 8);
    try (Network network = engine(weights(SMALL))) {
      double first = 0;
      double last = 0;
      for (int step = 0; step < 20; step++) {
        float[][] outputs = network.forwardForTraining(inputs, dims);
        float[][] gradients = new float[2][inputs[0].length];
        last = 0;
        for (int i = 0; i < inputs[0].length; i++) {
          double residual = outputs[0][i] - inputs[0][i];
          last += residual * residual / inputs[0].length;
          gradients[0][i] = (float) (2 * residual / inputs[0].length);
        }
        first = step == 0 ? last : first;
        network.backward(gradients);
        network.step(1e-2);
      }
      double end = last;
      double start = first;
      assertTrue(end < 0.8 * start, () -> start + " became " + end);
    }
  }

  @Test
  void aGradientThatIsNotFiniteIsRefusedAndChangesNothing() {
    float[][] gradients = noise(2, ODD, 2);
    gradients[1][7] = Float.NaN;
    try (Network network = engine(weights(SMALL))) {
      network.forwardForTraining(noise(3, ODD, 1), ODD);
      network.backward(gradients);
      assertThrows(ArithmeticException.class, () -> network.step(1e-3));
      assertEquals(weights(SMALL).digest(), network.weights().digest());
    }
  }

  @Test
  void channelsAndExtentsThatDoNotFitAreRefused() {
    try (Network network = engine(weights(SMALL))) {
      float[][] two = noise(2, ODD, 1);
      assertThrows(IllegalArgumentException.class, () -> network.forward(two, ODD));
      float[][] three = noise(3, ODD, 1);
      assertThrows(
          IllegalArgumentException.class, () -> network.forward(three, new int[] {9, 7, 6}));
      assertThrows(IllegalArgumentException.class, () -> network.backward(two));
    }
  }
}
