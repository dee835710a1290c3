package org.qsmnode.store;

import java.io.IOException;

/**
 * Puts the files of a job in their place. Runs within the transaction that ends the job's turn,
 * while its row is locked: no other turn of the job can be doing so.
 */
@FunctionalInterface
public interface Publication {

  /** Moves the files; nothing is committed if this fails. */
  void publish() throws IOException;
}
