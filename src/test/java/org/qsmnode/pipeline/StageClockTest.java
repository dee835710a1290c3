package org.qsmnode.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StageClockTest {

  @Test
  void secondsAddUpByStageInOrderOfTheFirstStart() {
    AtomicLong nanos = new AtomicLong(7_000_000_000L);
    List<String> heard = new ArrayList<>();
    StageClock clock =
        new StageClock((stage, fraction) -> heard.add(stage + " " + fraction), nanos::get);
    clock.at("read", 0);
    nanos.addAndGet(2_000_000_000L);
    clock.at("read", 1);
    clock.at("invert", 0.5);
    nanos.addAndGet(500_000_000L);
    clock.at("read", 0);
    nanos.addAndGet(1_000_000_000L);
    Map<String, Double> seconds = clock.close();
    assertEquals(Map.of("read", 3.0, "invert", 0.5), seconds);
    assertEquals(List.of("read", "invert"), List.copyOf(seconds.keySet()));
    assertEquals(List.of("read 0.0", "read 1.0", "invert 0.5", "read 0.0"), heard);
  }
}
