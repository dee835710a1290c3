package org.qsmnode.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** DICOM programs of other people: DCMTK's command-line tools. */
final class Peer {

  private Peer() {}

  /** Skips the test, saying so, where a program is not installed. */
  static Path require(String program) {
    Path found = find(program);
    Assumptions.assumeTrue(found != null, program + " is not installed; this test is SKIPPED");
    return java.util.Objects.requireNonNull(found);
  }

  private static @org.jspecify.annotations.Nullable Path find(String program) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
    return Arrays.stream(path.split(":", -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  /** Runs a program to its end and gives its exit status. */
  static int run(Path log, String program, Object... arguments)
      throws IOException, InterruptedException {
    Process process = start(log, program, arguments);
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(program + " did not end in 120 s");
    }
    return process.exitValue();
  }

  /** Starts a program. */
  static Process start(Path log, String program, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(require(program).toString());
    for (Object argument : arguments) {
      command.add(String.valueOf(argument));
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("TCP_NODELAY", "1");
    return builder.start();
  }
}
