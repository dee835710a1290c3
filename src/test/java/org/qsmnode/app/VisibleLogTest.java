package org.qsmnode.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

/** The log settings of the distribution keep every text of a peer on its line. */
class VisibleLogTest {

  private static final String FORGED =
      "1.2\n2026-01-01 ERROR forged\r\u0000\u001b[31m\u0085\u2028\u202e";
  private static final String SHOWN =
      "1.2\\u000A2026-01-01 ERROR forged\\u000D\\u0000\\u001B[31m\\u0085\\u2028\\u202E";

  @Test
  void controlCharactersOfAMessageAreShown() throws Exception {
    List<String> lines = lines("CONSOLE", log -> log.warn("object {} refused", FORGED));
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.get(0).endsWith("object " + SHOWN + " refused"), lines::toString);
  }

  @Test
  void controlCharactersOfAnExceptionAndItsCauseAreShown() throws Exception {
    IOException failure = new IOException(FORGED, new IllegalStateException(FORGED));
    failure.addSuppressed(new IOException(FORGED));
    List<String> lines = lines("CONSOLE", log -> log.error("failed", failure));
    assertTrue(lines.contains("java.io.IOException: " + SHOWN), lines::toString);
    assertTrue(
        lines.contains("Caused by: java.lang.IllegalStateException: " + SHOWN), lines::toString);
    assertTrue(lines.contains("\tSuppressed: java.io.IOException: " + SHOWN), lines::toString);
    assertFalse(lines.stream().anyMatch(line -> line.startsWith("2026-01-01")), lines::toString);
  }

  @Test
  void aLineOfJsonStaysOneAndHoldsTheTextAsItWas() throws Exception {
    List<String> lines =
        lines("JSON", log -> log.error("object {}", FORGED, new IOException(FORGED)));
    assertEquals(1, lines.size(), lines::toString);
    JsonNode line = new ObjectMapper().readTree(lines.get(0));
    assertEquals("object " + FORGED, line.path("formattedMessage").asText());
    assertEquals(FORGED, line.path("throwable").path("message").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "Ümläut 磁気共鳴", "a\\b", "\uD83E\uDDE0"})
  void textThatCanBeSeenStaysAsItIs(String text) {
    assertEquals(text, Visible.text(text));
  }

  @Test
  void halfACharacterIsShown() {
    assertEquals("a\\uD83Eb", Visible.text("a\uD83Eb"));
  }

  private interface Logging {
    void to(Logger log);
  }

  /** What the distribution's settings write to standard error. */
  private static List<String> lines(String appender, Logging logging) throws Exception {
    PrintStream before = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    LoggerContext context = new LoggerContext();
    try {
      System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
      context.setMDCAdapter(new LogbackMDCAdapter());
      context.putProperty("QSM_NODE_LOG", appender);
      JoranConfigurator configurator = new JoranConfigurator();
      configurator.setContext(context);
      configurator.doConfigure(Path.of("conf", "logback.xml").toFile());
      logging.to(context.getLogger("trial"));
    } finally {
      context.stop();
      System.setErr(before);
    }
    return List.of(written.toString(StandardCharsets.UTF_8).split("\n"));
  }
}
