package org.qsmnode.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.qsmnode.route.NodeRole;
import org.qsmnode.route.NodeSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the node until it is told to stop. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the node: receives, reconstructs, sends back. Stops on SIGTERM or SIGINT.",
      "Exit status 1 if it cannot start or cannot go on; a service manager starts it again."
    })
final class ServeCommand implements Callable<Integer> {

  /** What a node that cannot go on has for closing its parts in order. */
  private static final Duration CLOSING = Duration.ofSeconds(45);

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description = "settings (default: conf/application.properties of the installation)")
  @Nullable Path file;

  @Override
  public Integer call() throws Exception {
    Path source = file == null ? Configuration.defaultFile() : file;
    NodeSettings settings = NodeSettings.from(Configuration.read(source, System.getenv()));
    Node node = new Node(settings);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  node.close();
                  stopped.countDown();
                },
                "shutdown"));
    node.start();
    System.out.printf("%s runs: %s%n", settings.name(), NodeRole.text(settings.machine().roles()));
    if (settings.machine().has(NodeRole.RECEIVE)) {
      System.out.printf(
          "%s listens on %s:%d%n",
          settings.dicom().own().aeTitle(), settings.dicom().own().host(), node.dicomPort());
    }
    Optional<String> trouble = node.awaitEnd();
    if (trouble.isEmpty()) {
      stopped.await();
      return ExitStatus.DONE;
    }
    System.err.println("qsm-node serve: " + trouble.get());
    endAtTheLatest();
    return ExitStatus.FAILURE;
  }

  /** The service manager is to start the node again, also where a part of it does not close. */
  private static void endAtTheLatest() {
    Thread end =
        new Thread(
            () -> {
              try {
                Thread.sleep(CLOSING.toMillis());
              } catch (InterruptedException e) {
                // Ends now instead of later.
              }
              Runtime.getRuntime().halt(ExitStatus.FAILURE);
            },
            "end");
    end.setDaemon(true);
    end.start();
  }
}
