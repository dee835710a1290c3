package org.qsmnode.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MultipartReaderTest {

  @Test
  void aHeaderWithoutEndIsRefused() {
    assertRefused("--b\r\nContent-Type: " + "x".repeat(100_000), 1);
  }

  @Test
  void headersWithoutEndAreRefused() {
    assertRefused("--b\r\n" + "X: y\r\n".repeat(101) + "\r\n", 1);
  }

  @Test
  void partsWithoutEndAreRefused() {
    assertRefused(
        "--b\r\n\r\nx\r\n".repeat(MultipartReader.MOST_PARTS + 1), MultipartReader.MOST_PARTS + 1);
  }

  private static void assertRefused(String body, int atPart) {
    InputStream bytes = new ByteArrayInputStream(body.getBytes(StandardCharsets.US_ASCII));
    MultipartReader reader = new MultipartReader(bytes, "b");
    HttpRefusal refusal =
        assertThrows(
            HttpRefusal.class,
            () -> {
              for (int part = 1; part < atPart; part++) {
                assertTrue(reader.next());
              }
              reader.next();
            });
    assertEquals(HttpRefusal.BAD_REQUEST, refusal.status());
  }
}
