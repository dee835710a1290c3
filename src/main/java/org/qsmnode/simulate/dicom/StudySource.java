package org.qsmnode.simulate.dicom;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.qsmnode.digest.Digests;
import org.qsmnode.simulate.signal.ComplexImages;
import org.qsmnode.simulate.signal.ScanGeometry;
import org.qsmnode.simulate.signal.ScanProtocol;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;

/** What every vendor's writer needs of a simulated case: images, geometry, identities, faults. */
public final class StudySource {

  private static final double SHRUNK = 0.7;

  private final ComplexImages images;
  private final ScanGeometry geometry;
  private final PatientIdentity patient;
  private final DicomOptions options;
  private final String uidSeed;
  private final double[] peaks;
  private final double peak;

  /**
   * A source.
   *
   * @param sign +1 where the vendor's phase grows with the field, -1 where it falls
   */
  StudySource(
      ComplexImages images,
      ScanGeometry geometry,
      PatientIdentity patient,
      DicomOptions options,
      String uidSeed,
      int sign) {
    int effective = options.has(Fault.WRONG_SIGN) ? -sign : sign;
    ComplexImages processed = processed(images, options);
    this.images = effective < 0 ? processed.conjugate() : processed;
    this.geometry = geometry;
    this.patient = patient;
    this.options = options;
    this.uidSeed = uidSeed;
    this.peaks = new double[images.protocol().echoes()];
    for (int e = 0; e < peaks.length; e++) {
      peaks[e] = images.peak(e);
    }
    this.peak = Arrays.stream(peaks).max().orElse(1);
  }

  private static ComplexImages processed(ComplexImages images, DicomOptions options) {
    if (options.has(Fault.FILTERED_PHASE) || options.has(Fault.UNMARKED_FILTER)) {
      return PhaseFilter.highPass(images);
    }
    if (options.has(Fault.INTERPOLATED_PHASE)) {
      return DistortionCorrection.apply(images);
    }
    return options.has(Fault.TURNING_SLICES) ? images.turningSlices() : images;
  }

  Grid grid() {
    return images.grid();
  }

  ScanProtocol protocol() {
    return images.protocol();
  }

  PatientIdentity patient() {
    return patient;
  }

  DicomOptions options() {
    return options;
  }

  boolean has(Fault fault) {
    return options.has(fault);
  }

  /** Largest magnitude of all echoes. */
  double peak() {
    return peak;
  }

  /** Largest magnitude of one echo. */
  double peak(int echo) {
    return peaks[echo];
  }

  double echoTimeMs(int echo) {
    return Math.round(protocol().echoTimesSeconds()[echo] * 1e7) / 1e4;
  }

  /** The value of a frame at a voxel: magnitude, real and imaginary in signal units, or radians. */
  double value(StudyFrame frame, int index) {
    int echo = frame.echo();
    return switch (frame.component()) {
      case MAGNITUDE -> images.magnitude(echo, index);
      case REAL -> images.real().get(echo)[index];
      case IMAGINARY -> images.imaginary().get(echo)[index];
      case PHASE -> (has(Fault.SHRUNK_PHASE) ? SHRUNK : 1) * phase(echo, index);
    };
  }

  private double phase(int echo, int index) {
    return has(Fault.FIELD_MAP)
        ? wrap(images.phase(echo, index) - images.phase(0, index))
        : images.phase(echo, index);
  }

  public static double wrap(double phase) {
    return phase - 2 * Math.PI * Math.round(phase / (2 * Math.PI));
  }

  /** The frames of the study in slice, echo, component order, without those a fault takes away. */
  List<StudyFrame> frames(Component... components) {
    List<StudyFrame> frames = new ArrayList<>();
    int echoes = has(Fault.FIELD_MAP) ? Math.min(2, protocol().echoes()) : protocol().echoes();
    for (int slice = 0; slice < grid().nz(); slice++) {
      for (int echo = 0; echo < echoes; echo++) {
        for (Component component : components) {
          if (present(component, echo, slice)) {
            frames.add(new StudyFrame(component, echo, slice));
          }
        }
      }
    }
    return frames;
  }

  private boolean present(Component component, int echo, int slice) {
    if (has(Fault.MISSING_SLICE)
        && slice == grid().nz() / 2
        && echo == Math.min(1, protocol().echoes() - 1)) {
      return false;
    }
    if (component == Component.MAGNITUDE) {
      return true;
    }
    return !has(Fault.NO_PHASE) && !(has(Fault.FIELD_MAP) && echo == 0);
  }

  /** 1-based number of a slice in the order of instances. */
  int slicePosition(int slice) {
    return geometry.descending() ? grid().nz() - slice : slice + 1;
  }

  Vector3 positionMm(int slice) {
    return grid().positionMm(0, 0, slice);
  }

  String[] orientation() {
    Orientation o = grid().orientation();
    return Decimal.strings(
        o.xAxis().x(), o.xAxis().y(), o.xAxis().z(), o.yAxis().x(), o.yAxis().y(), o.yAxis().z());
  }

  /** The UID of a role in this study; the same seed and role give the same UID. */
  String uid(String role) {
    byte[] id = Arrays.copyOf(Digests.bytesOf(uidSeed + "/" + role), 16);
    id[6] = (byte) (id[6] & 0x0f | 0x80);
    id[8] = (byte) (id[8] & 0x3f | 0x80);
    return "2.25." + new BigInteger(1, id);
  }
}
