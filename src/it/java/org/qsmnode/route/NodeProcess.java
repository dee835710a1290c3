package org.qsmnode.route;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Runs {@link NodeMain}; everything it writes goes to one log file that outlives it. */
final class NodeProcess implements AutoCloseable {

  private static final Pattern LISTENS = Pattern.compile("(?:listens on [^ \n]+:|PORT )(\\d+)\n");
  private static final Pattern STARTED =
      Pattern.compile("(?m)^\\S+ runs: (?!.*receive).*\n|" + LISTENS.pattern());
  private static final Duration START = Duration.ofMinutes(10);

  private final Process process;
  private final Path log;
  private final long logStart;
  private final int port;

  private NodeProcess(Process process, Path log, long logStart) {
    this.process = process;
    this.log = log;
    this.logStart = logStart;
    try {
      Awaitility.await("start of the node")
          .atMost(START)
          .until(() -> !process.isAlive() || STARTED.matcher(tail()).find());
    } catch (ConditionTimeoutException e) {
      process.destroyForcibly();
      throw e;
    }
    if (!process.isAlive()) {
      throw new IllegalStateException("the node did not start:\n" + tail());
    }
    Matcher listens = LISTENS.matcher(tail());
    this.port = listens.find() ? Integer.parseInt(listens.group(1)) : -1;
  }

  static NodeProcess start(Path folder, Map<String, String> settings) throws IOException {
    return start(folder, settings, Launch.DEFAULT);
  }

  /**
   * How the process is started.
   *
   * @param before words before {@code java}, for example {@code nice}
   * @param options options of Java
   * @param main class with the main method; its first argument is the file with the settings
   * @param arguments further arguments
   * @param level level of the product's log
   */
  record Launch(
      List<String> before,
      List<String> options,
      Class<?> main,
      List<String> arguments,
      String level) {

    static final Launch DEFAULT =
        new Launch(List.of(), List.of("-Xmx1g"), NodeMain.class, List.of(), "DEBUG");
  }

  static NodeProcess start(Path folder, Map<String, String> settings, Launch launch)
      throws IOException {
    Path log = folder.resolve("node.log");
    long logStart = Files.exists(log) ? Files.size(log) : 0;
    return new NodeProcess(launch(folder, settings, launch), log, logStart);
  }

  /** Runs a node that is not expected to start, to its end. */
  static int exitStatus(Path folder, Map<String, String> settings, Duration atMost)
      throws IOException, InterruptedException {
    Process process = launch(folder, settings, Launch.DEFAULT);
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("the node did not end in " + atMost);
    }
    return process.exitValue();
  }

  private static Process launch(Path folder, Map<String, String> settings, Launch launch)
      throws IOException {
    Properties properties = new Properties();
    properties.putAll(settings);
    Path file = folder.resolve("node.properties");
    try (var writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    Path logback = folder.resolve("logback.xml");
    Files.writeString(
        logback,
        Files.readString(Path.of("conf", "logback.xml"))
            .replace("org.dcm4che3\" level=\"WARN\"", "org.dcm4che3\" level=\"INFO\"")
            .replace(
                "<root",
                "<logger name=\"org.qsmnode\" level=\"%s\" /><root".formatted(launch.level())));
    List<String> command = new ArrayList<>(launch.before());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(launch.options());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dlogback.configurationFile=" + logback,
            "-cp",
            System.getProperty("java.class.path"),
            launch.main().getName(),
            file.toString()));
    command.addAll(launch.arguments());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("node.log").toFile()))
        .start();
  }

  /** Waits for the end that the node makes itself, and gives its exit status. */
  int awaitExit(Duration atMost) throws InterruptedException {
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("the node did not end in " + atMost);
    }
    return process.exitValue();
  }

  /** SIGSTOP or SIGCONT: the node is silent, and later does not know that it was. */
  void signal(String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
  }

  /** Port of DICOM; -1 where the node does not receive. */
  int port() {
    return port;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What was written since this process started. */
  String tail() {
    try (BufferedReader reader = Files.newBufferedReader(log, StandardCharsets.UTF_8)) {
      reader.skip(logStart);
      StringBuilder text = new StringBuilder();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        text.append(line).append('\n');
      }
      return text.toString();
    } catch (IOException e) {
      return "";
    }
  }

  void awaitLog(String text, Duration atMost) {
    Awaitility.await("'" + text + "' in the log")
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> tail().contains(text) || !process.isAlive());
    if (!tail().contains(text)) {
      throw new IllegalStateException("the node ended before '" + text + "'");
    }
  }

  /** SIGKILL: nothing is flushed, nothing is closed. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the node survived SIGKILL");
    }
  }

  /** SIGTERM. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("the node did not stop in 60 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
