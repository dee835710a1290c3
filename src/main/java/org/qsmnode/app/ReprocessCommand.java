package org.qsmnode.app;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.qsmnode.route.ReprocessingRequest;
import org.qsmnode.route.ReprocessingRequest.Verb;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Has the running node do studies again. */
@Command(
    name = "reprocess",
    mixinStandardHelpOptions = true,
    description = {
      "Has the running node fetch, redo or retry studies now, whatever the hour.",
      "Results that replace others are held until reviewed; see the command review."
    })
final class ReprocessCommand implements Callable<Integer> {

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description = "settings (default: conf/application.properties of the installation)")
  @Nullable Path file;

  @ArgGroup(exclusive = true, multiplicity = "1")
  What what = new What();

  @Option(names = "--dry-run", description = "print the plan and touch nothing")
  boolean dryRun;

  /** One of these. */
  static final class What {
    @Option(names = "--study", paramLabel = "UID", description = "one study")
    @Nullable String study;

    @Option(
        names = "--since",
        paramLabel = "DATE",
        description =
            "what the PACS has since YYYY-MM-DD, and everything that is by another recipe")
    @Nullable LocalDate since;

    @Option(
        names = "--retry",
        description = "failed jobs, deliveries that were given up, and incomplete studies")
    boolean retry;

    @Option(names = "--pause", description = "start nothing more, by night or on demand")
    boolean pause;

    @Option(names = "--resume", description = "end of the pause")
    boolean resume;
  }

  @Override
  public Integer call() throws Exception {
    return NodeRequest.ask(file, request());
  }

  private ReprocessingRequest request() {
    if (what.study != null) {
      return new ReprocessingRequest(dryRun ? Verb.PLAN_STUDY : Verb.STUDY, what.study);
    }
    if (what.since != null) {
      return new ReprocessingRequest(dryRun ? Verb.PLAN_SINCE : Verb.SINCE, what.since.toString());
    }
    if (what.retry) {
      return new ReprocessingRequest(dryRun ? Verb.PLAN_RETRY : Verb.RETRY, "");
    }
    return new ReprocessingRequest(what.pause ? Verb.PAUSE : Verb.RESUME, "");
  }
}
