package org.qsmnode.simulate;

import java.util.Arrays;
import java.util.Set;
import org.qsmnode.simulate.head.Head;
import org.qsmnode.simulate.head.HeadPhantom;
import org.qsmnode.simulate.head.SampleGrid;
import org.qsmnode.simulate.head.Tissue;
import org.qsmnode.simulate.head.Variety;
import org.qsmnode.simulate.signal.ComplexImages;
import org.qsmnode.simulate.signal.HeadField;
import org.qsmnode.simulate.signal.ScanGeometry;
import org.qsmnode.simulate.signal.ScanProtocol;
import org.qsmnode.simulate.signal.SignalModel;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.MultiEcho;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/**
 * One procedural head, sampled once on a fine grid along the patient's axes with its field, that
 * every scan sees. {@link Simulation} samples the head anew for each grid instead, which gives it
 * other veins.
 */
public final class SameHead {

  private static final int LEAST_PARTS = 2;

  private final Head head;
  private final HeadField field;
  private final Grid grid;
  private final long seed;

  /**
   * A scan and its truth on the scan's grid.
   *
   * @param localPpm field of the susceptibility inside the brain, referred to its mean
   */
  public record Scan(MultiEcho images, Volume localPpm, Mask brain) {}

  /**
   * A head.
   *
   * @param samplingMm voxel edge of the fine grid in a head of usual size
   * @param size of the head; 1 is usual. The field of a smaller head is the same, scaled.
   */
  public SameHead(long seed, double samplingMm, double size) {
    this.seed = seed;
    HeadPhantom phantom = new HeadPhantom(seed, Set.of(), Variety.ORDINARY);
    Grid middle = ScanGeometry.axial(4, 4, 4, samplingMm, samplingMm).grid();
    Grid around =
        SampleGrid.around(middle, phantom.low(), phantom.high(), new int[] {1, 1, 1}).fine();
    head = phantom.sample(around);
    field = HeadField.of(head, Vector3.Z);
    double edge = size * samplingMm;
    Vector3 origin = around.orientation().originMm().times(size);
    Orientation along =
        new Orientation(
            origin,
            around.orientation().xAxis(),
            around.orientation().yAxis(),
            around.orientation().zAxis());
    grid = new Grid(around.nx(), around.ny(), around.nz(), edge, edge, edge, along);
  }

  /** Images the head; sub-voxels are no coarser than its fine grid. */
  public Scan scan(ScanGeometry geometry, ScanProtocol protocol) {
    int[] factor = SampleGrid.factorFor(geometry.grid(), grid.dxMm());
    Arrays.setAll(factor, a -> Math.max(LEAST_PARTS, factor[a]));
    SampleGrid sampling =
        new SampleGrid(geometry.grid(), factor, new int[] {0, 0, 0}, new int[] {0, 0, 0});
    Grid fine = sampling.fine();
    byte[] tissue = new byte[fine.size()];
    boolean[] brain = new boolean[fine.size()];
    float[] r2Star = new float[fine.size()];
    float[] total = new float[fine.size()];
    float[] local = new float[fine.size()];
    SampleGrid.forEachVoxel(
        fine,
        (x, y, z) -> {
          Vector3 p = fine.positionMm(x, y, z);
          int to = fine.index(x, y, z);
          int from = nearest(p);
          tissue[to] = from < 0 ? (byte) Tissue.AIR.ordinal() : head.tissue()[from];
          brain[to] = from >= 0 && head.brain()[from];
          r2Star[to] = from < 0 ? 0 : head.r2StarHz()[from];
          total[to] = (float) between(grid, field.totalPpm(), p, 0);
          local[to] = (float) between(grid, field.localPpm(), p, 0);
        });
    float[] none = new float[fine.size()];
    Head seen = new Head(fine, tissue, brain, none, r2Star, none, head.table());
    ComplexImages images = new SignalModel(protocol, seed).simulate(seen, total, sampling);
    return new Scan(
        images.toMultiEcho(Vector3.Z), sampling.average(local), sampling.majority(brain));
  }

  private int nearest(Vector3 p) {
    double[] at = voxel(grid, p);
    int x = (int) Math.round(at[0]);
    int y = (int) Math.round(at[1]);
    int z = (int) Math.round(at[2]);
    return grid.contains(x, y, z) ? grid.index(x, y, z) : -1;
  }

  /** Trilinear value at a position in mm; {@code outside} where a neighbour is beyond the grid. */
  public static double between(Grid grid, float[] values, Vector3 p, double outside) {
    double[] at = voxel(grid, p);
    int x = (int) Math.floor(at[0]);
    int y = (int) Math.floor(at[1]);
    int z = (int) Math.floor(at[2]);
    if (!grid.contains(x, y, z) || !grid.contains(x + 1, y + 1, z + 1)) {
      return outside;
    }
    double sum = 0;
    for (int corner = 0; corner < 8; corner++) {
      int cx = x + (corner & 1);
      int cy = y + (corner >> 1 & 1);
      int cz = z + (corner >> 2);
      double weight =
          (1 - Math.abs(at[0] - cx)) * (1 - Math.abs(at[1] - cy)) * (1 - Math.abs(at[2] - cz));
      sum += weight * values[grid.index(cx, cy, cz)];
    }
    return sum;
  }

  private static double[] voxel(Grid grid, Vector3 p) {
    Orientation o = grid.orientation();
    Vector3 d = p.minus(o.originMm());
    return new double[] {
      d.dot(o.xAxis()) / grid.dxMm(), d.dot(o.yAxis()) / grid.dyMm(), d.dot(o.zAxis()) / grid.dzMm()
    };
  }
}
