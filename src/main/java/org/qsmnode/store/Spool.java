package org.qsmnode.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The folder of received objects as Part 10 files.
 *
 * <p>An object is written to {@code incoming/<node>} and, once it is whole, renamed to {@code
 * objects/<2 hex>/<16 hex of the study>/<SOP Instance UID>-<12 hex of the content>.dcm}. Then the
 * file and its directory are forced to the disk, in this order after the rename so that a
 * journalling file system commits once for both. After {@link #keep} returns, neither a killed
 * process nor a power cut takes the object away. The name holds the content digest: different bytes
 * never replace each other, and a file that a power cut left incomplete shows it.
 */
public final class Spool {

  private static final int PREAMBLE_AND_GROUP_LENGTH = 144;
  private static final long SPACE_CHECK_NANOS = 1_000_000_000L;

  private final Path root;
  private final Path incoming;
  private final Path objects;
  private final Path quarantine;
  private final SpoolLimits limits;
  private final AtomicLong spaceCheckedAt = new AtomicLong(Long.MIN_VALUE);
  private volatile boolean full;

  private Spool(Path root, String node, SpoolLimits limits) {
    this.root = root;
    this.incoming = root.resolve("incoming").resolve(node);
    this.objects = root.resolve("objects");
    this.quarantine = root.resolve("quarantine");
    this.limits = limits;
  }

  /**
   * Opens the spool, making its folders, and removes what this node left half received.
   *
   * @param root folder of the spool
   * @param node name of this node, unique among nodes that share the folder
   */
  public static Spool open(Path root, String node, SpoolLimits limits) throws IOException {
    if (!node.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new IllegalArgumentException("node is not a plain name: " + node);
    }
    Spool spool = new Spool(root.toAbsolutePath().normalize(), node, limits);
    Files.createDirectories(spool.incoming);
    Files.createDirectories(spool.objects);
    Files.createDirectories(spool.quarantine);
    try (Stream<Path> left = Files.list(spool.incoming)) {
      for (Path file : left.toList()) {
        Files.delete(file);
      }
    }
    return spool;
  }

  /** Starts an object; refused with {@link SpoolFullException} when the disk is at its reserve. */
  public SpooledObject begin() throws IOException {
    if (isFull()) {
      throw new SpoolFullException(
          "less than " + limits.reservePercent() + " % of the spool's disk is free");
    }
    return new SpooledObject(
        incoming.resolve(UUID.randomUUID() + ".part"), limits.maxObjectBytes());
  }

  /** True while the free part of the disk is below the reserve; looked up once a second. */
  public boolean isFull() throws IOException {
    long now = System.nanoTime();
    long last = spaceCheckedAt.get();
    if ((last == Long.MIN_VALUE || now - last > SPACE_CHECK_NANOS)
        && spaceCheckedAt.compareAndSet(last, now)) {
      var disk = Files.getFileStore(root);
      full = disk.getUsableSpace() < disk.getTotalSpace() / 100.0 * limits.reservePercent();
    }
    return full;
  }

  /**
   * Makes a whole object part of the spool, durably.
   *
   * @return its path relative to the spool, for the ledger
   */
  public String keep(SpooledObject object, String studyInstanceUid, String sopInstanceUid)
      throws IOException {
    object.seal();
    String study = Digests.of(studyInstanceUid).substring(0, 16);
    Path folder = objects.resolve(study.substring(0, 2)).resolve(study);
    Path target = folder.resolve(name(sopInstanceUid, object.digest()));
    rename(object, folder, target);
    return root.relativize(target).toString();
  }

  /** Puts a file of the spool aside, durably. */
  public void quarantine(Path file) throws IOException {
    Files.move(file, quarantine.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    force(quarantine);
    force(parentOf(file));
  }

  /** The file of a ledger path. */
  public Path file(String path) {
    Path file = root.resolve(path).normalize();
    if (!file.startsWith(root)) {
      throw new IllegalArgumentException("path leaves the spool");
    }
    return file;
  }

  /** The ledger path of a file of the spool. */
  public String path(Path file) {
    return root.relativize(file).toString();
  }

  /** Folders that hold the objects of one study each. */
  public Stream<Path> studyFolders() throws IOException {
    return Files.find(objects, 2, (path, facts) -> facts.isDirectory())
        .filter(path -> objects.relativize(path).getNameCount() == 2);
  }

  /** True when a file of the spool holds what its name says. */
  public static boolean isWhole(Path file, String digest) {
    return String.valueOf(file.getFileName()).endsWith(nameEnd(digest));
  }

  /** SHA-256 of the data set of a Part 10 file, without its header. */
  public static String digestOfDataSet(Path file) throws IOException {
    MessageDigest sha256 = Digests.sha256();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(PREAMBLE_AND_GROUP_LENGTH);
      if (start.length < PREAMBLE_AND_GROUP_LENGTH) {
        throw new IOException("the file is shorter than a Part 10 header");
      }
      int rest = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getInt(140);
      in.skipNBytes(Integer.toUnsignedLong(rest));
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sha256.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  private static String name(String sopInstanceUid, String digest) {
    if (!sopInstanceUid.matches("[0-9.]{1,64}")) {
      throw new IllegalArgumentException("sopInstanceUid is not a UID");
    }
    return sopInstanceUid + nameEnd(digest);
  }

  private static String nameEnd(String digest) {
    return "-" + digest.substring(0, 12) + ".dcm";
  }

  private static void rename(SpooledObject object, Path folder, Path target) throws IOException {
    try {
      Files.move(object.file(), target, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      makeDurably(folder);
      Files.move(object.file(), target, StandardCopyOption.ATOMIC_MOVE);
    }
    object.moved();
    Failpoint.RECEIVE_RENAMED.reach();
    object.force();
    force(folder);
    Failpoint.RECEIVE_FORCED.reach();
  }

  private static void makeDurably(Path folder) throws IOException {
    Files.createDirectories(folder);
    force(parentOf(folder));
    force(parentOf(parentOf(folder)));
  }

  private static Path parentOf(Path path) {
    return Objects.requireNonNull(path.getParent(), "a file of the spool has a folder");
  }

  /** Forces a directory or a file to the disk. */
  public static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
