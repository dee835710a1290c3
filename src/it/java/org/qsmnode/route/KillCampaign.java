package org.qsmnode.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Kills nodes at seeded points until so many points were reached, and says what was lost or
 * doubled. Arguments: points, seed, nodes at a time, folder. The log in the folder has one line a
 * kill and one a lineage; a campaign that was interrupted goes on where it was.
 */
public final class KillCampaign {

  private static final int KILLS_OF_A_LINEAGE = 6;

  private final Path folder;
  private final Path log;
  private final long seed;
  private final int wanted;
  private final AtomicInteger reached = new AtomicInteger();
  private final AtomicInteger next = new AtomicInteger();
  private final Set<Integer> done = new HashSet<>();

  private KillCampaign(Path folder, int wanted, long seed) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.log = folder.resolve("kills-" + seed + ".tsv");
    this.wanted = wanted;
    this.seed = seed;
    if (Files.exists(log)) {
      for (String line : Files.readAllLines(log)) {
        String[] columns = line.split("\t");
        if (columns[1].equals("lineage")) {
          done.add(Integer.parseInt(columns[2]));
        } else if (columns[7].equals("reached")) {
          reached.incrementAndGet();
        }
      }
    }
  }

  public static void main(String[] arguments) throws Exception {
    KillCampaign campaign =
        new KillCampaign(
            Path.of(arguments[3]), Integer.parseInt(arguments[0]), Long.parseLong(arguments[1]));
    campaign.run(Integer.parseInt(arguments[2]));
    System.exit(campaign.report() ? 0 : 1);
  }

  private void run(int atATime) throws InterruptedException {
    ExecutorService nodes = Executors.newFixedThreadPool(atATime);
    for (int i = 0; i < atATime; i++) {
      nodes.execute(
          () -> {
            while (reached.get() < wanted) {
              int number = next.getAndIncrement();
              if (!done.contains(number)) {
                lineage(number);
              }
            }
          });
    }
    nodes.shutdown();
    nodes.awaitTermination(1, TimeUnit.DAYS);
  }

  private void lineage(int number) {
    KillFlow flow = KillFlow.values()[number % KillFlow.values().length];
    Path own = folder.resolve("lineage-" + seed + "-" + number);
    List<String> lines = new ArrayList<>();
    String verdict;
    try {
      delete(own);
      Files.createDirectories(own);
      KillLineage.Outcome outcome =
          new KillLineage(own, flow, seed, number, KILLS_OF_A_LINEAGE).run();
      for (int life = 0; life < outcome.struck().size(); life++) {
        KillFlow.Kill kill = outcome.plan().get(life);
        boolean struck = outcome.struck().get(life);
        lines.add(
            "kill\t%d\t%d\t%s\t%s\t%d\t%s"
                .formatted(
                    number,
                    life,
                    flow,
                    kill.point(),
                    kill.pass(),
                    struck ? "reached" : "not reached"));
        if (struck) {
          reached.incrementAndGet();
        }
      }
      verdict = outcome.faults().isEmpty() ? "right" : String.join("; ", outcome.faults());
      if (outcome.faults().isEmpty()) {
        delete(own);
      }
    } catch (Exception e) {
      verdict = "broken: " + e;
    }
    lines.add("lineage\t%d\t%s\t%s".formatted(number, flow, verdict.replaceAll("\\s+", " ")));
    write(lines);
  }

  private synchronized void write(List<String> lines) {
    StringBuilder text = new StringBuilder();
    String now = LocalDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString();
    lines.forEach(line -> text.append(now).append('\t').append(line).append('\n'));
    try {
      Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    System.out.print(text);
  }

  /** Prints the points by how often they were reached; true when nothing was wrong. */
  private boolean report() throws IOException {
    Map<String, Integer> points = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    int lineages = 0;
    for (String line : Files.readAllLines(log)) {
      String[] columns = line.split("\t");
      if (columns[1].equals("lineage")) {
        lineages++;
        if (!columns[4].equals("right")) {
          wrong.add(line);
        }
      } else if (columns[7].equals("reached")) {
        points.merge(columns[5], 1, Integer::sum);
      }
    }
    System.out.printf("%nReached: %d points in %d lineages%n", reached.get(), lineages);
    points.forEach((point, times) -> System.out.printf("%4d  %s%n", times, point));
    System.out.printf("Lineages that were not right: %d%n", wrong.size());
    wrong.forEach(System.out::println);
    return wrong.isEmpty();
  }

  static void delete(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path path : walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
