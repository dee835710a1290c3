package org.qsmnode.app;

import java.io.PrintWriter;
import org.qsmnode.series.header.RefusedException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code qsm-node}. */
@Command(
    name = "qsm-node",
    description = "A DICOM node for quantitative susceptibility mapping. Research use only.",
    mixinStandardHelpOptions = true,
    versionProvider = SoftwareVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {"0:done", "1:failure", "2:wrong usage", "3:input refused"},
    subcommands = {
      ReconstructCommand.class,
      FieldmapCommand.class,
      InvertCommand.class,
      EvaluateCommand.class,
      CompareCommand.class,
      ServeCommand.class,
      PushCommand.class,
      LoadCommand.class,
      DemoCommand.class,
      SimulateCommand.class,
      TrainCommand.class,
      QueryCommand.class,
      ReprocessCommand.class,
      ReviewCommand.class,
      CheckCommand.class,
      MigrateCommand.class
    })
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Main::explain)
        .execute(arguments);
  }

  private static int explain(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (failure instanceof RefusedException refused) {
      err.println("refused: " + refused.getMessage());
      return ExitStatus.INPUT_REFUSED;
    }
    String message = failure.getMessage();
    err.println(
        "qsm-node "
            + command.getCommandName()
            + ": "
            + Visible.text(message == null ? failure.toString() : message));
    if (failure instanceof IllegalArgumentException) {
      return ExitStatus.WRONG_USAGE;
    }
    if (Boolean.getBoolean("qsmnode.trace")) {
      failure.printStackTrace(err);
    } else {
      err.println("(JAVA_OPTS=-Dqsmnode.trace=true shows where)");
    }
    return ExitStatus.FAILURE;
  }
}
