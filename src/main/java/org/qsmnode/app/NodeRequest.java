package org.qsmnode.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qsmnode.route.NodeSettings;
import org.qsmnode.route.ReprocessingRequest;
import org.qsmnode.route.RequestBox;

/** Asks the running node and prints its answer. */
final class NodeRequest {

  private static final Duration WAIT = Duration.ofSeconds(60);

  private NodeRequest() {}

  static int ask(@Nullable Path file, ReprocessingRequest request) throws Exception {
    Path source = file == null ? Configuration.defaultFile() : file;
    NodeSettings settings = NodeSettings.from(Configuration.read(source, System.getenv()));
    Optional<List<String>> answer = new RequestBox(settings).ask(request, WAIT);
    if (answer.isEmpty()) {
      System.err.println(
          "no node answered; the request waits in " + settings.folders().work() + "/requests");
      return ExitStatus.FAILURE;
    }
    answer.get().forEach(System.out::println);
    return answer.get().stream().anyMatch(line -> line.startsWith("failed: "))
        ? ExitStatus.FAILURE
        : ExitStatus.DONE;
  }
}
