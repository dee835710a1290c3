package org.qsmnode.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A PostgreSQL of the distribution, made for one test class and thrown away. */
public final class PostgresServer implements AutoCloseable {

  private final AtomicInteger databases = new AtomicInteger();
  private final Path programs;
  private final Path cluster;
  private final int port;

  private PostgresServer(Path programs, Path cluster, int port) {
    this.programs = programs;
    this.cluster = cluster;
    this.port = port;
  }

  /** Starts a server; skips the test, saying so, where none is installed. */
  public static PostgresServer start() throws IOException, InterruptedException {
    Optional<Path> found = findPrograms();
    Assumptions.assumeTrue(found.isPresent(), "PostgreSQL is not installed; this test is SKIPPED");
    Path cluster = Files.createTempDirectory("postgres");
    if (isRoot()) {
      run(List.of("chown", "postgres", cluster.toString()));
    }
    int port;
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = probe.getLocalPort();
    }
    PostgresServer server = new PostgresServer(found.orElseThrow(), cluster, port);
    server.postgres("initdb", "-D", server.data(), "-U", "test", "-A", "trust", "-E", "UTF8");
    server.run();
    return server;
  }

  private String data() {
    return cluster.resolve("data").toString();
  }

  /** Starts the server again. */
  public void run() throws IOException, InterruptedException {
    postgres(
        "pg_ctl",
        "start",
        "-w",
        "-D",
        data(),
        "-l",
        cluster.resolve("log").toString(),
        "-o",
        "-p " + port + " -k " + cluster + " -c listen_addresses=127.0.0.1");
  }

  /** Stops the server in order. */
  public void stop() throws IOException, InterruptedException {
    postgres("pg_ctl", "stop", "-w", "-m", "fast", "-D", data());
  }

  /** Ends the server as a power cut does: what was not forced to the disk is lost. */
  public void crash() throws IOException, InterruptedException {
    postgres("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data());
  }

  /** An empty database. */
  public DatabaseSettings database() {
    String name = "ledger" + databases.incrementAndGet();
    try {
      postgres("createdb", "-h", "127.0.0.1", "-p", "" + port, "-U", "test", name);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return new DatabaseSettings("jdbc:postgresql://127.0.0.1:" + port + "/" + name, "test", "", 4);
  }

  @Override
  public void close() throws Exception {
    stop();
    try (Stream<Path> walk = Files.walk(cluster)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static Optional<Path> findPrograms() throws IOException {
    Path root = Path.of("/usr/lib/postgresql");
    if (!Files.isDirectory(root)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(root)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder());
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** PostgreSQL refuses to run as root. */
  private void postgres(String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    run(command);
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(command.get(0) + " failed: " + command);
    }
  }
}
