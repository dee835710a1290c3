package org.qsmnode.web;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/**
 * Takes a multipart body apart while it is read (RFC 2046 section 5.1.1); a body that ends too
 * early is refused with 400.
 */
final class MultipartReader {

  private static final int LONGEST_LINE = 8192;

  /** Header lines of a part; MIME parts of real senders have one to three. */
  private static final int MOST_HEADERS = 100;

  /** Parts of a body, as their answers are in memory together; a study has some thousands. */
  static final int MOST_PARTS = 50_000;

  private final InputStream body;
  private final byte[] delimiter;
  private Part part;
  private int parts;

  MultipartReader(InputStream body, String boundary) {
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    this.body =
        new SequenceInputStream(
            new ByteArrayInputStream(new byte[] {'\r', '\n'}),
            new BufferedInputStream(body, 1 << 16));
    this.part = new Part();
  }

  /** Goes past what is left of the part; false behind the last one. */
  boolean next() throws IOException {
    part.transferTo(OutputStream.nullOutputStream());
    String rest = line();
    if (rest.startsWith("--")) {
      return false;
    }
    if (++parts > MOST_PARTS) {
      throw new HttpRefusal(HttpRefusal.BAD_REQUEST, "The body has too many parts.");
    }
    part = new Part();
    int headers = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (++headers > MOST_HEADERS) {
        throw new HttpRefusal(HttpRefusal.BAD_REQUEST, "A part has too many headers.");
      }
      int colon = line.indexOf(':');
      if (colon > 0
          && line.substring(0, colon).trim().toLowerCase(Locale.ROOT).equals("content-type")) {
        part.contentType = line.substring(colon + 1).trim();
      }
    }
    return true;
  }

  /** Content-Type of the part, empty if it has none. */
  String contentType() {
    return part.contentType;
  }

  /** The bytes of the part. */
  InputStream part() {
    return part;
  }

  /** A line without its end; after the last boundary the body may end without one. */
  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = body.read(); b != '\n'; b = body.read()) {
      if (b < 0) {
        if (line.toString(StandardCharsets.ISO_8859_1).startsWith("--")) {
          break;
        }
        throw cutShort();
      }
      if (line.size() > LONGEST_LINE) {
        throw new HttpRefusal(HttpRefusal.BAD_REQUEST, "A header of a part is too long.");
      }
      line.write(b);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private static HttpRefusal cutShort() {
    return new HttpRefusal(HttpRefusal.BAD_REQUEST, "The body ends inside a part.");
  }

  /**
   * Bytes up to the delimiter. Since CR stands nowhere in it but at its start, what was wrongly
   * taken for its beginning holds no other beginning.
   */
  private final class Part extends InputStream {

    private String contentType = "";
    private int given;
    private int taken;
    private int held = -1;
    private boolean ended;

    @Override
    public int read() throws IOException {
      if (given < taken) {
        return delimiter[given++] & 0xff;
      }
      if (ended) {
        return -1;
      }
      int b = held;
      held = -1;
      if (b < 0) {
        b = body.read();
      }
      if (b < 0) {
        throw cutShort();
      }
      return b == '\r' ? afterReturn() : b;
    }

    private int afterReturn() throws IOException {
      for (int matched = 1; matched < delimiter.length; matched++) {
        int b = body.read();
        if (b != (delimiter[matched] & 0xff)) {
          if (b < 0) {
            throw cutShort();
          }
          held = b;
          given = 1;
          taken = matched;
          return '\r';
        }
      }
      ended = true;
      return -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, bytes.length);
      int count = 0;
      while (count < length) {
        int b = read();
        if (b < 0) {
          break;
        }
        bytes[offset + count++] = (byte) b;
      }
      return count == 0 && length > 0 ? -1 : count;
    }
  }
}
