package org.qsmnode.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.qsmnode.camel.Part10Header;
import org.qsmnode.camel.PeerAddress;
import org.qsmnode.camel.StoreReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stores a folder of DICOM files at an application entity. */
@Command(
    name = "push",
    mixinStandardHelpOptions = true,
    description = "Sends the DICOM files of a folder with C-STORE.")
final class PushCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FOLDER", description = "searched with all folders below it")
  Path folder = Path.of(".");

  @Option(names = "--to", required = true, paramLabel = "AET@HOST:PORT")
  String to = "";

  @Option(
      names = "--from",
      paramLabel = "AET",
      description = "own AE title (default ${DEFAULT-VALUE})")
  String from = "QSMNODE";

  @Override
  public Integer call() throws Exception {
    PeerAddress peer = PeerAddress.parse(to);
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("not a folder: " + folder);
    }
    List<Path> files = new ArrayList<>();
    int skipped = partTenFiles(files);
    if (files.isEmpty()) {
      System.err.println("no DICOM file in " + folder);
      return ExitStatus.FAILURE;
    }
    StoreReport report;
    try (Scu scu = new Scu(peer, from);
        ConsoleProgress progress = ConsoleProgress.onStandardError()) {
      report = scu.dicom().store(files, sent -> progress.at("send", (double) sent / files.size()));
    }
    System.out.printf("%d of %d objects stored at %s%n", report.stored(), files.size(), peer);
    if (skipped > 0) {
      System.out.printf("%d other files skipped%n", skipped);
    }
    if (!report.complete()) {
      System.err.println("answers: " + report.summary());
      return ExitStatus.FAILURE;
    }
    return ExitStatus.DONE;
  }

  /** Adds the DICOM files and returns how many others there are. */
  private int partTenFiles(List<Path> files) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : all) {
      if (Part10Header.isPresentIn(file)) {
        files.add(file);
      }
    }
    return all.size() - files.size();
  }
}
