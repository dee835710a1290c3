package org.qsmnode.app;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.qsmnode.camel.PeerAddress;
import org.qsmnode.camel.StoreReport;
import org.qsmnode.route.NodeSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the whole way of a study on this machine: pushed in, reconstructed, sent back. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts the node and a stand-in for a PACS on free ports, pushes a series of test-dicom",
      "through the network, waits for the derived series and shows what came back.",
      "Writes derived DICOM and pictures to OUT."
    })
final class DemoCommand implements Callable<Integer> {

  private static final int POLL_MILLIS = 200;

  @Option(
      names = "--series",
      paramLabel = "NAME",
      description = "folder of test-dicom (default ${DEFAULT-VALUE})")
  String series = "siemens";

  @Option(names = "--out", paramLabel = "DIR", description = "default: target/demo")
  @Nullable Path out;

  @Option(
      names = "--limit",
      paramLabel = "MINUTES",
      description = "longest wait for the result (default ${DEFAULT-VALUE})")
  int limitMinutes = 15;

  @Override
  public Integer call() throws Exception {
    Path testDicom = Configuration.home().resolve("test-dicom");
    Path study = testDicom.resolve(series);
    if (!Files.isDirectory(study)) {
      throw new IllegalArgumentException("no such folder: " + study);
    }
    Path folder = out == null ? Configuration.home().resolve("target").resolve("demo") : out;
    emptied(folder);
    Path received = folder.resolve("received");
    int pacsPort = freePort();
    try (DemoPacs pacs = new DemoPacs(received, pacsPort);
        Node node = new Node(NodeSettings.from(settings(folder, pacsPort)))) {
      node.start();
      push(study, node.dicomPort());
      if (!await(pacs)) {
        System.err.printf("no result within %d minutes; the log says why%n", limitMinutes);
        return ExitStatus.FAILURE;
      }
    }
    DemoResult result = DemoResult.of(received, folder.resolve("derived"));
    result.picture(folder.resolve("work"), folder.resolve("montage.png"));
    result.print(System.out, testDicom.resolve("truth"));
    System.out.println("derived series: " + folder.resolve("derived"));
    System.out.println(
        "picture of field, mean and standard deviation: " + folder.resolve("montage.png"));
    return ExitStatus.DONE;
  }

  private static Map<String, String> settings(Path folder, int pacsPort) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("node.work.directory", folder.resolve("work").toString());
    settings.put("node.results.nifti", "true");
    settings.put("node.dicom.bind-address", "127.0.0.1");
    settings.put("node.dicom.port", "0");
    settings.put("node.spool.reserve-percent", "0");
    settings.put("node.assemble.quiet-after-count", "2s");
    settings.put("node.assemble.quiet", "2s");
    settings.put("node.assemble.sweep", "500ms");
    settings.put("node.management.port", "0");
    settings.put("node.destination.demo.aet", DemoPacs.AE_TITLE);
    settings.put("node.destination.demo.host", "127.0.0.1");
    settings.put("node.destination.demo.port", Integer.toString(pacsPort));
    return settings;
  }

  private static void push(Path study, int port) throws Exception {
    List<Path> files;
    try (Stream<Path> list = Files.list(study)) {
      files = list.sorted().toList();
    }
    try (Scu scu = new Scu(new PeerAddress("QSMNODE", "127.0.0.1", port), "DEMOSCANNER");
        ConsoleProgress progress = ConsoleProgress.onStandardError()) {
      StoreReport report =
          scu.dicom().store(files, sent -> progress.at("push", (double) sent / files.size()));
      if (!report.complete()) {
        throw new IOException("the node answered " + report.summary());
      }
    }
  }

  /** Waits until two series of equal length have come and nothing more comes. */
  private boolean await(DemoPacs pacs) throws InterruptedException {
    Instant end = Instant.now().plus(Duration.ofMinutes(limitMinutes));
    Duration quiet = Duration.ofSeconds(3);
    int before = 0;
    Instant changed = Instant.now();
    while (Instant.now().isBefore(end)) {
      Thread.sleep(POLL_MILLIS);
      int now = pacs.received();
      if (now != before) {
        before = now;
        changed = Instant.now();
      } else if (now > 0 && now % 2 == 0 && Instant.now().isAfter(changed.plus(quiet))) {
        return true;
      }
    }
    return false;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void emptied(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> old = Files.walk(folder)) {
        for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    Files.createDirectories(folder);
  }
}
