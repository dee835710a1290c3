package org.qsmnode.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest extends LedgerContract {

  @TempDir Path folder;

  @Override
  protected DatabaseSettings database() {
    return DatabaseSettings.embedded(folder);
  }
}
