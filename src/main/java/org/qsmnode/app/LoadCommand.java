package org.qsmnode.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.qsmnode.camel.PeerAddress;
import org.qsmnode.camel.StoreReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how fast an application entity takes objects that are made in memory. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description = {
      "Stores synthetic MR objects with new UIDs at an application entity, and prints its rate.",
      "They are spin echoes of patient LOAD, which qsm-node keeps and never computes on.",
      "A PACS keeps them too: send there only what may be deleted."
    })
final class LoadCommand implements Callable<Integer> {

  private static final int MOST_ASSOCIATIONS = 64;
  private static final int MOST_OBJECTS = 1_000_000;
  private static final int FEWEST_BYTES = 2;
  private static final int MOST_BYTES = 1 << 28;
  private static final double NANOS_PER_MS = 1e6;

  @Option(names = "--to", required = true, paramLabel = "AET@HOST:PORT")
  String to = "";

  @Option(
      names = "--from",
      paramLabel = "AET",
      description = "own AE title (default ${DEFAULT-VALUE})")
  String from = "QSMLOAD";

  @Option(
      names = "--associations",
      paramLabel = "K",
      description = "open at a time, 1 to 64 (default ${DEFAULT-VALUE})")
  int associations = 1;

  @Option(
      names = "--objects",
      paramLabel = "N",
      description = "in all, 1 to 1000000 (default ${DEFAULT-VALUE})")
  int objects = 1000;

  @Option(
      names = "--bytes",
      paramLabel = "B",
      description = "of pixel data an object, about; 2 to 268435456 (default ${DEFAULT-VALUE})")
  int bytes = 71_000;

  @Override
  public Integer call() throws Exception {
    PeerAddress peer = PeerAddress.parse(to);
    require("--associations", associations, 1, MOST_ASSOCIATIONS);
    require("--objects", objects, 1, MOST_OBJECTS);
    require("--bytes", bytes, FEWEST_BYTES, MOST_BYTES);
    LoadImage image = new LoadImage(bytes);
    List<LoadAssociation> open = new ArrayList<>();
    try (ConsoleProgress progress = ConsoleProgress.onStandardError()) {
      int wanted = Math.min(associations, objects);
      for (int k = 0; k < wanted; k++) {
        int share = objects / wanted + (k < objects % wanted ? 1 : 0);
        open.add(new LoadAssociation(peer, from, image, share));
      }
      long start = System.nanoTime();
      storeOnAll(open, n -> progress.at("load", Math.min(1, (double) n * wanted / objects)));
      print((System.nanoTime() - start) / (1000 * NANOS_PER_MS), image, open);
    } finally {
      open.forEach(LoadAssociation::close);
    }
    return open.stream().allMatch(LoadAssociation::complete) ? ExitStatus.DONE : ExitStatus.FAILURE;
  }

  /** Stores on all associations at once; tells how many objects the first has stored. */
  private static void storeOnAll(List<LoadAssociation> open, IntConsumer progress)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(open.size());
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int k = 0; k < open.size(); k++) {
        LoadAssociation association = open.get(k);
        IntConsumer told = k == 0 ? progress : n -> {};
        running.add(threads.submit(() -> association.store(told)));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void print(double seconds, LoadImage image, List<LoadAssociation> open) {
    long[] nanos = open.stream().flatMapToLong(LoadAssociation::answerNanos).sorted().toArray();
    Map<String, Integer> answers = new TreeMap<>();
    open.stream()
        .flatMapToInt(LoadAssociation::statuses)
        .forEach(
            status ->
                answers.merge(new StoreReport.Outcome("", status).statusText(), 1, Integer::sum));
    System.out.printf(
        Locale.ROOT,
        "%d associations, %d objects of %d bytes of pixel data in %.2f s: %.0f objects/s%n",
        open.size(),
        nanos.length,
        image.pixelBytes(),
        seconds,
        nanos.length / seconds);
    if (nanos.length > 0) {
      System.out.printf(
          Locale.ROOT,
          "answer after: median %.2f ms, 95 %% %.2f ms, 99 %% %.2f ms, longest %.2f ms%n",
          quantile(nanos, 0.5),
          quantile(nanos, 0.95),
          quantile(nanos, 0.99),
          quantile(nanos, 1));
    }
    answers.forEach((status, count) -> System.out.printf("%d x %s%n", count, status));
    open.stream()
        .flatMap(association -> association.failure().stream())
        .forEach(failure -> System.err.println("an association ended early: " + failure));
  }

  private static double quantile(long[] sortedNanos, double part) {
    int index = (int) Math.ceil(part * sortedNanos.length) - 1;
    return sortedNanos[Math.max(0, index)] / NANOS_PER_MS;
  }

  private static void require(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s must be %d to %d: %d".formatted(option, least, most, value));
    }
  }
}
