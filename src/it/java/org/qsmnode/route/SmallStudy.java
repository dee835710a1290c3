package org.qsmnode.route;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.qsmnode.simulate.Simulation;
import org.qsmnode.simulate.SimulationRequest;
import org.qsmnode.simulate.dicom.PatientIdentity;
import org.qsmnode.simulate.dicom.Vendor;
import org.qsmnode.simulate.signal.ScanGeometry;

/** Simulated studies, small enough to be computed in seconds; made once per test run. */
final class SmallStudy {

  static final String SENTINEL = "Sentinel";
  static final int SLICES = 20;

  private static final Map<Vendor, Path> MADE = new ConcurrentHashMap<>();

  private SmallStudy() {}

  /** DICOM files of the vendor's study, of a patient whose name and id hold {@link #SENTINEL}. */
  static List<Path> files(Vendor vendor) throws IOException {
    Path folder = MADE.computeIfAbsent(vendor, SmallStudy::make);
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static Path make(Vendor vendor) {
    try {
      Path folder = Files.createTempDirectory("small-study");
      SimulationRequest request =
          SimulationRequest.defaults(vendor, 7)
              .with(ScanGeometry.axial(40, 48, SLICES, 4.5, 6.0))
              .with(new PatientIdentity(SENTINEL + "^Name", SENTINEL + "ID", List.of()));
      Simulation.run(request, folder, (stage, fraction) -> {});
      return folder.resolve("dicom");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
