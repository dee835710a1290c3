package org.qsmnode.route;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Puts audit messages into syslog messages (RFC 5424 section 6, PS3.15 A.6). */
final class SyslogMessage {

  /** Facility 10, security and authorization; severity 5, notice. */
  private static final int PRIORITY = 10 * 8 + 5;

  private static final String MESSAGE_ID = "DICOM+RFC3881";
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private SyslogMessage() {}

  static byte[] of(Instant at, String xml) {
    return "<%d>1 %s %s qsm-node %d %s - %c%s"
        .formatted(
            PRIORITY,
            at.truncatedTo(ChronoUnit.MILLIS),
            host(),
            ProcessHandle.current().pid(),
            MESSAGE_ID,
            BYTE_ORDER_MARK,
            xml)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName().replaceAll("[^\\x21-\\x7E]", "-");
    } catch (UnknownHostException e) {
      return "-";
    }
  }
}
