package org.qsmnode.field;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsmnode.field.data.FieldMappingException;
import org.qsmnode.field.data.HeadModel;
import org.qsmnode.numeric.Progress;
import org.qsmnode.simulate.SameHead;
import org.qsmnode.simulate.signal.ScanGeometry;
import org.qsmnode.simulate.signal.ScanGeometry.Plane;
import org.qsmnode.simulate.signal.ScanProtocol;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Morphology;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/**
 * One head imaged in many ways has one local field. Maps are compared at the same places of the
 * patient, 12 mm under the surface of the brain, with the map of an axial scan and with the truth,
 * all at one resolution. Interpolation alone makes the true fields differ by up to 13 %; a wrong
 * field direction makes 100 % and more. At this resolution the error, which is coarse, weighs more
 * against the truth than in single voxels.
 */
class GeometryIT {

  private static final double BLUR_MM = 3;
  private static final double DEEP_MM = 12;
  private static final double LARGEST_DIFFERENCE_PERCENT = 18;
  private static final double LARGEST_ERROR_PERCENT = 36;
  private static final ScanProtocol PROTOCOL =
      ScanProtocol.equallySpaced(4, 0.004, 0.004, 3).withPeakSnr(100);

  private static SameHead head;
  private static Map reference;

  private record Map(Grid grid, float[] ppm, float[] truePpm, Mask known) {}

  @BeforeAll
  static void scanAxially() throws Exception {
    head = new SameHead(31, 1.5, 1);
    reference = map(head, ScanGeometry.axial(64, 80, 50, 3, 3), 1);
  }

  @ParameterizedTest
  @CsvSource({
    "AXIAL, 64, 80, 50, 3, 3, 3, 45, 0",
    "AXIAL, 65, 81, 51, 3, 3, 3, -30, 20",
    "AXIAL, 64, 80, 50, 3, 3, 3, 180, 0",
    "CORONAL, 64, 52, 79, 3, 3, 3, 0, 0",
    "CORONAL, 96, 76, 81, 2, 2, 3, 0, 0",
    "SAGITTAL, 80, 51, 63, 3, 3, 3, 0, 0",
    "SAGITTAL, 79, 52, 64, 3, 3, 3, 10, -15",
    "AXIAL, 127, 81, 50, 1.5, 3, 3, 0, 0"
  })
  void everyStackGivesTheSameField(
      Plane plane,
      int columns,
      int rows,
      int slices,
      double columnMm,
      double rowMm,
      double sliceMm,
      double tilt,
      double turn)
      throws Exception {
    ScanGeometry geometry =
        new ScanGeometry(columns, rows, slices, columnMm, rowMm, sliceMm, plane, tilt, turn, false);
    compare(map(head, geometry, 1), geometry, 1);
  }

  @Test
  void voxelsOfHalfAMillimetreGiveTheSameFieldOfAHeadOfHalfTheSize() throws Exception {
    ScanGeometry geometry =
        new ScanGeometry(161, 210, 51, 0.5, 0.5, 1.5, Plane.AXIAL, 45, 10, false);
    compare(map(new SameHead(31, 1.5, 0.5), geometry, 0.5), geometry, 0.5);
  }

  private static void compare(Map map, ScanGeometry geometry, double size) {
    Grid to = reference.grid;
    float[] found = at(map, map.ppm, to, size);
    float[] truth = at(map, map.truePpm, to, size);
    boolean[] both = reference.known.data().clone();
    for (int i = 0; i < both.length; i++) {
      both[i] &= Float.isFinite(found[i]) && Float.isFinite(truth[i]);
    }
    Mask where = new Mask(to, both);
    double difference = HeadModel.nrmsePercent(found, reference.ppm, where);
    double trueDifference = HeadModel.nrmsePercent(truth, reference.truePpm, where);
    double error = HeadModel.nrmsePercent(found, truth, where);
    String figures =
        String.format(
            Locale.ROOT,
            "%s: %d of %d voxels, %.1f %% from the axial map, %.1f %% from the truth; true fields"
                + " differ by %.1f %%",
            geometry,
            where.count(),
            reference.known.count(),
            difference,
            error,
            trueDifference);
    System.out.println(figures);
    assertTrue(where.count() > 0.8 * reference.known.count(), figures);
    assertTrue(difference < LARGEST_DIFFERENCE_PERCENT, figures);
    assertTrue(error < LARGEST_ERROR_PERCENT, figures);
  }

  /** Maps a scan; the outline of the brain is made for heads of usual size only. */
  private static Map map(SameHead seen, ScanGeometry geometry, double size)
      throws FieldMappingException {
    SameHead.Scan scan = seen.scan(geometry, PROTOCOL);
    LocalField field =
        new FieldMapping(FieldSettings.defaults())
            .map(
                scan.images(),
                size < 1 ? Optional.of(scan.brain()) : Optional.empty(),
                Progress.NONE);
    Mask deep = Morphology.erode(scan.brain(), DEEP_MM * size).and(field.mask());
    return new Map(
        scan.images().grid(),
        blurred(field.localPpm(), size),
        blurred(scan.localPpm(), size),
        deep);
  }

  /** The field at one resolution: a Gaussian as much narrower as the voxel is wide. */
  private static float[] blurred(Volume ppm, double size) {
    Grid grid = ppm.grid();
    float[] values = ppm.data().clone();
    int stride = 1;
    for (int axis = 0; axis < 3; axis++) {
      double voxel = grid.voxelMm()[axis];
      double sigma = Math.sqrt(Math.pow(BLUR_MM * size, 2) - voxel * voxel / 12) / voxel;
      float[] before = values.clone();
      int n = grid.dims()[axis];
      for (int i = 0; i < values.length; i++) {
        int at = i / stride % n;
        double sum = 0;
        double weights = 0;
        for (int k = Math.max(-at, (int) (-4 * sigma)); k <= 4 * sigma && at + k < n; k++) {
          double weight = Math.exp(-0.5 * k * k / (sigma * sigma));
          sum += weight * before[i + k * stride];
          weights += weight;
        }
        values[i] = (float) (sum / weights);
      }
      stride *= n;
    }
    return values;
  }

  /** Values at the same places of the patient, NaN where the map is not known. */
  private static float[] at(Map map, float[] values, Grid to, double size) {
    float[] known = values.clone();
    for (int i = 0; i < known.length; i++) {
      known[i] = map.known.data()[i] ? known[i] : Float.NaN;
    }
    float[] out = new float[to.size()];
    for (int i = 0; i < out.length; i++) {
      Vector3 p = to.positionMm(i % to.nx(), i / to.nx() % to.ny(), i / (to.nx() * to.ny()));
      out[i] = (float) SameHead.between(map.grid, known, p.times(size), Double.NaN);
    }
    return out;
  }
}
