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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The ledger on a PostgreSQL of the distribution, made for the test and thrown away. */
class PostgresLedgerIT extends LedgerContract {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private static Path programs = Path.of("");
  private static Path cluster = Path.of("");
  private static int port;
  private static boolean running;

  private String name = "";

  @BeforeAll
  static void startServer() throws Exception {
    Optional<Path> found = findPrograms();
    Assumptions.assumeTrue(found.isPresent(), "PostgreSQL is not installed; this test is SKIPPED");
    programs = found.orElseThrow();
    cluster = Files.createTempDirectory("postgres");
    if (isRoot()) {
      run(List.of("chown", "postgres", cluster.toString()));
    }
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = probe.getLocalPort();
    }
    Path data = cluster.resolve("data");
    postgres("initdb", "-D", data.toString(), "-U", "test", "-A", "trust", "-E", "UTF8");
    postgres(
        "pg_ctl",
        "start",
        "-w",
        "-D",
        data.toString(),
        "-l",
        cluster.resolve("log").toString(),
        "-o",
        "-p " + port + " -k " + cluster + " -c listen_addresses=127.0.0.1");
    running = true;
  }

  @AfterAll
  static void stopServer() throws Exception {
    if (running) {
      postgres("pg_ctl", "stop", "-w", "-m", "fast", "-D", cluster.resolve("data").toString());
    }
    if (Files.exists(cluster) && !cluster.toString().isEmpty()) {
      try (Stream<Path> walk = Files.walk(cluster)) {
        for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  @Override
  @BeforeEach
  void open() {
    if (name.isEmpty()) {
      name = "ledger" + DATABASES.incrementAndGet();
      try {
        postgres("createdb", "-h", "127.0.0.1", "-p", "" + port, "-U", "test", name);
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    super.open();
  }

  @Override
  protected DatabaseSettings database() {
    return new DatabaseSettings("jdbc:postgresql://127.0.0.1:" + port + "/" + name, "test", "", 4);
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
  private static void postgres(String program, String... arguments)
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
