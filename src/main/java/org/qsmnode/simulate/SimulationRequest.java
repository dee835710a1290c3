package org.qsmnode.simulate;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.qsmnode.simulate.dicom.DicomOptions;
import org.qsmnode.simulate.dicom.PatientIdentity;
import org.qsmnode.simulate.dicom.Vendor;
import org.qsmnode.simulate.head.Pathology;
import org.qsmnode.simulate.signal.ScanGeometry;
import org.qsmnode.simulate.signal.ScanProtocol;

/**
 * What to simulate.
 *
 * @param vendor whose DICOM
 * @param seed everything random follows from it
 * @param labels label map to base the head on, with FreeSurfer numbers; empty for a procedural head
 * @param findings pathology
 * @param geometry slices
 * @param protocol sequence
 * @param patient identity in the headers
 * @param dicom encoding and faults
 * @param samplingMm edge of the sub-voxels in which head, field and signal are computed, about
 */
public record SimulationRequest(
    Vendor vendor,
    long seed,
    Optional<Path> labels,
    Set<Pathology> findings,
    ScanGeometry geometry,
    ScanProtocol protocol,
    PatientIdentity patient,
    DicomOptions dicom,
    double samplingMm) {

  /** Sub-voxels of 1.5 mm: thin veins and the rims of air cavities are still resolved. */
  public static final double DEFAULT_SAMPLING_MM = 1.5;

  public SimulationRequest {
    if (!(samplingMm > 0)) {
      throw new IllegalArgumentException("samplingMm must be positive");
    }
    findings = Set.copyOf(findings);
  }

  /** A procedural head, 128x128x80 voxels of 1.75x1.75x2 mm, four echoes at 3 T. */
  public static SimulationRequest defaults(Vendor vendor, long seed) {
    return new SimulationRequest(
        vendor,
        seed,
        Optional.empty(),
        Set.of(),
        ScanGeometry.axial(128, 128, 80, 1.75, 2),
        ScanProtocol.defaults(),
        PatientIdentity.synthetic(seed),
        DicomOptions.defaults(),
        DEFAULT_SAMPLING_MM);
  }

  /** This request for another vendor. */
  public SimulationRequest with(Vendor vendor) {
    return new SimulationRequest(
        vendor, seed, labels, findings, geometry, protocol, patient, dicom, samplingMm);
  }

  /** This request with other slices. */
  public SimulationRequest with(ScanGeometry geometry) {
    return new SimulationRequest(
        vendor, seed, labels, findings, geometry, protocol, patient, dicom, samplingMm);
  }

  /** This request with another sequence. */
  public SimulationRequest with(ScanProtocol protocol) {
    return new SimulationRequest(
        vendor, seed, labels, findings, geometry, protocol, patient, dicom, samplingMm);
  }

  /** This request with another identity. */
  public SimulationRequest with(PatientIdentity patient) {
    return new SimulationRequest(
        vendor, seed, labels, findings, geometry, protocol, patient, dicom, samplingMm);
  }

  /** This request with other options of how DICOM is written. */
  public SimulationRequest with(DicomOptions dicom) {
    return new SimulationRequest(
        vendor, seed, labels, findings, geometry, protocol, patient, dicom, samplingMm);
  }

  /** This request with {@code findings}. */
  public SimulationRequest with(Set<Pathology> findings) {
    return new SimulationRequest(
        vendor, seed, labels, findings, geometry, protocol, patient, dicom, samplingMm);
  }

  /** This request with the head of a label map. */
  public SimulationRequest withLabels(Path file) {
    return new SimulationRequest(
        vendor, seed, Optional.of(file), findings, geometry, protocol, patient, dicom, samplingMm);
  }

  /** This request computed on finer or coarser sub-voxels. */
  public SimulationRequest sampledAt(double samplingMm) {
    return new SimulationRequest(
        vendor, seed, labels, findings, geometry, protocol, patient, dicom, samplingMm);
  }
}
