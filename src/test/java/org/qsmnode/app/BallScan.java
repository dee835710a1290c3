package org.qsmnode.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.qsmnode.volume.FieldUnits;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Nifti;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/** A ball of signal with a smaller ball of known susceptibility in it, in a linear field. */
final class BallScan {

  static final double CHI_PPM = 0.3;
  static final double TESLA = 3;
  static final double[] TE_MS = {5, 10, 15};

  /** Slices along the patient's left: the main field lies along the second voxel axis. */
  private static final Orientation SAGITTAL =
      new Orientation(
          new Vector3(0, 0, 0), Vector3.Y, new Vector3(0, 0, -1), new Vector3(-1, 0, 0));

  private static final Grid GRID = new Grid(39, 41, 40, 3, 3, 3, SAGITTAL);
  private static final double RADIUS_MM = 48;
  private static final double INNER_MM = 13;
  private static final double PPM_PER_MM = 0.03;

  private BallScan() {}

  /** Writes {@code mag.nii, phase.nii, mask.nii}; {@code stored} turns radians into file values. */
  static void write(Path folder, DoubleUnaryOperator stored) throws IOException {
    List<Volume> magnitude = new ArrayList<>();
    List<Volume> phase = new ArrayList<>();
    for (double te : TE_MS) {
      Volume m = Volume.zeros(GRID);
      Volume p = Volume.zeros(GRID);
      double perPpm = FieldUnits.radPerPpm(TESLA, te / 1000);
      for (int i = 0; i < GRID.size(); i++) {
        Vector3 r = fromCentre(i);
        boolean inside = r.norm() < RADIUS_MM;
        m.data()[i] = inside ? (float) (100 * Math.exp(-te / 40)) : 0;
        double total = 0.4 + perPpm * (localPpm(r) + PPM_PER_MM * (r.x() + r.y() + r.z()));
        double wrapped = inside ? Math.IEEEremainder(total, 2 * Math.PI) : 0;
        p.data()[i] = (float) stored.applyAsDouble(wrapped);
      }
      magnitude.add(m);
      phase.add(p);
    }
    Nifti.write(folder.resolve("mag.nii"), magnitude);
    Nifti.write(folder.resolve("phase.nii"), phase);
    for (int e = 0; e < TE_MS.length; e++) {
      Nifti.write(folder.resolve("mag" + e + ".nii"), magnitude.get(e));
    }
    Nifti.write(folder.resolve("mask.nii"), Mask.nonZero(magnitude.get(0)));
  }

  /** Correlation of a field with that of the inner ball, away from the surface. */
  static double likeness(Volume fieldPpm) {
    double ff = 0;
    double ft = 0;
    double tt = 0;
    for (int i = 0; i < GRID.size(); i++) {
      if (isDeep(i)) {
        double truth = localPpm(fromCentre(i));
        ff += fieldPpm.data()[i] * (double) fieldPpm.data()[i];
        ft += fieldPpm.data()[i] * truth;
        tt += truth * truth;
      }
    }
    return ft / Math.sqrt(ff * tt);
  }

  /**
   * Whether a voxel is four voxels or more under the surface, where background removal is exact.
   */
  static boolean isDeep(int index) {
    return fromCentre(index).norm() < RADIUS_MM - 12;
  }

  /** Mean inside the inner ball less the mean of a shell around it. */
  static double contrast(Volume map, Mask mask) {
    double in = 0;
    double out = 0;
    int ins = 0;
    int outs = 0;
    for (int i = 0; i < GRID.size(); i++) {
      double r = fromCentre(i).norm();
      if (r < INNER_MM - 3) {
        in += map.data()[i];
        ins++;
      } else if (r > INNER_MM + 6 && mask.data()[i]) {
        out += map.data()[i];
        outs++;
      }
    }
    return in / ins - out / outs;
  }

  /** Field of a ball in the field direction z of the patient; 0 inside it. */
  private static double localPpm(Vector3 r) {
    double distance = r.norm();
    if (distance < INNER_MM) {
      return 0;
    }
    double cos = r.z() / distance;
    return CHI_PPM / 3 * Math.pow(INNER_MM / distance, 3) * (3 * cos * cos - 1);
  }

  private static Vector3 fromCentre(int index) {
    int x = index % GRID.nx();
    int y = index / GRID.nx() % GRID.ny();
    int z = index / (GRID.nx() * GRID.ny());
    Vector3 centre =
        GRID.positionMm(0.5 * (GRID.nx() - 1), 0.5 * (GRID.ny() - 1), 0.5 * (GRID.nz() - 1));
    return GRID.positionMm(x, y, z).minus(centre);
  }
}
