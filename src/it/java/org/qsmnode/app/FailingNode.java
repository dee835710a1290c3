package org.qsmnode.app;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.qsmnode.route.NodeSettings;
import org.qsmnode.store.Failpoint;
import org.qsmnode.store.Failpoints;

/**
 * A node in a process of its own in which a step fails. Arguments: the file with the settings, by
 * how many hours its clock is ahead, and faults as {@code POINT:PASS:ACTION}. The node ends with
 * the process that started it.
 */
public final class FailingNode {

  /** What happens at a point. */
  public enum Action {
    /** SIGKILL of the own process; the thread that reached the point goes no further. */
    KILL,
    /** The step fails as a disk or a network would let it fail. */
    IO_ERROR,
    /** The step fails for want of memory. */
    OUT_OF_MEMORY,
    /** The clock of the node jumps a day ahead; the step goes on. */
    DAY_AHEAD
  }

  /** Stands in the output, with point and pass, when a fault has come. */
  public static final String MARK = "FAULT ";

  private record Fault(int pass, Action action) {}

  /** How far the clock of the node is ahead. */
  private static final AtomicReference<Duration> AHEAD = new AtomicReference<>(Duration.ZERO);

  private static final class MovedClock extends Clock {

    private final Clock right = Clock.systemDefaultZone();

    @Override
    public ZoneId getZone() {
      return right.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("the node keeps the zone of its clock");
    }

    @Override
    public Instant instant() {
      return right.instant().plus(AHEAD.get());
    }
  }

  private FailingNode() {}

  public static void main(String[] arguments) throws Exception {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(arguments[0]))) {
      properties.load(reader);
    }
    ProcessHandle.current()
        .parent()
        .ifPresent(test -> test.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
    AHEAD.set(Duration.ofHours(Long.parseLong(arguments[1])));
    listen(List.of(arguments).subList(2, arguments.length));
    Node node =
        new Node(
            NodeSettings.from(
                properties.stringPropertyNames().stream()
                    .collect(Collectors.toMap(Function.identity(), properties::getProperty))),
            new MovedClock());
    Runtime.getRuntime().addShutdownHook(new Thread(node::close));
    node.start();
    System.out.println("PORT " + node.dicomPort());
    Thread.currentThread().join();
  }

  private static void listen(List<String> words) {
    Map<Failpoint, List<Fault>> faults = new EnumMap<>(Failpoint.class);
    Map<Failpoint, AtomicInteger> passes = new EnumMap<>(Failpoint.class);
    for (String word : words) {
      String[] parts = word.split(":");
      Failpoint point = Failpoint.valueOf(parts[0]);
      faults
          .computeIfAbsent(point, key -> new ArrayList<>())
          .add(new Fault(Integer.parseInt(parts[1]), Action.valueOf(parts[2])));
      passes.put(point, new AtomicInteger());
    }
    Failpoints.listen(
        point -> {
          AtomicInteger counter = passes.get(point);
          if (counter != null) {
            int pass = counter.incrementAndGet();
            for (Fault fault : faults.getOrDefault(point, List.of())) {
              if (fault.pass() == pass) {
                strike(point, fault);
              }
            }
          }
        });
  }

  private static void strike(Failpoint point, Fault fault) {
    System.out.println(MARK + point + " " + fault.pass() + " " + fault.action());
    System.out.flush();
    switch (fault.action()) {
      case KILL -> kill();
      case IO_ERROR -> FailingNode.<RuntimeException>fail(new IOException("injected at " + point));
      case OUT_OF_MEMORY -> throw new OutOfMemoryError("injected at " + point);
      case DAY_AHEAD -> AHEAD.accumulateAndGet(Duration.ofDays(1), Duration::plus);
    }
  }

  private static void kill() {
    try {
      new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid())).start();
    } catch (IOException e) {
      Runtime.getRuntime().halt(137);
    }
    while (true) {
      LockSupport.park();
    }
  }

  /** Throws an exception that the step does not declare, as it would come from below. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Exception> void fail(Exception cause) throws E {
    throw (E) cause;
  }
}
