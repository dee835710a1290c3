package org.qsmnode.series.pixels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.dcm4che3.data.UID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsmnode.numeric.Progress;
import org.qsmnode.series.find.Acquisition;
import org.qsmnode.series.find.Encoding;
import org.qsmnode.series.find.Outcome;
import org.qsmnode.series.find.Recognition;
import org.qsmnode.series.find.RecognitionSettings;
import org.qsmnode.series.find.SharedInputs;
import org.qsmnode.series.header.IndexedInstance;
import org.qsmnode.series.header.InstanceReader;
import org.qsmnode.series.header.PhaseScale;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.series.header.RefusedException;
import org.qsmnode.series.header.SameObject;
import org.qsmnode.simulate.Simulation;
import org.qsmnode.simulate.SimulationRequest;
import org.qsmnode.simulate.dicom.DicomOptions;
import org.qsmnode.simulate.dicom.Fault;
import org.qsmnode.simulate.dicom.VendorStudy;
import org.qsmnode.simulate.signal.ComplexImages;
import org.qsmnode.simulate.signal.ScanGeometry;
import org.qsmnode.volume.MultiEcho;
import org.qsmnode.volume.Vector3;

/** Studies of six vendors with known signal: the same volumes come out of each. */
class SimulatedStudiesTest {

  private static final ScanGeometry OBLIQUE = ScanGeometry.axial(19, 16, 17, 10, 9).tilted(14, -6);
  private static final SimulationRequest REQUEST =
      SimulationRequest.defaults(org.qsmnode.simulate.dicom.Vendor.SIEMENS, 5)
          .with(OBLIQUE)
          .sampledAt(10);
  private static ComplexImages images;

  @TempDir Path directory;

  @BeforeAll
  static void simulate() throws IOException {
    images = Simulation.simulate(REQUEST, Progress.NONE).images();
  }

  @ParameterizedTest
  @EnumSource(org.qsmnode.simulate.dicom.Vendor.class)
  void everyVendorGivesTheSameVolumes(org.qsmnode.simulate.dicom.Vendor vendor) throws Exception {
    AssembledAcquisition assembled = assemble(write(vendor, OBLIQUE, REQUEST.dicom()));
    MultiEcho expected = images.toMultiEcho(Vector3.Z);
    MultiEcho got = assembled.images();
    assertTrue(got.grid().sameDims(expected.grid()));
    assertEquals(expected.grid().dzMm(), got.grid().dzMm(), 1e-4);
    assertEquals(expected.fieldStrengthTesla(), got.fieldStrengthTesla(), 1e-3);
    assertEquals(0, expected.b0Direction().cross(got.b0Direction()).norm(), 1e-5);
    assertEquals(
        0,
        expected.grid().orientation().originMm().minus(got.grid().orientation().originMm()).norm(),
        1e-3);
    double factor = got.magnitude().get(0).data()[peakIndex(expected)];
    factor /= expected.magnitude().get(0).data()[peakIndex(expected)];
    for (int e = 0; e < expected.echoes(); e++) {
      assertEquals(expected.echoTimesSeconds()[e], got.echoTimesSeconds()[e], 1e-7);
      float[] phase = got.phaseRad().get(e).data();
      float[] magnitude = got.magnitude().get(e).data();
      double peak = images.peak();
      for (int i = 0; i < phase.length; i++) {
        double expectedMagnitude = expected.magnitude().get(e).data()[i];
        assertEquals(expectedMagnitude / peak, magnitude[i] / factor / peak, 1e-3);
        // Angles of nearly nothing are quantisation noise where parts are integers.
        if (expectedMagnitude > 0.05 * peak) {
          double difference =
              PhaseScale.wrap(phase[i] - (double) expected.phaseRad().get(e).data()[i]);
          assertEquals(0, difference, 0.003, vendor + " echo " + e + " voxel " + i);
        }
      }
    }
    assertEquals(got.grid().nz(), assembled.sources().slices().size());
  }

