package org.qsmnode.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.qsmnode.numeric.Parallel;

/** With the launcher's options, threads that compute give way to threads that receive. */
class ReceiptFirstTest {

  private static final Path LAUNCHER = Path.of("deploy", "qsm-node");
  private static final Pattern PRIORITY_OPTION =
      Pattern.compile("-XX:\\+?\\w*Priority\\S*|-Djava\\.util\\.concurrent\\S*");
  private static final int NICENESS_FIELD_AFTER_NAME = 16;

  @Test
  @EnabledOnOs(OS.LINUX)
  void workersOfParallelLoopsAndAJobsThreadAreNiceAndOthersAreNot() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    PRIORITY_OPTION
        .matcher(Files.readString(LAUNCHER))
        .results()
        .forEach(option -> command.add(option.group()));
    assertTrue(command.size() > 3, command::toString);
    command.addAll(
        List.of(
            "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2",
            "-cp",
            System.getProperty("java.class.path"),
            ReceiptFirstTest.class.getName()));
    Process java = new ProcessBuilder(command).start();
    String printed = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String errors = new String(java.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, java.waitFor(), errors);
    assertTrue(printed.contains("receiver 0"), printed);
    assertTrue(printed.contains("job 19"), printed);
    assertTrue(printed.contains("workers [19]"), printed);
  }

  /** Prints the niceness of the kinds of threads. */
  public static void main(String[] arguments) throws Exception {
    System.out.println("receiver " + niceness());
    Thread job =
        new Thread(
            () -> {
              Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
              System.out.println("job " + niceness());
            });
    job.start();
    job.join();
    Set<Integer> workers = new ConcurrentSkipListSet<>();
    Thread caller = Thread.currentThread();
    CountDownLatch seen = new CountDownLatch(1);
    Parallel.run(
        1000,
        (from, to) -> {
          if (Thread.currentThread() != caller) {
            workers.add(niceness());
            seen.countDown();
          } else {
            awaitOther(seen);
          }
        });
    System.out.println("workers " + workers);
  }

  /** Leaves the rest of a loop to the workers. */
  private static void awaitOther(CountDownLatch seen) {
    try {
      seen.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int niceness() {
    try {
      String stat = Files.readString(Path.of("/proc/thread-self/stat"));
      String afterName = stat.substring(stat.lastIndexOf(')') + 2);
      return Integer.parseInt(afterName.split(" ", -1)[NICENESS_FIELD_AFTER_NAME]);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
