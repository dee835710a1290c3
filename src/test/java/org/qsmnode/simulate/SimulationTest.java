package org.qsmnode.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.numeric.Progress;
import org.qsmnode.simulate.dicom.Vendor;
import org.qsmnode.simulate.signal.ScanGeometry;
import org.qsmnode.volume.Nifti;
import org.qsmnode.volume.Volume;

class SimulationTest {

  private static final SimulationRequest SMALL =
      SimulationRequest.defaults(Vendor.SIEMENS, 11)
          .with(ScanGeometry.axial(30, 27, 17, 7, 8))
          .sampledAt(7);

  @Test
  void theSameSeedGivesTheSameBytes(@TempDir Path first, @TempDir Path second) throws IOException {
    Simulation.run(SMALL, first, Progress.NONE);
    Simulation.run(SMALL, second, Progress.NONE);
    List<Path> files = files(first);
    assertEquals(2 * 4 * 17 + 7, files.size());
    for (Path file : files) {
      assertArrayEquals(
          Files.readAllBytes(file),
          Files.readAllBytes(second.resolve(first.relativize(file))),
          file.getFileName().toString());
    }
  }

  @Test
  void truthLiesOnTheAcquiredGrid(@TempDir Path out) throws IOException {
    Simulation.run(SMALL.with(SMALL.geometry().tilted(20, -7)), out, Progress.NONE);
    Volume chi = Nifti.read(out.resolve("truth/chi_ppm.nii.gz")).single();
    assertEquals(30, chi.grid().nx());
    assertEquals(27, chi.grid().ny());
    assertEquals(17, chi.grid().nz());
    assertTrue(
        SMALL
                .geometry()
                .tilted(20, -7)
                .grid()
                .positionMm(5, 6, 7)
                .minus(chi.grid().positionMm(5, 6, 7))
                .norm()
            < 1e-3);
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
