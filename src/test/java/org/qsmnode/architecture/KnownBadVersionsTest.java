package org.qsmnode.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownBadVersionsTest {

  private final KnownBadVersions known = new KnownBadVersions();

  KnownBadVersionsTest() throws IOException {}

  @ParameterizedTest
  @CsvSource({
    "org.apache.logging.log4j:log4j-core, 2.14.1, 1",
    "org.apache.logging.log4j:log4j-core, 2.17.1, 0",
    "org.apache.commons:commons-text, 1.9, 1",
    "org.apache.commons:commons-text, 1.10.0, 0",
    "org.postgresql:postgresql, 42.6.0, 1",
    "org.postgresql:postgresql, 42.6.1, 0",
    "org.postgresql:postgresql, 42.7.6, 1",
    "com.h2database:h2, 1.4.200, 1",
    "io.netty:netty-codec-http, 4.1.100.Final, 1",
    "io.netty:netty-codec-http, 4.1.125.Final, 0",
    "org.example:unknown, 1.0, 0",
  })
  void aVersionInsideARangeIsTold(String library, String version, int weaknesses) {
    assertEquals(weaknesses, known.of(library, version).size());
  }
}
