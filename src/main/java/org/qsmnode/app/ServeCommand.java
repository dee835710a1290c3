package org.qsmnode.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.qsmnode.route.NodeSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the node until it is told to stop. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Runs the node: receives, reconstructs, sends back. Stops on SIGTERM or SIGINT.")
final class ServeCommand implements Callable<Integer> {

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
    System.out.printf(
        "%s listens on %s:%d%n",
        settings.dicom().own().aeTitle(), settings.dicom().own().host(), node.dicomPort());
    stopped.await();
    return ExitStatus.DONE;
  }
}
