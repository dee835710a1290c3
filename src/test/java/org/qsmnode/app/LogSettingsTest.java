package org.qsmnode.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The levels of {@code conf/logback.xml}, on which the word of {@code operate.md} on patient
 * attributes rests.
 */
class LogSettingsTest {

  @Test
  void dcm4cheIsHeardFromWarningsOn() throws Exception {
    LoggerContext context = new LoggerContext();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(Path.of("conf", "logback.xml").toFile());
    assertEquals(Level.WARN, context.getLogger("org.dcm4che3.net.Association").getEffectiveLevel());
    assertEquals(Level.INFO, context.getLogger("org.qsmnode.route.Node").getEffectiveLevel());
    context.stop();
  }
}
