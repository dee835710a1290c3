package org.qsmnode.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Commitment, review, reprocessing and retention on the embedded database. */
class LateWorkTest extends LateWorkContract {

  @TempDir Path folder;

  @Override
  protected DatabaseSettings database() {
    return DatabaseSettings.embedded(folder);
  }
}
