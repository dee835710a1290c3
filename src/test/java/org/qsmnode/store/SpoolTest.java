package org.qsmnode.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.digest.Digests;

class SpoolTest {

  private static final SpoolLimits LIMITS = new SpoolLimits(1 << 20, 0);

  @TempDir Path folder;

  @Test
  void aKeptObjectHoldsHeaderAndDataSetAndItsDigestLeavesTheHeaderOut() throws Exception {
    Spool spool = Spool.open(folder, "n1", LIMITS);
    byte[] header = part10Header();
    byte[] dataSet = "the data set".getBytes();
    try (SpooledObject object = spool.begin()) {
      object.writeHeader(header);
      object.dataSet().write(dataSet);
      String path = spool.keep(object, "1.2.3", "1.2.3.4");
      byte[] stored = Files.readAllBytes(spool.file(path));
      assertArrayEquals(header, Arrays.copyOf(stored, header.length));
      assertArrayEquals(dataSet, Arrays.copyOfRange(stored, header.length, stored.length));
      String expected = Digests.of(dataSet);
      assertEquals(expected, object.digest());
      assertEquals(expected, Spool.digestOfDataSet(spool.file(path)));
      assertTrue(Files.exists(spool.file(path)));
    }
  }

  @Test
  void anObjectThatIsNotKeptLeavesNothing() throws IOException {
    Spool spool = Spool.open(folder, "n1", LIMITS);
    try (SpooledObject object = spool.begin()) {
      object.dataSet().write(7);
    }
    assertEquals(0, filesBelow(folder));
  }

  @Test
  void openingRemovesWhatThisNodeLeftHalfReceivedAndNothingOfAnother() throws IOException {
    Files.createDirectories(folder.resolve("incoming/n1"));
    Files.createDirectories(folder.resolve("incoming/n2"));
    Files.write(folder.resolve("incoming/n1/a.part"), new byte[3]);
    Files.write(folder.resolve("incoming/n2/b.part"), new byte[3]);
    Spool.open(folder, "n1", LIMITS);
    assertFalse(Files.exists(folder.resolve("incoming/n1/a.part")));
    assertTrue(Files.exists(folder.resolve("incoming/n2/b.part")));
  }

  @Test
  void differentBytesUnderOneUidNeverReplaceEachOther() throws IOException {
    Spool spool = Spool.open(folder, "n1", LIMITS);
    String first = keep(spool, new byte[] {1});
    String second = keep(spool, new byte[] {2});
    assertNotEquals(first, second);
    assertEquals(2, filesBelow(folder.resolve("objects")));
  }

  @Test
  void anObjectOverTheLimitIsRefused() throws IOException {
    Spool spool = Spool.open(folder, "n1", new SpoolLimits(10, 0));
    try (SpooledObject object = spool.begin()) {
      object.dataSet().write(new byte[10]);
      assertThrows(SpoolFullException.class, () -> object.dataSet().write(1));
    }
  }

  @Test
  void nothingIsTakenWhenTheDiskIsAtItsReserve() throws IOException {
    var disk = Files.getFileStore(folder);
    int more = (int) Math.ceil(100.0 * disk.getUsableSpace() / disk.getTotalSpace()) + 1;
    org.junit.jupiter.api.Assumptions.assumeTrue(more <= 90, "the disk is nearly empty");
    Spool spool = Spool.open(folder, "n1", new SpoolLimits(1, more));
    assertThrows(SpoolFullException.class, spool::begin);
  }

  @Test
  void aUidThatIsNoUidIsNoFileName() throws IOException {
    Spool spool = Spool.open(folder, "n1", LIMITS);
    try (SpooledObject object = spool.begin()) {
      assertThrows(
          IllegalArgumentException.class, () -> spool.keep(object, "1.2", "../../etc/passwd"));
    }
    assertThrows(IllegalArgumentException.class, () -> spool.file("../outside"));
  }

  @Test
  void aFileIsReplacedOnlyByOneThatIsForced() throws IOException {
    Spool spool = Spool.open(folder, "n1", LIMITS);
    keep(spool, new byte[] {1});
    List<Failpoint> points = new ArrayList<>();
    Failpoints.listen(points::add);
    try {
      String path = keep(spool, new byte[] {1});
      assertArrayEquals(new byte[] {1}, Files.readAllBytes(spool.file(path)));
      keep(spool, new byte[] {2});
    } finally {
      Failpoints.silence();
    }
    points.removeIf(
        point -> point != Failpoint.RECEIVE_RENAMED && point != Failpoint.RECEIVE_FORCED);
    assertEquals(
        List.of(
            Failpoint.RECEIVE_FORCED,
            Failpoint.RECEIVE_RENAMED,
            Failpoint.RECEIVE_RENAMED,
            Failpoint.RECEIVE_FORCED),
        points,
        "a copy, then other content");
  }

  private static String keep(Spool spool, byte[] content) throws IOException {
    try (SpooledObject object = spool.begin()) {
      object.dataSet().write(content);
      return spool.keep(object, "1.2.3", "1.2.3.4");
    }
  }

  private static byte[] part10Header() {
    byte[] header = new byte[144 + 6];
    header[128] = 'D';
    header[129] = 'I';
    header[130] = 'C';
    header[131] = 'M';
    header[132] = 2;
    header[136] = 'U';
    header[137] = 'L';
    header[138] = 4;
    header[140] = 6;
    return header;
  }

  private static long filesBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).count();
    }
  }
}
