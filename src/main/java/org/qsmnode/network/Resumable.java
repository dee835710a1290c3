package org.qsmnode.network;

import java.io.IOException;
import java.nio.file.Path;

/** Something whose training can be interrupted and resumed. */
public interface Resumable {

  /** Writes values and the state of the optimiser, so that training can go on from here. */
  void writeCheckpoint(Path file) throws IOException;

  /**
   * Takes values and the state of the optimiser from a checkpoint.
   *
   * @throws IOException if it cannot be read or is of another architecture
   */
  void readCheckpoint(Path file) throws IOException;
}
