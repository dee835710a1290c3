package org.qsmnode.simulate.cases;

import java.util.Set;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.simulate.head.Pathology;
import org.qsmnode.simulate.head.Variety;
import org.qsmnode.simulate.signal.ScanGeometry;
import org.qsmnode.simulate.signal.ScanProtocol;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;

/**
 * What a family's seed stands for: head, findings, slices, sequence.
 *
 * @param mapped whether the field goes through field mapping
 * @param part whether the case is a part of a head or bodies, not a whole head
 * @param labelMap which label map, as a part of their number; negative for a procedural head
 * @param factor sub-voxels per axis
 */
record CaseRecipe(
    CaseFamily family,
    long seed,
    boolean mapped,
    boolean part,
    double labelMap,
    Set<Pathology> findings,
    Grid grid,
    ScanProtocol protocol,
    int[] factor) {

  /** Half-axes of brain and head with air around, LPS mm. */
  private static final double[] BRAIN_MM = {78, 97, 76};

  private static final double[] HEAD_MM = {90, 116, 92};

  /** Part of the heads that are drawn from a label map, where there is one. */
  private static final double LABELLED = 0.6;

  static CaseRecipe of(CaseFamily family, long seed) {
    SeededRandom random = new SeededRandom(seed).stream(family.ordinal());
    boolean part = random.stream(1).uniform() < family.partRate;
    boolean mapped = random.uniform() < family.mappedRate && !part;
    double labelMap = random.uniform() < LABELLED ? random.uniform() : -1;
    Set<Pathology> findings = family.findings.draw(random);
    ScanProtocol protocol = family.scan.protocol(random);
    Grid grid = part ? partGrid(family, random) : headGrid(family, mapped, random);
    int[] factor = family.voxels.factor(seed, mapped, evenNoise(family), grid);
    return new CaseRecipe(family, seed, mapped, part, labelMap, findings, grid, protocol, factor);
  }

  /** How far its head may differ from the mean of people. */
  Variety variety() {
    return switch (family.head) {
      case ORDINARY -> Variety.ORDINARY;
      case MIXED -> Math.floorMod(seed, 2) == 0 ? Variety.ORDINARY : Variety.WIDE;
      case WIDE, BODIES -> Variety.WIDE;
    };
  }

  /** Whether there are bodies instead of a head. */
  boolean bodies() {
    return family.head == CaseFamily.HeadKind.BODIES;
  }

  /** Whether tissues end at the edges of voxels, without a point spread. */
  boolean sharp() {
    return family.voxels.sharp();
  }

  /** Whether a field that is not mapped has even noise everywhere. */
  boolean evenNoise() {
    return evenNoise(family);
  }

  private static boolean evenNoise(CaseFamily family) {
    return family.handover != CaseFamily.Handover.SIGNAL_NOISE;
  }

  private static Grid headGrid(CaseFamily family, boolean mapped, SeededRandom random) {
    VoxelRanges.Edges drawn = family.voxels.edges(random);
    ScanGeometry.Plane plane = family.scan.plane(random);
    double tilt = family.scan.tiltDegrees(random);
    double turn = family.scan.turnDegrees(random);
    Orientation turned = stack(64, 64, 64, drawn, plane, tilt, turn).orientation();
    double[] extent = extentMm(turned, mapped ? HEAD_MM : BRAIN_MM);
    VoxelRanges.Edges edges =
        drawn.bounded(extent[0] * extent[1] * extent[2], family.voxels.most(mapped, random));
    return stack(
        (int) Math.ceil(extent[0] / edges.inPlane()),
        (int) Math.ceil(extent[1] / edges.inPlane()),
        (int) Math.ceil(extent[2] / edges.slice()),
        edges,
        plane,
        tilt,
        turn);
  }

  private static Grid stack(
      int nx,
      int ny,
      int nz,
      VoxelRanges.Edges edges,
      ScanGeometry.Plane plane,
      double tilt,
      double turn) {
    double inPlane = edges.inPlane();
    return new ScanGeometry(nx, ny, nz, inPlane, inPlane, edges.slice(), plane, tilt, turn, false)
        .grid();
  }

  /** Extent along the grid's axes of an ellipsoid with half-axes along the body. */
  private static double[] extentMm(Orientation o, double[] half) {
    Vector3[] axes = {o.xAxis(), o.yAxis(), o.zAxis()};
    double[] extent = new double[3];
    for (int a = 0; a < 3; a++) {
      Vector3 scaled =
          new Vector3(axes[a].x() * half[0], axes[a].y() * half[1], axes[a].z() * half[2]);
      extent[a] = 2 * scaled.norm();
    }
    return extent;
  }

  private static Grid partGrid(CaseFamily family, SeededRandom random) {
    double inPlane = random.uniform(0.6, 1.2);
    double slice = inPlane * (random.uniform() < 0.5 ? 1 : random.uniform(1, 2.5));
    double tilt = ScanRanges.slightTiltDegrees(random);
    double turn = 6 * random.gaussian();
    VoxelRanges.Edges edges = new VoxelRanges.Edges(inPlane, slice);
    Grid centred = stack(96, 96, 72, edges, ScanGeometry.Plane.AXIAL, tilt, turn);
    double reach = family.head == CaseFamily.HeadKind.BODIES ? 0 : 1;
    Vector3 shift =
        new Vector3(
            reach * random.uniform(-30, 30),
            reach * random.uniform(-45, 45),
            reach * random.uniform(-30, 35));
    Orientation o = centred.orientation();
    Orientation moved = new Orientation(o.originMm().plus(shift), o.xAxis(), o.yAxis(), o.zAxis());
    return new Grid(96, 96, 72, inPlane, inPlane, slice, moved);
  }
}
