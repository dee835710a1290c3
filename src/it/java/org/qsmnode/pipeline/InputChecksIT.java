package org.qsmnode.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsmnode.numeric.Progress;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.simulate.Simulation;
import org.qsmnode.simulate.SimulationRequest;
import org.qsmnode.simulate.dicom.Fault;
import org.qsmnode.simulate.dicom.Vendor;
import org.qsmnode.simulate.signal.ScanGeometry;

/** What no header says but the images show is held, each with its reason; a sound study is not. */
class InputChecksIT {

  private static final SimulationRequest SOUND =
      SimulationRequest.defaults(Vendor.SIEMENS, 211)
          .with(ScanGeometry.axial(56, 72, 44, 3.5, 4).tilted(15, 0))
          .sampledAt(3.5);

  @TempDir Path folder;

  @Test
  void aSoundStudyIsReconstructedAndTheReportSaysWhatWasChecked() throws IOException {
    FolderResult result = reconstruct(SOUND);
    assertEquals(1, result.reconstructed().size());
    List<String> notes = result.reconstructed().get(0).findings().orElseThrow().fieldNotes();
    for (String part : List.of("Phase check:", "Sign check: skewness")) {
      assertTrue(notes.stream().anyMatch(note -> note.startsWith(part)), notes::toString);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "UNMARKED_FILTER, FILTERED_PHASE",
    "INTERPOLATED_PHASE, INTERPOLATED_PHASE",
    "SHRUNK_PHASE, UNKNOWN_PHASE_SCALE",
    "TURNING_SLICES, SLICE_SIGN",
    "UNMARKED_VERTICAL_FIELD, VERTICAL_FIELD",
    "WRONG_SIGN, SIGN_CONFLICT"
  })
  void everyHiddenFaultIsHeldWithItsReason(Fault fault, ReasonCode code) throws IOException {
    FolderResult result = reconstruct(SOUND.with(SOUND.dicom().withFaults(fault)));
    assertTrue(result.reconstructed().isEmpty(), fault + " was not noticed");
    assertEquals(
        List.of(code),
        result.refused().stream().map(r -> r.reason().map(Reason::code).orElseThrow()).toList());
  }

  private FolderResult reconstruct(SimulationRequest request) throws IOException {
    Simulation.Case head = Simulation.simulate(request, Progress.NONE);
    Simulation.writeDicom(head.images(), request, folder.resolve("in"));
    Reconstruction reconstruction =
        new Reconstruction(
            ReconstructionSettings.of(
                Map.of("inversion.method", "tkd", "field.pdf-iterations", "3")),
            "test",
            Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC));
    return new FolderReconstruction(reconstruction)
        .run(folder.resolve("in"), folder.resolve("out"), false, Progress.NONE);
  }
}
