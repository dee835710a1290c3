package org.qsmnode.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.qsmnode.numeric.Progress;
import org.qsmnode.series.find.Acquisition;
import org.qsmnode.series.find.Outcome;
import org.qsmnode.series.find.Recognition;
import org.qsmnode.series.find.RecognitionSettings;
import org.qsmnode.series.header.IndexedInstance;
import org.qsmnode.series.header.InstanceReader;
import org.qsmnode.series.header.RefusedException;
import org.qsmnode.series.pixels.Assembly;
import org.qsmnode.simulate.dicom.DicomOptions;
import org.qsmnode.simulate.dicom.Fault;
import org.qsmnode.simulate.dicom.Vendor;
import org.qsmnode.simulate.signal.ComplexImages;
import org.qsmnode.simulate.signal.ScanGeometry;
import org.qsmnode.simulate.signal.ScanProtocol;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.MultiEcho;
import org.qsmnode.volume.Vector3;

/** The product's own recognition and assembly read what the simulator writes. */
class RecognisedStudyTest {

  private static final SimulationRequest REQUEST =
      SimulationRequest.defaults(Vendor.SIEMENS, 6)
          .with(ScanGeometry.axial(17, 20, 18, 10, 8).tilted(-11, 7))
          .with(ScanProtocol.equallySpaced(3, 0.005, 0.006, 3))
          .sampledAt(10);
  private static ComplexImages images;

  @TempDir Path directory;

  @BeforeAll
  static void simulate() throws IOException {
    images = Simulation.simulate(REQUEST, Progress.NONE).images();
  }

  private record Read(List<Acquisition> acquisitions, Map<String, Path> files, int unreadable) {

    Acquisition only() {
      assertEquals(1, acquisitions.size(), acquisitions.toString());
      return acquisitions.get(0);
    }

    MultiEcho assembled() throws IOException, RefusedException {
      return new Assembly(RecognitionSettings.defaults()).assemble(only(), files::get).images();
    }
  }

  private static Read read(Path directory) throws IOException {
    List<IndexedInstance> instances = new ArrayList<>();
    Map<String, Path> files = new HashMap<>();
    int unreadable = 0;
    for (Path file : DecodedStudy.files(directory)) {
      try {
        IndexedInstance instance = InstanceReader.index(file);
        instances.add(instance);
        files.put(instance.sopInstanceUid(), file);
      } catch (RefusedException e) {
        unreadable++;
      }
    }
    return new Read(
        new Recognition(RecognitionSettings.defaults()).recognise(instances), files, unreadable);
  }

