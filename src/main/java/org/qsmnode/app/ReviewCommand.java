package org.qsmnode.app;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.qsmnode.route.ReprocessingRequest;
import org.qsmnode.route.ReprocessingRequest.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows held results, and sends or drops them. */
@Command(
    name = "review",
    mixinStandardHelpOptions = true,
    description =
        "Lists results that wait for a person, or shows how one differs from the result before it;"
            + " --approve sends one, --reject drops it.")
final class ReviewCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "JOB",
      description = "the job whose result to compare with the one before")
  @Nullable String job;

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
    if (Stream.of(job, approve, reject).filter(Objects::nonNull).count() > 1) {
      throw new IllegalArgumentException("JOB, --approve and --reject exclude each other");
    }
    return NodeRequest.ask(file, request());
  }

  private ReprocessingRequest request() {
    if (approve != null) {
      return new ReprocessingRequest(Verb.APPROVE, approve);
    }
    if (reject != null) {
      return new ReprocessingRequest(Verb.REJECT, reject);
    }
    return job != null
        ? new ReprocessingRequest(Verb.COMPARISON, job)
        : new ReprocessingRequest(Verb.HELD, "");
  }
}
