package org.qsmnode.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.qsmnode.inversion.PdiFacts;
import org.qsmnode.inversion.PdiInputs;
import org.qsmnode.inversion.PdiModel;
import org.qsmnode.network.Weights;

/**
 * A trained model that a training starts from. It may lack inputs that this software computes; they
 * have no effect at first.
 *
 * @param weights as they were shipped
 * @param facts what their header says
 */
public record Origin(Weights weights, PdiFacts facts) {

  /**
   * Reads the model of a folder.
   *
   * @throws IOException if it cannot be read
   */
  public static Origin read(Path folder) throws IOException {
    Weights weights = PdiModel.readWeights(folder);
    try {
      return new Origin(weights, PdiFacts.of(weights.facts()));
    } catch (IllegalArgumentException e) {
      throw new IOException("the model in " + folder + " cannot be trained on", e);
    }
  }

  public List<Integer> widths() {
    return weights.architecture().widths();
  }

  public List<Integer> blocks() {
    return weights.architecture().blocks();
  }

  /** Weights of a network with today's inputs. */
  Weights start() {
    List<Integer> sources = PdiInputs.CHANNELS.stream().map(facts.inputs()::indexOf).toList();
    return weights.rewired(sources);
  }

  /** Name, version and digest in one line. */
  String text() {
    return "%s %s, sha256 %s".formatted(facts.name(), facts.version(), weights.digest());
  }
}
