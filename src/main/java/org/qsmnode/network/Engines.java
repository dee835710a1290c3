package org.qsmnode.network;

import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine that this build holds. */
public final class Engines {

  private static final Logger LOG = LoggerFactory.getLogger(Engines.class);
  private static @Nullable Engine running;

  private Engines() {}

  /**
   * Starts the engine on the first call and names it, and its device, in the log.
   *
   * @throws IllegalStateException if there is none, or if it is the slow build of its library
   */
  public static synchronized Engine running() {
    if (running == null) {
      Engine found =
          ServiceLoader.load(Engine.class)
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("this build holds no network engine"));
      LOG.info("network engine {} on {}", found.name(), found.device());
      running = found;
    }
    return running;
  }
}
