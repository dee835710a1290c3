package org.qsmnode.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.qsmnode.digest.Digests;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of received objects as Part 10 files.
 *
 * <p>An object gets the name {@code objects/<2 hex>/<16 hex of the study>/<SOP Instance UID>-<12
 * hex of the content>.dcm} when it is whole. It is durable by the {@link ReceiptJournal} of this
 * node in {@code journal/<node>}, or, when it is large, by forcing file and folder. After {@link
 * #keep} returns, neither a killed process nor a power cut takes the object away. The name holds
 * the content digest: different bytes never replace each other, and a file that a power cut left
 * incomplete shows it.
 */
public final class Spool implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
  private static final int PREAMBLE_AND_GROUP_LENGTH = 144;

  private final Path root;
  private final Path incoming;
  private final Path objects;
  private final Path quarantine;
  private final SpoolLimits limits;
  private final ReceiptJournal journal;
  private final DiskReserve reserve;

  private Spool(Path root, String node, SpoolLimits limits) throws IOException {
    this.root = root;
    this.incoming = root.resolve("incoming").resolve(node);
    this.objects = root.resolve("objects");
    this.quarantine = root.resolve("quarantine");
    this.limits = limits;
    this.reserve = new DiskReserve(root, limits.reservePercent());
    Files.createDirectories(incoming);
    Files.createDirectories(objects);
    Files.createDirectories(quarantine);
    try (Stream<Path> left = Files.list(incoming)) {
      for (Path file : left.toList()) {
        Files.delete(file);
      }
    }
    this.journal =
        ReceiptJournal.open(
            root.resolve("journal").resolve(node), new FileForcing(root), this::restore);
    force(root);
  }

  /**
   * Opens the spool, making its folders. Removes what this node left half received, and restores
   * what it had acknowledged when it ended.
   *
   * @param root folder of the spool
   * @param node name of this node, unique among nodes that share the folder
   */
  public static Spool open(Path root, String node, SpoolLimits limits) throws IOException {
    if (!node.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new IllegalArgumentException("node is not a plain name: " + node);
    }
    return new Spool(root.toAbsolutePath().normalize(), node, limits);
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
    return reserve.isReached();
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
    Optional<ByteBuffer> inMemory = object.inMemory();
    if (Files.exists(target)) {
      replace(object, target);
    } else if (inMemory.isPresent()) {
      keepByJournal(object, inMemory.get(), target);
      Failpoint.RECEIVE_FORCED.reach();
    } else {
      object.name(target);
      Failpoint.RECEIVE_RENAMED.reach();
      object.force();
      forceFolders(target);
      Failpoint.RECEIVE_FORCED.reach();
    }
    return root.relativize(target).toString();
  }

  /** The file that is there was acknowledged: it stays until the new one is on the disk. */
  private void replace(SpooledObject object, Path target) throws IOException {
    object.force();
    Failpoint.RECEIVE_FORCED.reach();
    object.name(target);
    Failpoint.RECEIVE_RENAMED.reach();
    forceFolders(target);
  }

  /** The journal forces its record while the file gets its name. */
  private void keepByJournal(SpooledObject object, ByteBuffer bytes, Path target)
      throws IOException {
    ReceiptJournal.Receipt receipt = journal.append(root.relativize(target).toString(), bytes);
    boolean journalled = false;
    try {
      object.name(target);
      Failpoint.RECEIVE_RENAMED.reach();
    } finally {
      journalled = receipt.awaitForced();
      receipt.named();
    }
    if (!journalled) {
      object.force();
      forceFolders(target);
    }
  }

  /** Comes after file and rename, so that a journalling file system commits once for both. */
  private void forceFolders(Path target) throws IOException {
    for (Path folder = parentOf(target); !folder.equals(root); folder = parentOf(folder)) {
      force(folder);
    }
  }

  /** Puts a file of the journal in its place, unless the place holds it already. */
  private void restore(String path, ByteBuffer bytes) throws IOException {
    Path target = file(path);
    byte[] content = new byte[bytes.remaining()];
    bytes.get(content);
    if (Files.exists(target) && Arrays.equals(Files.readAllBytes(target), content)) {
      return;
    }
    Path part = incoming.resolve(UUID.randomUUID() + ".part");
    Files.write(part, content);
    force(part);
    Files.createDirectories(parentOf(target));
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    LOG.info("{} was restored from the receipt journal", target.getFileName());
  }

  /** Puts a file of the spool aside, durably. */
  public void quarantine(Path file) throws IOException {
    force(file);
    Files.move(file, quarantine.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    force(quarantine);
    force(parentOf(file));
  }

  /** Whether a file of the spool was put aside under its name. */
  public boolean isInQuarantine(Path file) {
    return Files.exists(quarantine.resolve(file.getFileName()));
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

  /** SOP Instance UID in the name of a file, given as a path or a ledger path. */
  public static String sopInstanceUid(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.substring(0, Math.max(0, name.indexOf('-')));
  }

  /** The folder whose folders hold the folders of the studies. */
  public Path objects() {
    return objects;
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

  static Path parentOf(Path path) {
    return Objects.requireNonNull(path.getParent(), "a file of the spool has a folder");
  }

  /** Forces a directory or a file to the disk. */
  public static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Forces what was received and leaves the journal empty. */
  @Override
  public void close() throws IOException {
    journal.close();
  }
}
