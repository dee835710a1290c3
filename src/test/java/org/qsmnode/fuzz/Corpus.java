package org.qsmnode.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Inputs worth keeping, a line of Base64 each in {@code src/test/resources/fuzz/NAME.txt}. */
final class Corpus {

  private static final int LONGEST_KEPT = 1024;
  private static final int MOST_BYTES = 14_000;

  private Corpus() {}

  /** The seeds of a target and what is kept for it. */
  static List<byte[]> of(FuzzTarget target) throws Exception {
    List<byte[]> inputs = new ArrayList<>(target.seeds());
    try (InputStream in = Corpus.class.getResourceAsStream("/fuzz/" + target.name() + ".txt")) {
      if (in != null) {
        new String(in.readAllBytes(), StandardCharsets.US_ASCII)
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(Base64.getDecoder()::decode)
            .forEach(inputs::add);
      }
    }
    return inputs;
  }

  /** A sample of the inputs in a folder, as a file of this kind. */
  static void keep(Path folder, Path file) throws IOException {
    List<Path> found;
    try (Stream<Path> files = Files.list(folder)) {
      found = new ArrayList<>(files.sorted().toList());
    }
    Collections.shuffle(found, new Random(1));
    List<String> lines = new ArrayList<>();
    int left = MOST_BYTES;
    for (Path each : found) {
      byte[] input = Files.readAllBytes(each);
      if (input.length <= Math.min(LONGEST_KEPT, left)) {
        left -= input.length;
        lines.add(Base64.getEncoder().encodeToString(input));
      }
    }
    Files.write(file, lines);
  }
}
