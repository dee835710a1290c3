package org.qsmnode.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.qsmnode.camel.ScriptedScp;

/** Runs {@link ArtemisMain}. */
final class ArtemisProcess implements AutoCloseable {

  private final String url;
  private final Process process;

  private ArtemisProcess(String url, Process process) {
    this.url = url;
    this.process = process;
  }

  static ArtemisProcess start(Path folder) throws IOException {
    return start(folder, "tcp://127.0.0.1:" + ScriptedScp.freePort());
  }

  /** Starts a broker where another was stopped before. */
  static ArtemisProcess start(Path folder, String url) throws IOException {
    Path log = folder.resolve("artemis.log");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    ArtemisMain.class.getName(),
                    url))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Awaitility.await("start of the broker")
        .atMost(Duration.ofSeconds(120))
        .until(() -> !process.isAlive() || Files.readString(log).contains("STARTED"));
    if (!process.isAlive()) {
      throw new IllegalStateException("the broker did not start:\n" + Files.readString(log));
    }
    return new ArtemisProcess(url, process);
  }

  String url() {
    return url;
  }

  /** SIGKILL: messages and connections are lost. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
