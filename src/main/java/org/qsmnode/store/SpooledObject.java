package org.qsmnode.store;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * One object on its way into the spool: a temporary file that takes the Part 10 header and then the
 * data set as it arrives, with the SHA-256 digest of the data set computed on the way.
 *
 * <p>Closing it before {@link Spool#keep} deletes the file.
 */
public final class SpooledObject implements Closeable {

  private static final int BUFFER_BYTES = 1 << 16;

  private final Path file;
  private final long maxBytes;
  private final FileChannel channel;
  private final OutputStream toFile;
  private final MessageDigest sha256 = Digests.sha256();
  private final OutputStream dataSet = new DataSetStream();
  private long dataSetBytes;
  private String digest = "";
  private boolean kept;

  SpooledObject(Path file, long maxBytes) throws IOException {
    this.file = file;
    this.maxBytes = maxBytes;
    this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    this.toFile = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
    Failpoint.RECEIVE_OPENED.reach();
  }

  /** Writes the Part 10 preamble and file meta information; not part of the digest. */
  public void writeHeader(byte[] header) throws IOException {
    toFile.write(header);
  }

  /** Takes the encoded data set; fails with {@link SpoolFullException} past the size limit. */
  public OutputStream dataSet() {
    return dataSet;
  }

  /** Ends the data set; afterwards the digest is known. */
  void seal() throws IOException {
    if (digest.isEmpty()) {
      toFile.flush();
      digest = HexFormat.of().formatHex(sha256.digest());
    }
  }

  /** Forces the bytes to the disk, under whatever name the file has now. */
  void force() throws IOException {
    channel.force(false);
  }

  /** The temporary file; readable to its end once {@link #flush} was called. */
  public Path file() {
    return file;
  }

  /** Hands buffered bytes to the operating system, so that the file can be read. */
  public void flush() throws IOException {
    toFile.flush();
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

  void moved() {
    kept = true;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (!kept) {
      Files.deleteIfExists(file);
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
        toFile.write(bytes, offset, length);
      } catch (IOException e) {
        throw new SpoolFullException("the object cannot be written to the disk", e);
      }
    }
  }
}
