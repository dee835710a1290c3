package org.qsmnode.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.qsmnode.volume.Vector3;

/** Arguments that the commands on NIfTI files share. */
final class NiftiArguments {

  private NiftiArguments() {}

  /** Three numbers as a unit vector; empty for none. */
  static Optional<Vector3> direction(List<Double> numbers) {
    if (numbers.isEmpty()) {
      return Optional.empty();
    }
    if (numbers.size() != 3) {
      throw new IllegalArgumentException("--b0 takes three numbers");
    }
    return Optional.of(new Vector3(numbers.get(0), numbers.get(1), numbers.get(2)).unit());
  }

  static void requireFiles(List<Path> files) {
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw new IllegalArgumentException("not a file: " + file);
      }
    }
  }
}
