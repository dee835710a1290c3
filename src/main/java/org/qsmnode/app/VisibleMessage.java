package org.qsmnode.app;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** {@code %msg} of the log: peers' texts in a message stay on its line (conf/logback.xml). */
public final class VisibleMessage extends MessageConverter {

  @Override
  public String convert(ILoggingEvent event) {
    return Visible.text(super.convert(event));
  }
}