  @ParameterizedTest
  @EnumSource(
      value = org.qsmnode.simulate.dicom.Vendor.class,
      names = {"SIEMENS", "PHILIPS_ENHANCED"})
  void slicesNumberedTheOtherWayGiveTheSameVolumes(org.qsmnode.simulate.dicom.Vendor vendor)
      throws Exception {
    MultiEcho forward = assemble(write(vendor, OBLIQUE, REQUEST.dicom())).images();
    Path other = directory.resolve("reversed");
    VendorStudy.write(
        vendor, images, OBLIQUE.reversed(), REQUEST.patient(), REQUEST.dicom(), "6", other);
    MultiEcho backward = assemble(other).images();
    for (int e = 0; e < forward.echoes(); e++) {
      float[] a = forward.phaseRad().get(e).data();
      float[] b = backward.phaseRad().get(e).data();
      for (int i = 0; i < a.length; i++) {
        assertEquals(0, PhaseScale.wrap(a[i] - (double) b[i]), 1e-4);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        UID.ImplicitVRLittleEndian,
        UID.ExplicitVRBigEndian,
        UID.DeflatedExplicitVRLittleEndian
      })
  void everyNativeTransferSyntaxGivesTheSameVolumes(String transferSyntax) throws Exception {
    for (org.qsmnode.simulate.dicom.Vendor vendor :
        List.of(
            org.qsmnode.simulate.dicom.Vendor.SIEMENS,
            org.qsmnode.simulate.dicom.Vendor.PHILIPS_ENHANCED)) {
      Path plain = directory.resolve("plain-" + vendor);
      Path coded = directory.resolve("coded-" + vendor);
      write(vendor, REQUEST.dicom(), plain);
      write(vendor, REQUEST.dicom().in(transferSyntax), coded);
      MultiEcho a = assemble(plain).images();
      MultiEcho b = assemble(coded).images();
      for (int e = 0; e < a.echoes(); e++) {
        assertArrayEquals(a.phaseRad().get(e).data(), b.phaseRad().get(e).data());
        assertArrayEquals(a.magnitude().get(e).data(), b.magnitude().get(e).data());
      }
    }
  }

  @Test
  void alternatingSlicesOfGeAreFoundAndUndoneAndItsSignTurned() throws Exception {
    AssembledAcquisition assembled =
        assemble(write(org.qsmnode.simulate.dicom.Vendor.GE, OBLIQUE, REQUEST.dicom()));
    assertEquals(Chopper.APPLIED, assembled.sources().chopper());
    assertEquals(-1, assembled.sources().phaseSign());
    assertEquals(Encoding.REAL_IMAGINARY, assembled.sources().encoding());
    assertTrue(assembled.notes().stream().anyMatch(n -> n.contains("opposite sign")));
  }

  @ParameterizedTest
  @EnumSource(org.qsmnode.simulate.dicom.Vendor.class)
  void slicesThatNeitherAgreeNorAlternateAreHeld(org.qsmnode.simulate.dicom.Vendor vendor)
      throws Exception {
    Path turning = write(vendor, OBLIQUE, REQUEST.dicom().withFaults(Fault.TURNING_SLICES));
    RefusedException held = assertThrows(RefusedException.class, () -> assemble(turning));
    assertEquals(ReasonCode.SLICE_SIGN, held.reason().code());
  }

  @ParameterizedTest
  @EnumSource(org.qsmnode.simulate.dicom.Vendor.class)
  void idsDoNotDependOnHowMuchHasArrived(org.qsmnode.simulate.dicom.Vendor vendor)
      throws Exception {
    SharedInputs.Folder folder = SharedInputs.index(write(vendor, OBLIQUE, REQUEST.dicom()));
    List<IndexedInstance> all = new ArrayList<>(folder.instances());
    String id = answer(folder).id();
    Collections.shuffle(all, new Random(2));
    for (int arrived = 1; arrived <= all.size(); arrived += 23) {
      List<Acquisition> found =
          new Recognition(RecognitionSettings.defaults()).recognise(all.subList(0, arrived));
      assertTrue(
          found.stream().filter(a -> a.echoes() > 0).allMatch(a -> a.id().equals(id)),
          found.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MISSING_SLICE, INCOMPLETE, MISSING_SLICE",
    "DUPLICATE_INSTANCE, ACCEPTED,",
    "COPIED_INSTANCE, ACCEPTED,",
    "FIELD_MAP, REFUSED, PHASE_DIFFERENCE_ONLY",
    "FILTERED_PHASE, REFUSED, FILTERED_PHASE",
    "ECHO_PER_SERIES, ACCEPTED,",
    "LOSSY, REFUSED, LOSSY_COMPRESSION",
    "UNCOMBINED_COIL, REFUSED, UNCOMBINED_COILS",
    "VERTICAL_FIELD, ACCEPTED,",
    "NO_PHASE, REFUSED, MISSING_PHASE"
  })
  void everyFaultIsAnswered(Fault fault, Outcome outcome, @Nullable ReasonCode code)
      throws Exception {
    for (org.qsmnode.simulate.dicom.Vendor vendor :
        List.of(
            org.qsmnode.simulate.dicom.Vendor.SIEMENS,
            org.qsmnode.simulate.dicom.Vendor.SIEMENS_XA)) {
      Path place = directory.resolve(vendor.name());
      write(vendor, REQUEST.dicom().withFaults(fault), place);
      Acquisition answer = answer(SharedInputs.index(place));
      assertEquals(outcome, answer.outcome(), vendor.toString());
      assertEquals(code, answer.reason().map(Reason::code).orElse(null), vendor.toString());
    }
  }

  @Test
  void copiesWithTheSamePixelsAreUsedOnce() throws Exception {
    write(
        org.qsmnode.simulate.dicom.Vendor.UIH,
        REQUEST.dicom().withFaults(Fault.COPIED_INSTANCE),
        directory);
    AssembledAcquisition assembled = assemble(directory);
    for (SourceSlice slice : assembled.sources().slices()) {
      assertEquals(2 * assembled.images().echoes(), slice.references().size());
    }
  }

  @Test
  void verticalFieldLiesFrontToBack() throws Exception {
    write(
        org.qsmnode.simulate.dicom.Vendor.PHILIPS,
        REQUEST.dicom().withFaults(Fault.VERTICAL_FIELD),
        directory);
    AssembledAcquisition assembled = assemble(directory);
    Vector3 expected = OBLIQUE.grid().orientation().toVoxelAxes(Vector3.Y);
    assertEquals(0, expected.cross(assembled.images().b0Direction()).norm(), 1e-5);
    assertFalse(assembled.sources().phaseSignKnown());
  }

  @Test
  void sameUidWithOtherPixelsIsAConflict() throws Exception {
    write(
        org.qsmnode.simulate.dicom.Vendor.SIEMENS,
        REQUEST.dicom().withFaults(Fault.UID_CONFLICT),
        directory);
    SharedInputs.Folder folder = SharedInputs.index(directory);
    Path third = directory.resolve("00003.dcm");
    Path fourth = directory.resolve("00004.dcm");
    String uid = InstanceReader.index(third).sopInstanceUid();
    assertEquals(uid, InstanceReader.index(fourth).sopInstanceUid());
    assertFalse(SameObject.inBoth(third, fourth));
    Acquisition a =
        new Recognition(RecognitionSettings.defaults())
            .recognise(folder.instances(), Set.of(uid))
            .get(0);
    assertEquals(ReasonCode.UID_CONFLICT, a.reason().orElseThrow().code());
  }

  @Test
  void truncatedFilesAreRefusedAsUnreadable() throws Exception {
    write(
        org.qsmnode.simulate.dicom.Vendor.PHILIPS,
        REQUEST.dicom().withFaults(Fault.TRUNCATED_FILE),
        directory);
    RefusedException refused =
        assertThrows(RefusedException.class, () -> SharedInputs.index(directory));
    assertEquals(ReasonCode.UNREADABLE, refused.reason().code());
  }

  private static int peakIndex(MultiEcho expected) {
    float[] magnitude = expected.magnitude().get(0).data();
    int best = 0;
    for (int i = 0; i < magnitude.length; i++) {
      if (magnitude[i] > magnitude[best]) {
        best = i;
      }
    }
    return best;
  }

  private Path write(
      org.qsmnode.simulate.dicom.Vendor vendor, ScanGeometry geometry, DicomOptions options)
      throws IOException {
    VendorStudy.write(vendor, images, geometry, REQUEST.patient(), options, "5", directory);
    return directory;
  }

  private static void write(
      org.qsmnode.simulate.dicom.Vendor vendor, DicomOptions options, Path place)
      throws IOException {
    VendorStudy.write(vendor, images, OBLIQUE, REQUEST.patient(), options, "5", place);
  }

  private static Acquisition answer(SharedInputs.Folder folder) {
    return new Recognition(RecognitionSettings.defaults())
        .recognise(folder.instances()).stream()
            .filter(a -> a.outcome() != Outcome.IGNORED)
            .findFirst()
            .orElseThrow();
  }

  private static AssembledAcquisition assemble(Path place) throws Exception {
    SharedInputs.Folder folder = SharedInputs.index(place);
    return new Assembly(RecognitionSettings.defaults()).assemble(answer(folder), folder::file);
  }
}
