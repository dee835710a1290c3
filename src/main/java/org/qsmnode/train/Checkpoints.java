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
import org.qsmnode.network.Resumable;

/** Checkpoints of a training by the number of steps done; whole or absent, also after a kill. */
final class Checkpoints {

  private static final Pattern NAME = Pattern.compile("checkpoint-(\\d+)\\.safetensors");
  private final Path folder;
  private final int kept;

  /**
   * @param kept how many of the newest stay
   */
  Checkpoints(Path folder, int kept) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.kept = kept;
  }

  /** Steps of the newest checkpoint. */
  OptionalInt newest() throws IOException {
    return steps().stream().mapToInt(Integer::intValue).max();
  }

  void read(Resumable trained, int steps) throws IOException {
    trained.readCheckpoint(file(steps));
  }

  /** Writes a checkpoint and deletes all but the newest. */
  void write(Resumable trained, int steps) throws IOException {
    Path part = folder.resolve("checkpoint.part");
    trained.writeCheckpoint(part);
    Files.move(part, file(steps), StandardCopyOption.ATOMIC_MOVE);
    List<Integer> all = steps();
    for (int old : all.subList(0, Math.max(0, all.size() - kept))) {
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
