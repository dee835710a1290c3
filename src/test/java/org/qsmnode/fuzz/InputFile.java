package org.qsmnode.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One file for all inputs of a target whose parser reads files. */
public final class InputFile {

  private final Path file;

  public InputFile(String name) {
    try {
      file = Files.createTempFile("fuzz-" + name, ".in");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    file.toFile().deleteOnExit();
  }

  /** The file with this content. */
  public Path holding(byte[] input) throws IOException {
    return Files.write(file, input);
  }
}
