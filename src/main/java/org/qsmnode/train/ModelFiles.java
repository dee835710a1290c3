package org.qsmnode.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.qsmnode.network.Weights;

/** Writes the folder of a model: weights, their digest, and the card as text and JSON. */
final class ModelFiles {

  private static final String WEIGHTS = "weights.safetensors";
  private static final String DIGEST = "weights.sha256";

  private final Path folder;

  ModelFiles(Path folder) {
    this.folder = folder;
  }

  void write(Weights weights, Card card) throws IOException {
    Files.createDirectories(folder);
    Path part = folder.resolve("weights.part");
    weights.write(part);
    Files.move(part, folder.resolve(WEIGHTS), StandardCopyOption.ATOMIC_MOVE);
    Files.writeString(folder.resolve(DIGEST), weights.digest() + "  " + WEIGHTS + "\n");
    Files.writeString(folder.resolve("card.json"), card.json(weights.digest()));
    Files.writeString(folder.resolve("card.md"), card.markdown(weights.digest()));
  }
}
