package org.qsmnode.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.qsmnode.numeric.Progress;

/** Passes progress on and keeps how many seconds each stage took. */
final class StageClock implements Progress {

  private static final double SECONDS_PER_NANO = 1e-9;

  private final Progress listener;
  private final LongSupplier nanoTime;
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private String stage = "";
  private long since;

  StageClock(Progress listener, LongSupplier nanoTime) {
    this.listener = listener;
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized void at(String newStage, double fraction) {
    if (!newStage.equals(stage)) {
      close();
      stage = newStage;
      since = nanoTime.getAsLong();
    }
    listener.at(newStage, fraction);
  }

  /** Ends the running stage; returns seconds by stage in the order of their first start. */
  synchronized Map<String, Double> close() {
    if (!stage.isEmpty()) {
      seconds.merge(stage, (nanoTime.getAsLong() - since) * SECONDS_PER_NANO, Double::sum);
      stage = "";
    }
    return new LinkedHashMap<>(seconds);
  }
}
