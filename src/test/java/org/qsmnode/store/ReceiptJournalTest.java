package org.qsmnode.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash leaves of the spool, made by copying or damaging its folders. */
class ReceiptJournalTest {

  private static final SpoolLimits LIMITS = new SpoolLimits(1L << 24, 0);

  @TempDir Path folder;

  @Test
  void whatAPowerCutTakesOfTheFilesComesBackFromTheJournal() throws IOException {
    try (Spool before = Spool.open(folder.resolve("a"), "n1", LIMITS)) {
      Map<String, byte[]> kept = keep(before, 20, 1);
      Path after = folder.resolve("b");
      copyJournal("a", after);
      List<Map.Entry<String, byte[]>> files = List.copyOf(kept.entrySet());
      write(after.resolve(files.get(0).getKey()), files.get(0).getValue());
      write(after.resolve(files.get(1).getKey()), new byte[0]);
      write(after.resolve(files.get(2).getKey()), new byte[files.get(2).getValue().length]);
      try (Spool opened = Spool.open(after, "n1", LIMITS)) {
        assertHolds(opened, kept);
        assertEquals(20, files(after.resolve("objects")).size());
        assertEquals(List.of(), files(after.resolve("incoming")));
      }
    }
  }

  @Test
  void aJournalCutAnywhereGivesBackEveryWholeRecordBeforeTheCutAndNothingElse() throws IOException {
    try (Spool before = Spool.open(folder.resolve("a"), "n1", LIMITS)) {
      Map<String, byte[]> kept = keep(before, 12, 2);
      Random random = new Random(7);
      int fewest = Integer.MAX_VALUE;
      int most = 0;
      for (int round = 0; round < 12; round++) {
        Path after = folder.resolve("cut" + round);
        Path segment = copyJournal("a", after).get(0);
        int used = kept.values().stream().mapToInt(file -> file.length).sum();
        damage(segment, random.nextInt(used), 5000, random);
        try (Spool opened = Spool.open(after, "n1", LIMITS)) {
          List<Path> back = files(after.resolve("objects"));
          for (Path file : back) {
            assertArrayEquals(kept.get(opened.path(file)), Files.readAllBytes(file));
          }
          fewest = Math.min(fewest, back.size());
          most = Math.max(most, back.size());
        }
      }
      assertTrue(fewest < 6 && most > 6 && most < 12, fewest + " to " + most);
    }
  }

  @Test
  void aFileThatWasDeletedDoesNotComeBackOnceTheSpoolIsClosed() throws IOException {
    Path root = folder.resolve("a");
    Map<String, byte[]> kept;
    try (Spool spool = Spool.open(root, "n1", LIMITS)) {
      kept = keep(spool, 3, 3);
    }
    for (String path : kept.keySet()) {
      Files.delete(root.resolve(path));
    }
    try (Spool spool = Spool.open(root, "n1", LIMITS)) {
      assertEquals(List.of(), files(root.resolve("objects")));
      assertEquals(List.of(), files(root.resolve("incoming")));
    }
  }

  @Test
  void segmentsAreUsedAgainWhenTheirFilesAreForced() throws IOException {
    Map<String, byte[]> kept = new HashMap<>();
    Path root = folder.resolve("a");
    try (Spool spool = Spool.open(root, "n1", LIMITS)) {
      for (int i = 0; i < 5 * JournalSegment.BYTES / 1_000_000; i++) {
        byte[] content = new byte[1_000_000];
        content[i] = 1;
        kept.putAll(keep(spool, i, content));
      }
      Path after = folder.resolve("b");
      copyJournal("a", after);
      try (Spool opened = Spool.open(after, "n1", LIMITS)) {
        for (Path file : files(after.resolve("objects"))) {
          assertArrayEquals(kept.get(opened.path(file)), Files.readAllBytes(file));
        }
      }
    }
    try (Spool opened = Spool.open(root, "n1", LIMITS)) {
      assertHolds(opened, kept);
      assertEquals(kept.size(), files(root.resolve("objects")).size());
    }
  }

