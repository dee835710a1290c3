package org.qsmnode.fuzz;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a campaign found stays found, and a few thousand spoiled inputs more are read or refused.
 */
class FuzzReplayTest {

  private static final int MUTANTS = 3000;
  private static final long SEED = 20261130;
  private static final long MOST_CORPUS_BYTES = 300_000;

  @BeforeAll
  static void onlyTheStandIn() {
    assumeTrue(
        Attributes.class.getResource("dictionary.txt") != null,
        "robustness of the official dcm4che is its own affair");
  }

  static Stream<String> targets() {
    return FuzzTargets.all().stream().map(FuzzTarget::name);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void keptAndSpoiledInputsAreReadOrRefusedWithinBounds(String name) throws Exception {
    FuzzTarget target = FuzzTargets.of(name);
    List<byte[]> corpus = Corpus.of(target);
    Mutator mutants = new Mutator(corpus, SEED);
    Guard guard = new Guard(target, bytes -> {});
    assertTimeoutPreemptively(
        Duration.ofMinutes(2),
        () -> {
          for (byte[] input : corpus) {
            read(guard, input);
          }
          for (int i = 0; i < MUTANTS; i++) {
            read(guard, mutants.next());
          }
        });
  }

  private static void read(Guard guard, byte[] input) {
    try {
      guard.read(input);
    } catch (Exception | Error e) {
      fail("input " + Base64.getEncoder().encodeToString(input), e);
    }
  }

  @Test
  void theCorpusStaysSmall() throws Exception {
    long bytes = 0;
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/fuzz"))) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    assertTrue(bytes < MOST_CORPUS_BYTES, bytes + " bytes");
  }
}
