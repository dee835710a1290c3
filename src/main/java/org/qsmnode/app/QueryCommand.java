package org.qsmnode.app;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.qsmnode.route.ReprocessingRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists MR studies of the PACS and what this node knows of them. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the MR studies of the PACS (node.pacs.*) and what the running node would do with"
          + " them.",
      "Prints UIDs and states, no attribute of a patient."
    })
final class QueryCommand implements Callable<Integer> {

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description = "settings (default: conf/application.properties of the installation)")
  @Nullable Path file;

  @Option(names = "--since", paramLabel = "DATE", description = "YYYY-MM-DD (default: a week ago)")
  @Nullable LocalDate since;

  @Option(names = "--study", paramLabel = "UID", description = "one study only")
  @Nullable String study;

  @Override
  public Integer call() throws Exception {
    LocalDate from = since == null ? LocalDate.now().minusDays(7) : since;
    return NodeRequest.ask(
        file,
        study == null
            ? new ReprocessingRequest(ReprocessingRequest.Verb.QUERY, from.toString())
            : new ReprocessingRequest(ReprocessingRequest.Verb.PLAN_STUDY, study));
  }
}
