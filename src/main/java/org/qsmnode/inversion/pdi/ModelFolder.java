package org.qsmnode.inversion.pdi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A model on disk, read when it is first needed. */
public final class ModelFolder implements Supplier<PdiModel> {

  private final Path folder;
  private @Nullable PdiModel model;

  /** A model in a folder as {@link PdiModel#read} takes it; nothing is read yet. */
  public ModelFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * The model.
   *
   * @throws IllegalStateException if there is none or it is damaged, with the reason
   */
  @Override
  public synchronized PdiModel get() {
    PdiModel known = model;
    if (known == null) {
      try {
        known = PdiModel.read(folder);
      } catch (IOException e) {
        throw new IllegalStateException(e.getMessage(), e);
      }
      model = known;
    }
    return known;
  }
}
