package org.qsmnode.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** A multipart/related body (RFC 2387) that opens its parts one after the other as it is read. */
final class MultipartWriter {

  private final String partType;
  private final String boundary = "qsmnode-" + UUID.randomUUID();

  /**
   * A body of parts of one type.
   *
   * @param partType media type without parameters
   */
  MultipartWriter(String partType) {
    this.partType = partType;
  }

  /** Opens a part. */
  @FunctionalInterface
  interface Part {
    InputStream open() throws IOException;
  }

  Reply reply(List<Part> parts) {
    return Reply.ok(
        "multipart/related; type=\"" + partType + "\"; boundary=" + boundary, body(parts));
  }

  private InputStream body(List<Part> parts) {
    Stream<Part> all =
        Stream.concat(
            parts.stream().flatMap(part -> Stream.of(text(header()), part, text("\r\n"))),
            Stream.of(text("--" + boundary + "--\r\n")));
    return new SequenceInputStream(opened(all.iterator()));
  }

  private String header() {
    return "--" + boundary + "\r\nContent-Type: " + partType + "\r\n\r\n";
  }

  private static Part text(String text) {
    return () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static Enumeration<InputStream> opened(Iterator<Part> parts) {
    return new Enumeration<>() {
      @Override
      public boolean hasMoreElements() {
        return parts.hasNext();
      }

      @Override
      public InputStream nextElement() {
        try {
          return parts.next().open();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }
}
