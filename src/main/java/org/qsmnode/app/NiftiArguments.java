package org.qsmnode.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.qsmnode.volume.Vector3;
import picocli.CommandLine.Option;

/** Arguments that the commands on NIfTI files share. */
final class NiftiArguments {

  @Option(
      names = "--b0",
      split = ",",
      paramLabel = "X,Y,Z",
      description = "main field in voxel axes; without it, along the patient by the affine")
  List<Double> b0 = List.of();

  /** Main field as a unit vector; empty where none was given. */
  Optional<Vector3> direction() {
    if (b0.isEmpty()) {
      return Optional.empty();
    }
    if (b0.size() != 3) {
      throw new IllegalArgumentException("--b0 takes three numbers");
    }
    return Optional.of(new Vector3(b0.get(0), b0.get(1), b0.get(2)).unit());
  }

  static void requireFiles(List<Path> files) {
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw new IllegalArgumentException("not a file: " + file);
      }
    }
  }
}
