package org.qsmnode.route;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.io.DicomInputStream;
import org.qsmnode.simulate.Simulation;
import org.qsmnode.simulate.SimulationRequest;
import org.qsmnode.simulate.dicom.Vendor;
import org.qsmnode.simulate.signal.ScanGeometry;
import org.qsmnode.simulate.signal.ScanProtocol;

/** A small study that a patient sender pushes, through every death of the node. */
final class KillStudy {

  static final int SLICES = 16;
  static final int ECHOES = 3;
  static final int OBJECTS = 2 * ECHOES * SLICES;
  static final int DERIVED = 2 * SLICES;

  private static final Path MADE = make();

  private final String uid;
  private final Map<Path, String> waiting = new LinkedHashMap<>();
  private final Map<String, Path> acknowledged = new ConcurrentHashMap<>();

  private KillStudy(String uid, Map<Path, String> files) {
    this.uid = uid;
    waiting.putAll(files);
  }

  /** Writes copy {@code number} of the study. */
  static KillStudy write(int number, Path folder) throws IOException {
    List<Path> sources;
    try (Stream<Path> walk = Files.walk(MADE)) {
      sources = walk.filter(Files::isRegularFile).sorted().toList();
    }
    String uid = StudyCopies.write(sources, number, image -> true, folder);
    Map<Path, String> files = new HashMap<>();
    try (Stream<Path> walk = Files.list(folder)) {
      for (Path file : walk.toList()) {
        files.put(file, read(file).getString(Tag.SOPInstanceUID, ""));
      }
    }
    return new KillStudy(uid, files);
  }

  private static Path make() {
    try {
      Path folder = Files.createTempDirectory("kill-study");
      Simulation.run(
          SimulationRequest.defaults(Vendor.SIEMENS, 7)
              .with(ScanGeometry.axial(32, 36, SLICES, 5.5, 7.5))
              .with(ScanProtocol.equallySpaced(ECHOES, 0.006, 0.007, 3)),
          folder,
          (stage, fraction) -> {});
      return folder.resolve("dicom");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Attributes read(Path file) throws IOException {
    try (DicomInputStream in = new DicomInputStream(file.toFile())) {
      return in.readDataset();
    }
  }

  String uid() {
    return uid;
  }

  /** Files by SOP Instance UID that the node has acknowledged. */
  Map<String, Path> acknowledged() {
    return acknowledged;
  }

  boolean isSent() {
    return waiting.isEmpty();
  }

  /**
   * Stores what is not acknowledged yet, until the node dies or all is.
   *
   * @param pauseMillis longest pause between two objects
   */
  void send(int port, int pauseMillis, SplittableRandom random) throws InterruptedException {
    try (Sender sender = new Sender(port)) {
      for (Path file : new ArrayList<>(waiting.keySet())) {
        sender.store(file);
        acknowledged.put(waiting.remove(file), file);
        Thread.sleep(random.nextInt(1 + pauseMillis));
      }
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      // The node was killed or does not listen yet; what is not acknowledged is sent again.
    }
  }
}