  private static void compare(ComplexImages expected, MultiEcho actual) {
    Grid grid = expected.grid();
    assertEquals(grid.nz(), actual.grid().nz());
    for (int corner = 0; corner < 8; corner++) {
      int x = (corner & 1) * (grid.nx() - 1);
      int y = (corner >> 1 & 1) * (grid.ny() - 1);
      int z = (corner >> 2) * (grid.nz() - 1);
      assertTrue(grid.positionMm(x, y, z).minus(actual.grid().positionMm(x, y, z)).norm() < 1e-3);
    }
    for (int e = 0; e < expected.protocol().echoes(); e++) {
      assertEquals(expected.protocol().echoTimesSeconds()[e], actual.echoTimesSeconds()[e], 1e-9);
      double scale = actual.magnitude().get(0).data()[0] / expected.magnitude(0, 0);
      for (int i = 0; i < grid.size(); i++) {
        // Quantised parts of a faint signal have a coarse phase, so it is the signal that counts.
        double magnitude = actual.magnitude().get(e).data()[i] / scale;
        double phase = actual.phaseRad().get(e).data()[i];
        double a = expected.magnitude(e, i);
        double difference =
            Math.hypot(
                a * Math.cos(expected.phase(e, i)) - a * Math.cos(phase),
                a * Math.sin(expected.phase(e, i)) - a * Math.sin(phase));
        assertEquals(0, difference / expected.peak(e), 1e-3);
        assertTrue(magnitude >= 0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Vendor.class)
  void everyVendorsStudyIsOneAcquisitionWithTheSimulatedSignal(Vendor vendor) throws Exception {
    Simulation.writeDicom(images, REQUEST.with(vendor), directory);
    Read read = read(directory);
    Acquisition acquisition = read.only();
    assertEquals(Outcome.ACCEPTED, acquisition.outcome(), acquisition.toString());
    assertEquals(3, acquisition.echoes());
    assertEquals(18, acquisition.slices());
    compare(images, read.assembled());
  }

  @ParameterizedTest
  @EnumSource(ScanGeometry.Plane.class)
  void everyPlaneKeepsPlacesAndFieldDirection(ScanGeometry.Plane plane) throws Exception {
    ScanGeometry geometry =
        ScanGeometry.axial(17, 16, 18, 10, 9).in(plane).tilted(9, -13).reversed();
    SimulationRequest request = REQUEST.with(geometry).with(Vendor.PHILIPS_ENHANCED);
    ComplexImages here = Simulation.simulate(request, Progress.NONE).images();
    Simulation.writeDicom(here, request, directory);
    MultiEcho read = read(directory).assembled();
    compare(here, read);
    Vector3 b0 = geometry.grid().orientation().toVoxelAxes(Vector3.Z);
    assertEquals(1, Math.abs(b0.dot(read.b0Direction())), 1e-6);
  }

  @ParameterizedTest
  @EnumSource(Vendor.class)
  void oneSeriesPerEchoIsStillOneAcquisition(Vendor vendor) throws Exception {
    write(vendor, Fault.ECHO_PER_SERIES);
    Read read = read(directory);
    assertEquals(Outcome.ACCEPTED, read.only().outcome(), read.only().toString());
    assertEquals(3, read.only().echoes());
  }

  @ParameterizedTest
  @CsvSource({
    "SIEMENS, MISSING_SLICE, INCOMPLETE, ",
    "GE, MISSING_SLICE, INCOMPLETE, ",
    "PHILIPS_ENHANCED, MISSING_SLICE, INCOMPLETE, ",
    "SIEMENS, LOSSY, REFUSED, LOSSY_COMPRESSION",
    "PHILIPS, LOSSY, REFUSED, LOSSY_COMPRESSION",
    "SIEMENS_XA, LOSSY, REFUSED, LOSSY_COMPRESSION",
    "SIEMENS, UNCOMBINED_COIL, REFUSED, UNCOMBINED_COILS",
    "SIEMENS_XA, UNCOMBINED_COIL, REFUSED, UNCOMBINED_COILS",
    "SIEMENS, VERTICAL_FIELD, ACCEPTED, ",
    "SIEMENS, DUPLICATE_INSTANCE, ACCEPTED, ",
    "GE, COPIED_INSTANCE, ACCEPTED, ",
    "SIEMENS, COPIED_INSTANCE, ACCEPTED, ",
    "UIH, WRONG_SIGN, ACCEPTED, ",
  })
  void faultsEndAsTheyShould(Vendor vendor, Fault fault, Outcome outcome, String code)
      throws Exception {
    write(vendor, fault);
    List<Acquisition> all = read(directory).acquisitions();
    Acquisition main =
        all.stream()
            .max((a, b) -> Integer.compare(a.sopInstanceUids().size(), b.sopInstanceUids().size()))
            .orElseThrow();
    assertEquals(outcome, main.outcome(), all.toString());
    if (code != null) {
      assertEquals(code, main.reason().orElseThrow().code().name());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SIEMENS, FIELD_MAP",
    "SIEMENS_XA, FIELD_MAP",
    "SIEMENS, FILTERED_PHASE",
    "SIEMENS_XA, FILTERED_PHASE",
    "GE, FILTERED_PHASE",
    "PHILIPS, FILTERED_PHASE",
    "UIH, FILTERED_PHASE",
    "SIEMENS, NO_PHASE",
    "PHILIPS_ENHANCED, NO_PHASE",
  })
  void studiesWithoutUsablePhaseAreNotAccepted(Vendor vendor, Fault fault) throws Exception {
    write(vendor, fault);
    for (Acquisition acquisition : read(directory).acquisitions()) {
      assertTrue(acquisition.outcome() != Outcome.ACCEPTED, acquisition.toString());
    }
  }

  @Test
  void aFileCutShortSpoilsItsOwnStudyOnly() throws Exception {
    write(Vendor.SIEMENS, Fault.TRUNCATED_FILE);
    Read read = read(directory);
    Acquisition acquisition = read.only();
    boolean refused = acquisition.outcome() != Outcome.ACCEPTED || read.unreadable() > 0;
    if (!refused) {
      try {
        read.assembled();
      } catch (RefusedException | IOException e) {
        refused = true;
      }
    }
    assertTrue(refused);
  }

  private void write(Vendor vendor, Fault fault) throws IOException {
    Simulation.writeDicom(
        images, REQUEST.with(vendor).with(DicomOptions.defaults().withFaults(fault)), directory);
  }
}
