package org.dcm4che3.util;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Reads, skips and copies exact numbers of bytes. */
public class StreamUtils {
  private static final int COPY_BUFFER_SIZE = 16384;

  private StreamUtils() {}

  /** Reads until the range is full or the stream ends; returns the number of bytes read. */
  public static int readAvailable(InputStream in, byte[] b, int off, int len) throws IOException {
    return in.readNBytes(b, off, len);
  }

  /** Reads exactly {@code len} bytes, or throws EOFException. */
  public static void readFully(InputStream in, byte[] b, int off, int len) throws IOException {
    if (in.readNBytes(b, off, len) < len) {
      throw new EOFException();
    }
  }

  /** Skips exactly {@code n} bytes, or throws EOFException. */
  public static void skipFully(InputStream in, long n) throws IOException {
    long left = n;
    byte[] sink = null;
    while (left > 0) {
      long skipped = in.skip(left);
      if (skipped <= 0) {
        if (sink == null) {
          sink = new byte[(int) Math.min(left, COPY_BUFFER_SIZE)];
        }
        skipped = in.read(sink, 0, (int) Math.min(left, sink.length));
        if (skipped < 0) {
          throw new EOFException();
        }
      }
      left -= skipped;
    }
  }

  public static void copy(InputStream in, OutputStream out) throws IOException {
    copy(in, out, new byte[COPY_BUFFER_SIZE]);
  }

  public static void copy(InputStream in, OutputStream out, byte[] buf) throws IOException {
    for (int n; (n = in.read(buf, 0, buf.length)) > 0; ) {
      out.write(buf, 0, n);
    }
  }

  public static void copy(InputStream in, OutputStream out, long len) throws IOException {
    byte[] buf = new byte[(int) Math.min(len, COPY_BUFFER_SIZE)];
    for (long left = len; left > 0; ) {
      int n = in.read(buf, 0, (int) Math.min(left, buf.length));
      if (n < 0) {
        throw new EOFException();
      }
      out.write(buf, 0, n);
      left -= n;
    }
  }
}
