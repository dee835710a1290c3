package org.qsmnode.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs Jazzer on one target after another and prints a table: {@code FuzzCampaign RUNS
 * [TARGET]...}. Logs, findings and a sample of each corpus are left in {@code target/fuzz}.
 */
public final class FuzzCampaign {

  /** Starts a line of the log that says how many bytes an input has allocated. */
  static final String ALLOCATED = "allocated: ";

  private static final int SECONDS_PER_INPUT = 5;
  private static final Path FOLDER = Path.of("target", "fuzz");

  private FuzzCampaign() {}

  public static void main(String[] arguments) throws Exception {
    List<String> wanted = List.of(arguments).subList(2, arguments.length);
    System.out.println(
        "| Target | Guided | Spoiled | Branches reached | Inputs kept | Most kB allocated | Seconds |"
            + " Result |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (FuzzTarget target : FuzzTargets.all()) {
      if (wanted.isEmpty() || wanted.contains(target.name())) {
        System.out.println(row(target, arguments[0], Long.parseLong(arguments[1])));
      }
    }
  }

  private static String row(FuzzTarget target, String guided, long spoiled) throws Exception {
    Path folder = Files.createDirectories(FOLDER.resolve(target.name()));
    Path inputs = Files.createDirectories(folder.resolve("inputs"));
    int number = 0;
    for (byte[] input : Corpus.of(target)) {
      Files.write(inputs.resolve("seed-" + number++), input);
    }
    Path log = folder.resolve("log");
    long began = System.nanoTime();
    int status =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + JazzerEntry.class.getName(),
                "--target_args=" + target.name(),
                "--instrumentation_includes=org.dcm4che3.**:org.qsmnode.**",
                "--reproducer_path=" + folder,
                "-runs=" + guided,
                "-seed=1",
                "-timeout=" + SECONDS_PER_INPUT,
                "-rss_limit_mb=4096",
                "-artifact_prefix=" + folder + "/",
                "-print_final_stats=1",
                inputs.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    Corpus.keep(inputs, FOLDER.resolve(target.name() + ".txt"));
    String text = Files.readString(log, java.nio.charset.StandardCharsets.ISO_8859_1);
    String found = status == 0 ? "" : "FINDING, see " + log;
    SpoiledRuns runs = new SpoiledRuns(target, contents(inputs), folder);
    if (found.isEmpty()) {
      found = runs.run(spoiled);
    }
    long seconds = (System.nanoTime() - began) / 1_000_000_000;
    return "| %s | %s | %d | %s | %d | %d | %d | %s |"
        .formatted(
            target.name(),
            last(text, "stat::number_of_executed_units: (\\d+)"),
            spoiled,
            last(text, " cov: (\\d+)"),
            contents(inputs).size(),
            Math.max(Long.parseLong(last(text, ALLOCATED + "(\\d+)")), runs.mostAllocated()) >> 10,
            seconds,
            found.isEmpty() ? "no finding" : found);
  }

  private static String last(String text, String expression) {
    Matcher matcher = Pattern.compile(expression).matcher(text);
    String found = "0";
    while (matcher.find()) {
      found = matcher.group(1);
    }
    return found;
  }

  private static List<byte[]> contents(Path folder) throws IOException {
    List<byte[]> contents = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        contents.add(Files.readAllBytes(file));
      }
    }
    return contents;
  }
}
