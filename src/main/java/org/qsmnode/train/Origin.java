package org.qsmnode.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.qsmnode.inversion.pdi.PdiInputs;
import org.qsmnode.inversion.pdi.PdiModel;
import org.qsmnode.network.Weights;

/**
 * A trained model that a training starts from. It may lack inputs that this software computes; they
 * have no effect at first.
 *
 * @param weights as they were shipped
 * @param name what their header calls them
 * @param inputs channels that they were trained on
 */
public record Origin(Weights weights, String name, List<String> inputs) {

  /**
   * Reads the model of a folder.
   *
   * @throws IOException if it cannot be read
   */
  public static Origin read(Path folder) throws IOException {
    Weights weights = PdiModel.readWeights(folder);
    String inputs = weights.facts().get("inputs");
    if (inputs == null) {
      throw new IOException("the weights in " + folder + " do not state their inputs");
    }
    String name = "%s %s".formatted(weights.facts().get("name"), weights.facts().get("version"));
    return new Origin(weights, name, List.of(inputs.split(",")));
  }

  public List<Integer> widths() {
    return weights.architecture().widths();
  }

  public List<Integer> blocks() {
    return weights.architecture().blocks();
  }

  /** Weights of a network with today's inputs. */
  Weights start() {
    List<Integer> sources = PdiInputs.CHANNELS.stream().map(inputs::indexOf).toList();
    return weights.rewired(sources);
  }

  /** Name and digest in one line. */
  String text() {
    return "%s, sha256 %s".formatted(name, weights.digest());
  }
}
