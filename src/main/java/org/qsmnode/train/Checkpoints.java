package org.qsmnode.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.qsmnode.network.Network;

/** Checkpoints of a training by the number of steps done; whole or absent, also after a kill. */
final class Checkpoints {

  private static final Pattern NAME = Pattern.compile("checkpoint-(\\d+)\\.safetensors");
  private static final int KEPT = 2;

  private final Path folder;

  Checkpoints(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** Steps of the newest checkpoint. */
  OptionalInt newest() throws IOException {
    return steps().stream().mapToInt(Integer::intValue).max();
  }

  void read(Network network, int steps) throws IOException {
    network.readCheckpoint(file(steps));
  }

  /** Writes a checkpoint and deletes all but the newest two. */
  void write(Network network, int steps) throws IOException {
    Path part = folder.resolve("checkpoint.part");
    network.writeCheckpoint(part);
    Files.move(part, file(steps), StandardCopyOption.ATOMIC_MOVE);
    List<Integer> all = steps();
    for (int old : all.subList(0, Math.max(0, all.size() - KEPT))) {
      Files.delete(file(old));
    }
  }

  private List<Integer> steps() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> NAME.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .map(name -> Integer.valueOf(name.group(1)))
          .sorted()
          .toList();
    }
  }

  private Path file(int steps) {
    return folder.resolve(String.format(Locale.ROOT, "checkpoint-%06d.safetensors", steps));
  }
}
