package org.qsmnode.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A weights file with the state of the optimiser of some of its parameters. */
final class Checkpoint {

  private static final String FIRST_MOMENT = "adam.first.";
  private static final String SECOND_MOMENT = "adam.second.";
  private static final String STEPS = "adam.steps";

  private Checkpoint() {}

  static void write(Path file, Weights weights, ParameterSet parameters) throws IOException {
    TensorFile current = weights.file();
    Map<String, TensorFile.Array> arrays = new LinkedHashMap<>(current.arrays());
    Map<String, String> metadata = new LinkedHashMap<>(current.metadata());
    metadata.put(STEPS, Integer.toString(parameters.adam().steps()));
    List<Parameter> all = parameters.parameters();
    for (int p = 0; p < all.size(); p++) {
      String name = all.get(p).name();
      List<Integer> shape = all.get(p).shape();
      arrays.put(
          FIRST_MOMENT + name, new TensorFile.Array(shape, parameters.adam().first().get(p)));
      arrays.put(
          SECOND_MOMENT + name, new TensorFile.Array(shape, parameters.adam().second().get(p)));
    }
    Files.write(file, new TensorFile(metadata, arrays).bytes());
  }

  /**
   * Takes values and the state of the optimiser.
   *
   * @throws IOException if the file cannot be read or is of another architecture
   */
  static void read(Path file, Architecture architecture, ParameterSet parameters)
      throws IOException {
    TensorFile checkpoint = TensorFile.of(Files.readAllBytes(file));
    Weights saved = Weights.of(checkpoint);
    String steps = checkpoint.metadata().get(STEPS);
    if (!saved.architecture().equals(architecture) || steps == null) {
      throw new IOException("the checkpoint is not one of this network");
    }
    parameters.reset(saved);
    parameters.adam().resume(Integer.parseInt(steps));
    List<Parameter> all = parameters.parameters();
    for (int p = 0; p < all.size(); p++) {
      String name = all.get(p).name();
      copy(checkpoint, FIRST_MOMENT + name, parameters.adam().first().get(p));
      copy(checkpoint, SECOND_MOMENT + name, parameters.adam().second().get(p));
    }
  }

  private static void copy(TensorFile file, String name, float[] into) throws IOException {
    TensorFile.Array array = file.arrays().get(name);
    if (array == null || array.values().length != into.length) {
      throw new IOException("the checkpoint holds no array that fits " + name);
    }
    System.arraycopy(array.values(), 0, into, 0, into.length);
  }
}
