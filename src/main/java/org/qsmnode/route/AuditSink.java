package org.qsmnode.route;

import java.io.IOException;
import java.time.Instant;

/** Keeps or forwards audit messages; one thread at a time. */
interface AuditSink extends AutoCloseable {

  /** Takes one message, a line of XML. */
  void write(Instant at, String xml) throws IOException;

  @Override
  void close() throws IOException;
}
