package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SweepTest {

  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final Duration LONGEST_RUN = Duration.ofMinutes(15);

  private final MovingClock clock = new MovingClock();
  private boolean broken;

  @Test
  void aSweepThatHasNotSucceededForTenIntervalsIsInTroubleByName() throws Exception {
    Sweep sweep = sweep(true);
    sweep.run();
    broken = true;
    for (int i = 0; i < 10; i++) {
      clock.move(INTERVAL);
      sweep.run();
      assertEquals(Optional.empty(), sweep.trouble(), "after " + (i + 1) + " failures");
    }
    clock.move(INTERVAL);
    sweep.run();
    assertEquals(Optional.of("sweep assemble has not succeeded for 22 s"), sweep.trouble());
    broken = false;
    sweep.run();
    assertEquals(Optional.empty(), sweep.trouble());
  }

  @Test
  void aSweepThatIsNeverStartedIsInTroubleUnlessAnotherNodeMayRunIt() {
    Sweep here = sweep(true);
    Sweep anywhere = sweep(false);
    clock.move(Duration.ofSeconds(21));
    assertEquals(Optional.of("sweep assemble has not succeeded for 21 s"), here.trouble());
    assertEquals(Optional.empty(), anywhere.trouble());
  }

  @Test
  void aSweepMayWorkForLongButNotForEver() throws Exception {
    Optional<String>[] seen = seen();
    Sweep[] sweep = new Sweep[1];
    sweep[0] =
        new Sweep(
            "night",
            new Sweep.Rhythm(INTERVAL, LONGEST_RUN, true),
            clock,
            () -> {
              clock.move(LONGEST_RUN);
              seen[0] = sweep[0].trouble();
              clock.move(INTERVAL);
              seen[1] = sweep[0].trouble();
            });
    sweep[0].run();
    assertEquals(Optional.empty(), seen[0]);
    assertEquals(Optional.of("sweep night has not succeeded for 902 s"), seen[1]);
    assertEquals(Optional.empty(), sweep[0].trouble());
  }

  @Test
  void shortIntervalsLeaveABusyMachineTime() {
    Sweep sweep =
        new Sweep(
            "assemble",
            new Sweep.Rhythm(Duration.ofMillis(100), LONGEST_RUN, true),
            clock,
            () -> {});
    clock.move(Duration.ofSeconds(10));
    assertEquals(Optional.empty(), sweep.trouble());
    clock.move(Duration.ofMillis(1));
    assertEquals(Optional.of("sweep assemble has not succeeded for 10 s"), sweep.trouble());
  }

  @Test
  void aStackThatIsTooDeepIsAFailureAndAnInterruptionIsNone() throws Exception {
    Sweep deep =
        new Sweep(
            "deep",
            new Sweep.Rhythm(INTERVAL, LONGEST_RUN, true),
            clock,
            () -> {
              throw new StackOverflowError();
            });
    deep.run();
    Sweep stopping =
        new Sweep(
            "stopping",
            new Sweep.Rhythm(INTERVAL, LONGEST_RUN, true),
            clock,
            () -> {
              throw new InterruptedException();
            });
    assertThrows(InterruptedException.class, stopping::run);
  }

  @SuppressWarnings("unchecked")
  private static Optional<String>[] seen() {
    return new Optional[2];
  }

  private Sweep sweep(boolean onEveryNode) {
    return new Sweep(
        "assemble",
        new Sweep.Rhythm(INTERVAL, LONGEST_RUN, onEveryNode),
        clock,
        () -> {
          if (broken) {
            throw new IllegalStateException("SENTINEL");
          }
        });
  }
}
