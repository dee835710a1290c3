package org.qsmnode.network;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qsmnode.digest.Digests;
import org.qsmnode.numeric.SeededRandom;

/**
 * The values of a network, its architecture, and facts about them as texts by name: inputs and
 * their scales, units, normalisation, digest of the training. Immutable; every engine reads the
 * same file, which any reader of the safetensors format understands.
 */
public final class Weights {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ARCHITECTURE = "architecture";

  private final Architecture architecture;
  private final Map<String, String> facts;
  private final Map<String, float[]> values;

  private Weights(
      Architecture architecture, Map<String, String> facts, Map<String, float[]> values) {
    this.architecture = architecture;
    this.facts = Map.copyOf(facts);
    this.values = values;
  }

  /** Untrained weights that depend on the architecture and the seed only. */
  public static Weights initial(Architecture architecture, long seed) {
    SeededRandom random = new SeededRandom(seed);
    Map<String, float[]> values = new LinkedHashMap<>();
    for (Parameter parameter : architecture.parameters()) {
      float[] drawn = new float[parameter.size()];
      if (parameter.deviation() > 0) {
        random.stream(values.size()).fillGaussian(drawn);
        for (int i = 0; i < drawn.length; i++) {
          drawn[i] *= (float) parameter.deviation();
        }
      }
      values.put(parameter.name(), drawn);
    }
    return new Weights(architecture, Map.of(), values);
  }

  /**
   * Reads a weights file.
   *
   * @throws IOException if it cannot be read or lacks an array of its architecture
   */
  public static Weights read(Path file) throws IOException {
    return read(Files.readAllBytes(file));
  }

  /**
   * Reads the bytes of a weights file.
   *
   * @throws IOException if they lack an array of their architecture
   */
  public static Weights read(byte[] file) throws IOException {
    return of(TensorFile.of(file));
  }

  static Weights of(TensorFile file) throws IOException {
    String text = file.metadata().get(ARCHITECTURE);
    if (text == null) {
      throw new IOException("the weights file does not say its architecture");
    }
    Architecture architecture = JSON.readValue(text, Architecture.class);
    Map<String, float[]> values = new LinkedHashMap<>();
    for (Parameter parameter : architecture.parameters()) {
      TensorFile.Array array = file.arrays().get(parameter.name());
      if (array == null || !array.shape().equals(parameter.shape())) {
        throw new IOException("the weights file holds no array that fits " + parameter.name());
      }
      values.put(parameter.name(), array.values());
    }
    Map<String, String> facts = new LinkedHashMap<>(file.metadata());
    facts.remove(ARCHITECTURE);
    return new Weights(architecture, facts, values);
  }

  public void write(Path file) throws IOException {
    Files.write(file, file().bytes());
  }

  TensorFile file() throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>(facts);
    metadata.put(ARCHITECTURE, JSON.writeValueAsString(architecture));
    Map<String, TensorFile.Array> arrays = new LinkedHashMap<>();
    for (Parameter parameter : architecture.parameters()) {
      arrays.put(
          parameter.name(), new TensorFile.Array(parameter.shape(), values(parameter.name())));
    }
    return new TensorFile(metadata, arrays);
  }

  /** SHA-256 of the file that {@link #write} writes, in hexadecimal digits. */
  public String digest() {
    try {
      return Digests.of(file().bytes());
    } catch (IOException e) {
      throw new IllegalStateException("the digest of the weights cannot be computed", e);
    }
  }

  public Architecture architecture() {
    return architecture;
  }

  public Map<String, String> facts() {
    return facts;
  }

  /** These values with other facts. */
  public Weights withFacts(Map<String, String> other) {
    return new Weights(architecture, other, values);
  }

  /**
   * These values as a start for a network with other inputs.
   *
   * @param sources for every input of the other network the input of this one that it replaces. A
   *     negative number stands for one that is new and has no effect at first
   * @throws IllegalArgumentException if an input of this network does not exist
   */
  public Weights rewired(List<Integer> sources) {
    Architecture other =
        new Architecture(
            sources.size(), architecture.outputs(), architecture.widths(), architecture.blocks());
    String name = Architecture.INPUT + ".weight";
    float[] from = values(name);
    int outs = architecture.features();
    int had = architecture.paddedInputs();
    int has = other.paddedInputs();
    int kernel = from.length / (outs * had);
    float[] to = new float[outs * has * kernel];
    for (int input = 0; input < sources.size(); input++) {
      int source = sources.get(input);
      if (source >= architecture.inputs()) {
        throw new IllegalArgumentException("the network has no input " + source);
      }
      for (int out = 0; source >= 0 && out < outs; out++) {
        System.arraycopy(
            from, (out * had + source) * kernel, to, (out * has + input) * kernel, kernel);
      }
    }
    Map<String, float[]> all = new LinkedHashMap<>(values);
    all.put(name, to);
    return new Weights(other, Map.of(), all);
  }

  /** The number of trainable values. */
  public int size() {
    return architecture.parameters().stream().mapToInt(Parameter::size).sum();
  }

  /** These weights, of which the arrays that {@code changed} names are replaced. */
  Weights with(Map<String, float[]> changed) {
    Map<String, float[]> all = new LinkedHashMap<>(values);
    all.putAll(changed);
    return new Weights(architecture, facts, all);
  }

  float[] values(String name) {
    float[] found = values.get(name);
    if (found == null) {
      throw new IllegalArgumentException("the weights hold no " + name);
    }
    return found;
  }
}
