package org.qsmnode.store;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qsmnode.digest.Digests;

/**
 * One object on its way into the spool: the Part 10 header and then the data set as it arrives. The
 * SHA-256 digest of the data set is computed on the way. It stays in memory up to {@link
 * ReceiptJournal#LARGEST_FILE} and is a temporary file beyond that.
 *
 * <p>Closing it before {@link Spool#keep} leaves nothing of it.
 */
public final class SpooledObject implements Closeable {

  private static final int BUFFER_BYTES = 1 << 16;

  /** Room at first, for a slice of 256 x 256 pixels with its header. */
  private static final int FIRST_BYTES = 5 << 15;

  private final Path file;
  private final long maxBytes;
  private final MessageDigest sha256 = Digests.sha256();
  private final OutputStream dataSet = new DataSetStream();
  private byte[] memory = new byte[FIRST_BYTES];
  private int inMemory;
  private @Nullable FileChannel channel;
  private @Nullable OutputStream toFile;
  private long dataSetBytes;
  private String digest = "";
  private boolean named;

  SpooledObject(Path file, long maxBytes) {
    this.file = file;
    this.maxBytes = maxBytes;
  }

  /** Writes the Part 10 preamble and file meta information; not part of the digest. */
  public void writeHeader(byte[] header) throws IOException {
    write(header, 0, header.length);
  }

  /** Takes the encoded data set; fails with {@link SpoolFullException} past the size limit. */
  public OutputStream dataSet() {
    return dataSet;
  }

  private void write(byte[] bytes, int offset, int length) throws IOException {
    if (toFile == null && length <= ReceiptJournal.LARGEST_FILE - inMemory) {
      if (length > memory.length - inMemory) {
        memory = Arrays.copyOf(memory, Math.max(2 * memory.length, inMemory + length));
      }
      System.arraycopy(bytes, offset, memory, inMemory, length);
      inMemory += length;
      return;
    }
    OutputStream out = toFile == null ? spill() : toFile;
    out.write(bytes, offset, length);
  }

  /** What is in memory goes to the temporary file, and so does what follows. */
  private OutputStream spill() throws IOException {
    FileChannel opened =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    channel = opened;
    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(opened), BUFFER_BYTES);
    toFile = out;
    Failpoint.RECEIVE_OPENED.reach();
    out.write(memory, 0, inMemory);
    memory = new byte[0];
    inMemory = 0;
    return out;
  }

  /** Ends the data set; afterwards the digest is known. */
  void seal() throws IOException {
    flush();
    if (digest.isEmpty()) {
      digest = HexFormat.of().formatHex(sha256.digest());
    }
  }

  /** Gives the file its name, in a folder that is made where it is missing. */
  void name(Path target) throws IOException {
    write();
    try {
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      Files.createDirectories(Spool.parentOf(target));
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    }
    named = true;
  }

  private void write() throws SpoolFullException {
    try {
      OutputStream out = toFile == null ? spill() : toFile;
      out.flush();
    } catch (IOException e) {
      throw new SpoolFullException("the object cannot be written to the disk", e);
    }
  }

  /** Forces the bytes to the disk, under whatever name the file has now. */
  void force() throws IOException {
    write();
    if (channel != null) {
      channel.force(false);
    }
  }

  /** Header and data set, while the object is in memory. */
  public Optional<ByteBuffer> inMemory() {
    return toFile == null ? Optional.of(ByteBuffer.wrap(memory, 0, inMemory)) : Optional.empty();
  }

  /** The temporary file of an object that is not in memory; whole after {@link #flush}. */
  public Path file() {
    return file;
  }

  /** Hands buffered bytes to the operating system, so that the file can be read. */
  public void flush() throws IOException {
    if (toFile != null) {
      toFile.flush();
    }
  }

  /** Length of the data set in bytes, without the header. */
  public long dataSetBytes() {
    return dataSetBytes;
  }

  /** SHA-256 of the data set, 64 lower-case hexadecimal digits. */
  public String digest() {
    if (digest.isEmpty()) {
      throw new IllegalStateException("the digest is known only when the object is kept");
    }
    return digest;
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      if (!named) {
        Files.deleteIfExists(file);
      }
    }
  }

  private final class DataSetStream extends OutputStream {

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      dataSetBytes += length;
      if (dataSetBytes > maxBytes) {
        throw new SpoolFullException("the object is larger than " + maxBytes + " bytes");
      }
      sha256.update(bytes, offset, length);
      try {
        SpooledObject.this.write(bytes, offset, length);
      } catch (IOException e) {
        throw new SpoolFullException("the object cannot be written to the disk", e);
      }
    }
  }
}
