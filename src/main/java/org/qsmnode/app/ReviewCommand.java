package org.qsmnode.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.qsmnode.route.ReprocessingRequest;
import org.qsmnode.route.ReprocessingRequest.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows held results, and sends or drops them. */
@Command(
    name = "review",
    mixinStandardHelpOptions = true,
    description = "Lists results that wait for a person; --approve sends one, --reject drops it.")
final class ReviewCommand implements Callable<Integer> {

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description = "settings (default: conf/application.properties of the installation)")
  @Nullable Path file;

  @Option(names = "--approve", paramLabel = "JOB")
  @Nullable String approve;

  @Option(names = "--reject", paramLabel = "JOB")
  @Nullable String reject;

  @Override
  public Integer call() throws Exception {
    if (approve != null && reject != null) {
      throw new IllegalArgumentException("--approve and --reject exclude each other");
    }
    ReprocessingRequest request =
        approve != null
            ? new ReprocessingRequest(Verb.APPROVE, approve)
            : reject != null
                ? new ReprocessingRequest(Verb.REJECT, reject)
                : new ReprocessingRequest(Verb.HELD, "");
    return NodeRequest.ask(file, request);
  }
}