  @Test
  void everyNodeOfASharedSpoolHasAJournalOfItsOwn() throws IOException {
    try (Spool one = Spool.open(folder.resolve("a"), "n1", LIMITS)) {
      Map<String, byte[]> kept = keep(one, 2, 4);
      for (String path : kept.keySet()) {
        Files.delete(one.file(path));
      }
      try (Spool other = Spool.open(folder.resolve("a"), "n2", LIMITS)) {
        assertEquals(List.of(), files(folder.resolve("a/objects")));
        keep(other, 1, 5);
      }
      Path after = folder.resolve("b");
      copyJournal("a", after);
      try (Spool opened = Spool.open(after, "n1", LIMITS)) {
        assertHolds(opened, kept);
      }
    }
  }

  @Test
  void associationsThatKeepAtOnceAreAllInTheJournal() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (Spool spool = Spool.open(folder.resolve("a"), "n1", LIMITS)) {
      List<Callable<Map<String, byte[]>>> work = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        int first = 1000 * thread;
        work.add(() -> keepFrom(spool, first, 20));
      }
      Map<String, byte[]> kept = new HashMap<>();
      for (Future<Map<String, byte[]>> done : threads.invokeAll(work)) {
        kept.putAll(done.get());
      }
      assertEquals(160, kept.size());
      Path after = folder.resolve("b");
      copyJournal("a", after);
      try (Spool opened = Spool.open(after, "n1", LIMITS)) {
        assertHolds(opened, kept);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aLargeObjectIsForcedByItselfAndTakesNoRoomInTheJournal() throws IOException {
    try (Spool spool = Spool.open(folder.resolve("a"), "n1", LIMITS)) {
      Map<String, byte[]> kept = keep(spool, 1, new byte[ReceiptJournal.LARGEST_FILE + 1]);
      assertHolds(spool, kept);
      assertEquals(List.of(), files(folder.resolve("a/journal")));
    }
  }

  @Test
  void withoutAProgramThatForcesTheFileSystemFilesAreForcedOneByOne() throws IOException {
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      write(folder.resolve("objects/" + i % 3 + "/" + i), new byte[i]);
      paths.add("objects/" + i % 3 + "/" + i);
    }
    paths.add("objects/0/deleted");
    new FileForcing(folder, "no-such-program").force(paths);
    new FileForcing(folder, "false").force(paths);
    new FileForcing(folder).force(paths);
  }

  private static void assertHolds(Spool spool, Map<String, byte[]> kept) throws IOException {
    for (Map.Entry<String, byte[]> entry : kept.entrySet()) {
      assertArrayEquals(entry.getValue(), Files.readAllBytes(spool.file(entry.getKey())));
    }
  }

  private static Map<String, byte[]> keep(Spool spool, int count, int seed) throws IOException {
    Map<String, byte[]> kept = new HashMap<>();
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      byte[] content = new byte[1 + random.nextInt(60_000)];
      random.nextBytes(content);
      kept.putAll(keep(spool, seed * 100_000 + i, content));
    }
    return kept;
  }

  private static Map<String, byte[]> keepFrom(Spool spool, int first, int count)
      throws IOException {
    Map<String, byte[]> kept = new HashMap<>();
    for (int i = first; i < first + count; i++) {
      kept.putAll(keep(spool, i, new byte[] {1, (byte) i, (byte) (i >> 8)}));
    }
    return kept;
  }

  private static Map<String, byte[]> keep(Spool spool, int number, byte[] content)
      throws IOException {
    try (SpooledObject object = spool.begin()) {
      object.dataSet().write(content);
      return Map.of(spool.keep(object, "1.2.3", "1.2.3." + number), content);
    }
  }

  /** Copies the journal of a spool, as the disk has it, into a new one; returns its segments. */
  private List<Path> copyJournal(String from, Path to) throws IOException {
    List<Path> copies = new ArrayList<>();
    for (Path segment : files(folder.resolve(from).resolve("journal/n1"))) {
      Path copy = to.resolve("journal/n1").resolve(String.valueOf(segment.getFileName()));
      write(copy, Files.readAllBytes(segment));
      copies.add(copy);
    }
    assertFalse(copies.isEmpty());
    return copies;
  }

  private static void damage(Path file, int position, int bytes, Random random) throws IOException {
    byte[] noise = new byte[bytes];
    random.nextBytes(noise);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(noise), position);
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    Files.createDirectories(Spool.parentOf(file));
    Files.write(file, content);
  }

  private static List<Path> files(Path below) throws IOException {
    if (!Files.exists(below)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(below)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
