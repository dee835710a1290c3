package org.qsmnode.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Phaser;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32C;

/**
 * One file of the receipt journal, of {@value #BYTES} bytes whose blocks are on the disk before the
 * first record. So forcing a record writes its bytes and nothing of the file system.
 *
 * <p>A record begins at a multiple of {@value #PAGE} bytes, so that no write touches an earlier
 * one. It has a mark, CRC-32C of what follows, use of the segment, and length of the path. Then
 * come length of the file, path in UTF-8, and file. Records of one use follow each other without a
 * gap; the first that does not fit ends the segment.
 */
final class JournalSegment implements Closeable {

  static final int BYTES = 16 << 20;

  private static final int PAGE = 4096;
  private static final int MARK = 0x51534D4A;
  private static final int HEADER_BYTES = 4 + 4 + 8 + 4 + 4;
  private static final int CHECKED_FROM = 8;
  private static final int LONGEST_PATH = 1024;

  private final FileChannel channel;
  private final ByteBuffer scratch =
      ByteBuffer.allocateDirect(ReceiptJournal.LARGEST_FILE + 2 * PAGE);
  private final Set<String> paths = new LinkedHashSet<>();

  /** Files that have a record here and do not have their name yet. */
  private final Phaser unnamed = new Phaser(1);

  private long use;
  private int end;

  private JournalSegment(FileChannel channel) {
    this.channel = channel;
  }

  /** Opens a segment, or makes one durably; records that it holds stay until {@link #clear}. */
  static JournalSegment open(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (channel.size() != BYTES) {
        fill(channel);
        channel.force(true);
        Spool.force(Spool.parentOf(file));
      }
      return new JournalSegment(channel);
    } catch (IOException e) {
      channel.close();
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private static void fill(FileChannel channel) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
    for (int position = 0; position < BYTES; position += zeros.capacity()) {
      writeAll(channel, zeros.clear(), position);
    }
  }

  /** A file in the journal. */
  record Entry(String path, ByteBuffer file) {}

  /** Whether a file is short enough to be a record. */
  static boolean takes(String path, ByteBuffer file) {
    return file.remaining() <= ReceiptJournal.LARGEST_FILE
        && path.getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH;
  }

  /** Bytes that a record takes. */
  static int recordBytes(String path, int fileBytes) {
    int bytes = HEADER_BYTES + path.getBytes(StandardCharsets.UTF_8).length + fileBytes;
    return (bytes + PAGE - 1) / PAGE * PAGE;
  }

  boolean hasRoom(int recordBytes) {
    return BYTES - end >= recordBytes;
  }

  /** Spool paths of the files that have a record here. */
  Set<String> paths() {
    return paths;
  }

  /**
   * Writes a record, which is on the disk after {@link #force}; its file has to be {@link #named}.
   */
  void append(String path, ByteBuffer bytes) throws IOException {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    ByteBuffer record = scratch.clear();
    record.putInt(MARK).putInt(0).putLong(use).putInt(name.length);
    record.putInt(bytes.remaining()).put(name).put(bytes.duplicate());
    record.putInt(4, checksum(record, record.position()));
    while (record.position() % PAGE != 0) {
      record.put((byte) 0);
    }
    writeAll(channel, record.flip(), end);
    end += record.limit();
    paths.add(path);
    unnamed.register();
  }

  void force() throws IOException {
    channel.force(false);
  }

  /** The file of a record has its name in the spool. */
  void named() {
    unnamed.arriveAndDeregister();
  }

  /** Waits until every file of a record is {@link #named}. */
  void awaitNames() {
    unnamed.arriveAndAwaitAdvance();
  }

  /** Forgets all records, durably; what is left of them does not belong to the next use. */
  void clear() throws IOException {
    writeAll(channel, ByteBuffer.allocateDirect(PAGE), 0);
    channel.force(false);
    use = ThreadLocalRandom.current().nextLong();
    end = 0;
    paths.clear();
  }

  /** The records of the last use, up to the first that is not whole. */
  List<Entry> read() throws IOException {
    ByteBuffer all = ByteBuffer.allocate(BYTES);
    while (all.hasRemaining() && channel.read(all, all.position()) >= 0) {
      // goes on until the segment is in memory
    }
    all.flip();
    List<Entry> entries = new ArrayList<>();
    for (int at = 0; at + HEADER_BYTES <= all.limit(); at = end) {
      ByteBuffer record = all.slice(at, all.limit() - at);
      int mark = record.getInt();
      int checksum = record.getInt();
      long writtenIn = record.getLong();
      int pathBytes = record.getInt();
      int fileBytes = record.getInt();
      if (mark != MARK
          || (at > 0 && writtenIn != use)
          || pathBytes < 1
          || pathBytes > LONGEST_PATH
          || fileBytes < 0
          || fileBytes > record.remaining() - pathBytes
          || checksum != checksum(record, HEADER_BYTES + pathBytes + fileBytes)) {
        break;
      }
      use = writtenIn;
      String path = StandardCharsets.UTF_8.decode(record.slice(HEADER_BYTES, pathBytes)).toString();
      entries.add(new Entry(path, record.slice(HEADER_BYTES + pathBytes, fileBytes)));
      paths.add(path);
      end = at + recordBytes(path, fileBytes);
    }
    return entries;
  }

  private static int checksum(ByteBuffer record, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(record.slice(CHECKED_FROM, length - CHECKED_FROM));
    return (int) checksum.getValue();
  }

  private static void writeAll(FileChannel channel, ByteBuffer bytes, long position)
      throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
