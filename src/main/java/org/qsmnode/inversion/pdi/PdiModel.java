package org.qsmnode.inversion.pdi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.qsmnode.digest.Digests;
import org.qsmnode.inversion.NetworkModel;
import org.qsmnode.network.Weights;

/**
 * A trained network of probabilistic dipole inversion. In a folder it is {@value #WEIGHTS} beside
 * {@value #DIGEST}, which holds the SHA-256 of the weights. A folder {@value #SECOND_LOOK} in it
 * may hold the network of its second look.
 *
 * @param weights the network
 * @param facts what its header says
 * @param identity name, version, and the digest of the weights as they are
 * @param secondLook network of the second look
 */
public record PdiModel(
    Weights weights, PdiFacts facts, NetworkModel identity, Optional<PdiModel> secondLook) {

  /** File name of the weights in a model's folder. */
  public static final String WEIGHTS = "weights.safetensors";

  /** File name of the digest in a model's folder: the line that {@code sha256sum} prints. */
  public static final String DIGEST = "weights.sha256";

  /** Folder of the network of the second look in a model's folder. */
  public static final String SECOND_LOOK = "second-look";

  private static final int OUTPUTS = 2;

  /**
   * A model from weights in memory.
   *
   * @throws IllegalArgumentException if they are no network for this software
   */
  public static PdiModel of(Weights weights) {
    PdiFacts facts = PdiFacts.of(weights.facts());
    if (!facts.inputs().equals(PdiInputs.CHANNELS)
        || weights.architecture().inputs() != PdiInputs.CHANNELS.size()
        || weights.architecture().outputs() != OUTPUTS) {
      throw new IllegalArgumentException(
          "the model %s %s was made for other inputs than this software computes"
              .formatted(facts.name(), facts.version()));
    }
    return new PdiModel(
        weights,
        facts,
        new NetworkModel(facts.name(), facts.version(), weights.digest()),
        Optional.empty());
  }

  /** This model with another network for its second look. */
  PdiModel withSecondLook(PdiModel second) {
    return new PdiModel(weights, facts, identity, Optional.of(second));
  }

  /** Other values of this model's network, with its facts, as a model of another name. */
  public Weights renamed(Weights changed, String name, String version) {
    return changed.withFacts(PdiFacts.renamed(weights.facts(), name, version));
  }

  /**
   * Reads a model and checks its digest.
   *
   * @param folder a model's folder, or one that holds folders of its versions, of which the last in
   *     the order of their numbers is taken
   * @throws IOException if there is none, it cannot be read, or its weights are not those of its
   *     digest
   */
  public static PdiModel read(Path folder) throws IOException {
    Path version = newest(folder);
    Path second = version.resolve(SECOND_LOOK);
    PdiModel model;
    try {
      model = of(readWeights(version));
    } catch (IllegalArgumentException e) {
      throw unusable(version, e);
    }
    return Files.isRegularFile(second.resolve(WEIGHTS))
        ? model.withSecondLook(read(second))
        : model;
  }

  /**
   * Reads the weights of a model, which may have been made for other inputs than this software
   * computes.
   *
   * @param folder as of {@link #read}
   * @throws IOException if there are none, they cannot be read, or are not those of their digest
   */
  public static Weights readWeights(Path folder) throws IOException {
    Path version = newest(folder);
    Path digest = version.resolve(DIGEST);
    if (!Files.isRegularFile(digest)) {
      throw new IOException("the trained model in %s has no %s".formatted(version, DIGEST));
    }
    byte[] file = Files.readAllBytes(version.resolve(WEIGHTS));
    if (!Files.readString(digest).strip().split("\\s+")[0].equals(Digests.of(file))) {
      throw new IOException(
          "the trained model in %s is damaged: its weights are not those of its digest"
              .formatted(version));
    }
    try {
      return Weights.read(file);
    } catch (IOException | IllegalArgumentException e) {
      throw unusable(version, e);
    }
  }

  private static IOException unusable(Path version, Exception e) {
    return new IOException(
        "the trained model in %s cannot be used: %s".formatted(version, e.getMessage()), e);
  }

  private static Path newest(Path folder) throws IOException {
    if (Files.isRegularFile(folder.resolve(WEIGHTS))) {
      return folder;
    }
    if (Files.isDirectory(folder)) {
      try (Stream<Path> list = Files.list(folder)) {
        List<Path> versions =
            list.filter(path -> Files.isRegularFile(path.resolve(WEIGHTS)))
                .sorted(Comparator.comparing(PdiModel::order))
                .toList();
        if (!versions.isEmpty()) {
          return versions.get(versions.size() - 1);
        }
      }
    }
    throw new IOException(
        "there is no trained model in %s; inversion.model names its folder, and inversion.method a"
                .formatted(folder.toAbsolutePath().normalize())
            + " method that needs none");
  }

  /** The numbers of a version made comparable as text. */
  private static String order(Path version) {
    StringBuilder order = new StringBuilder();
    for (String part : version.getFileName().toString().split("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)")) {
      boolean number = part.matches("\\d{1,12}");
      order.append(number ? "%012d".formatted(Long.parseLong(part)) : part);
    }
    return order.toString();
  }
}
