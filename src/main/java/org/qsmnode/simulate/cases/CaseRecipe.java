package org.qsmnode.simulate.cases;

import java.util.Arrays;
import java.util.EnumSet;
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

  private static final double LARGEST_VOXELS = 1.1e6;

  /** Slice over edge in the plane from which a slice is thick. */
  private static final double THICK = 1.5;

  /**
   * Most voxels of a mapped head. Fewer than of others, since the head around the brain and the
   * neck have sub-voxels too.
   */
  private static final double LARGEST_MAPPED_VOXELS = 8e5;

  private static final double LARGEST_FINE_VOXELS = 5e6;

  /** Largest edge of the sub-voxels of fine cases; smaller ones would take too much memory. */
  private static final double FINE_SAMPLING_MM = 1.05;

  /**
   * Largest edge of the sub-voxels of every fifth fine case. Its voxels stay undivided, as most
   * simulations of fine heads have them.
   */
  private static final double UNDIVIDED_MM = 3;

  /** Part of the heads whose voxels are cubes. */
  private static final double CUBES = 0.45;

  /** Ranges of voxel edges in mm, before they grow to bound the number of voxels. */
  private enum Edges {
    USUAL(new double[] {1.4, 2.1}, new double[] {0.9, 1.5}, new double[] {1.5, 3}),
    FINE(new double[] {1, 1.6}, new double[] {0.8, 1.3}, new double[] {1.2, 2.5});

    final double[] cube;
    final double[] inPlane;
    final double[] slice;

    Edges(double[] cube, double[] inPlane, double[] slice) {
      this.cube = cube;
      this.inPlane = inPlane;
      this.slice = slice;
    }
  }

  static CaseRecipe of(CaseFamily family, long seed) {
    SeededRandom random = new SeededRandom(seed).stream(family.ordinal());
    boolean part = random.stream(1).uniform() < parts(family);
    boolean mapped = random.uniform() < mapped(family) && !part;
    double labelMap = random.uniform() < 0.6 ? random.uniform() : -1;
    Set<Pathology> findings = findings(family, random);
    ScanProtocol protocol = protocol(family, random);
    Grid grid = part ? partGrid(family, random) : headGrid(family, mapped, random);
    int[] factor = factor(family, seed, mapped, grid);
    return new CaseRecipe(family, seed, mapped, part, labelMap, findings, grid, protocol, factor);
  }

  /**
   * Where voxels are not divided, the dipole loses at fine frequencies what a tilted field has
   * across two axes. A thick slice is divided once more. Even noise is for fields as others
   * simulate them, on the voxels themselves.
   */
  private static int[] factor(CaseFamily family, long seed, boolean mapped, Grid grid) {
    if (family == CaseFamily.FINE) {
      double most = Math.floorMod(seed, 5) == 0 ? UNDIVIDED_MM : FINE_SAMPLING_MM;
      return Arrays.stream(grid.voxelMm()).mapToInt(e -> (int) Math.ceil(e / most)).toArray();
    }
    if (family == CaseFamily.SHARP) {
      return new int[] {1, 1, 1};
    }
    if (!mapped) {
      return evenNoise(family) ? new int[] {1, 1, 1} : new int[] {2, 2, 2};
    }
    return new int[] {2, 2, grid.dzMm() > THICK * grid.dxMm() ? 3 : 2};
  }

  /** How far its head may differ from the mean of people. */
  Variety variety() {
    boolean ordinary =
        switch (family) {
          case ORDINARY -> true;
          case FINE, SHARP -> Math.floorMod(seed, 2) == 0;
          default -> false;
        };
    return ordinary ? Variety.ORDINARY : Variety.WIDE;
  }

  /** Whether tissues end at the edges of voxels, without a point spread. */
  boolean sharp() {
    return family == CaseFamily.SHARP;
  }

  /** Whether a field that is not mapped has the same noise everywhere. */
  boolean evenNoise() {
    return evenNoise(family);
  }

  private static boolean evenNoise(CaseFamily family) {
    return switch (family) {
      case PLAIN, ORDINARY, SHARP -> true;
      default -> false;
    };
  }

  /** Probability that a case is a part of a head, or bodies, and not a whole head. */
  private static double parts(CaseFamily family) {
    return switch (family) {
      case DETAIL, GEOMETRIC -> 1;
      case PLAIN -> 0.4;
      case ORDINARY -> 0.25;
      default -> 0;
    };
  }

  /** Probability that the field of a whole head is mapped. */
  private static double mapped(CaseFamily family) {
    return switch (family) {
      case FINE -> 1;
      case PLAIN -> 0;
      default -> 0.5;
    };
  }

  private static Set<Pathology> findings(CaseFamily family, SeededRandom random) {
    EnumSet<Pathology> findings = EnumSet.noneOf(Pathology.class);
    if (family == CaseFamily.ORDINARY) {
      return findings;
    }
    double lesions = family == CaseFamily.LESIONS ? 1 : family == CaseFamily.HEAD ? 0 : 0.3;
    if (random.uniform() < lesions) {
      findings.add(Pathology.LESIONS);
    }
    if (random.uniform() < 0.25) {
      findings.add(Pathology.MICROBLEEDS);
    }
    if (family == CaseFamily.HAEMORRHAGE) {
      findings.add(Pathology.HAEMORRHAGE);
    }
    if (family == CaseFamily.CALCIFICATION) {
      findings.add(Pathology.CALCIFICATION);
    }
    return findings;
  }

  private static ScanProtocol protocol(CaseFamily family, SeededRandom random) {
    double tesla = family == CaseFamily.SEVEN_TESLA ? 7 : random.uniform() < 0.15 ? 1.5 : 3;
    double shorter = tesla == 7 ? 0.6 : 1;
    double first = shorter * random.uniform(0.003, 0.006);
    double spacing = shorter * random.uniform(0.004, 0.0065);
    int echoes = 3 + random.below(5);
    double snr = 20 * StrictMath.pow(15, random.uniform());
    double noisy = random.uniform(10, 20);
    return ScanProtocol.equallySpaced(echoes, first, spacing, tesla)
        .withPeakSnr(family == CaseFamily.NOISY ? noisy : snr);
  }

  private static Grid headGrid(CaseFamily family, boolean mapped, SeededRandom random) {
    boolean sharp = family == CaseFamily.SHARP;
    boolean fine = family == CaseFamily.FINE || sharp;
    Edges edges = fine ? Edges.FINE : Edges.USUAL;
    double inPlane;
    double slice;
    if (random.uniform() < CUBES) {
      inPlane = random.uniform(edges.cube[0], edges.cube[1]);
      slice = inPlane;
    } else {
      inPlane = random.uniform(edges.inPlane[0], edges.inPlane[1]);
      slice = random.uniform(edges.slice[0], edges.slice[1]);
    }
    double planeDraw = random.uniform();
    ScanGeometry.Plane plane =
        planeDraw < 0.8
            ? ScanGeometry.Plane.AXIAL
            : planeDraw < 0.9 ? ScanGeometry.Plane.CORONAL : ScanGeometry.Plane.SAGITTAL;
    boolean oblique = family == CaseFamily.OBLIQUE;
    double tilt =
        oblique
            ? Math.copySign(random.uniform(30, 50), random.gaussian())
            : Math.max(-25, Math.min(25, 8 * random.gaussian()));
    double turn = (oblique ? 10 : 4) * random.gaussian();
    double[] half = mapped ? HEAD_MM : BRAIN_MM;
    ScanGeometry geometry =
        new ScanGeometry(64, 64, 64, inPlane, inPlane, slice, plane, tilt, turn, false);
    double volumeMm3 = 1;
    for (double extent : extentMm(geometry.grid().orientation(), half)) {
      volumeMm3 *= extent;
    }
    double largest = !mapped ? LARGEST_VOXELS : fine ? LARGEST_FINE_VOXELS : LARGEST_MAPPED_VOXELS;
    if (sharp && mapped) {
      largest *= StrictMath.pow(LARGEST_MAPPED_VOXELS / largest, random.uniform());
    }
    double tooFine = Math.max(1, volumeMm3 / (inPlane * inPlane * slice) / largest);
    double edge = inPlane * StrictMath.cbrt(tooFine);
    double thickness = slice * StrictMath.cbrt(tooFine);
    double[] extent = extentMm(geometry.grid().orientation(), half);
    return new ScanGeometry(
            (int) Math.ceil(extent[0] / edge),
            (int) Math.ceil(extent[1] / edge),
            (int) Math.ceil(extent[2] / thickness),
            edge,
            edge,
            thickness,
            plane,
            tilt,
            turn,
            false)
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
    double tilt = Math.max(-25, Math.min(25, 8 * random.gaussian()));
    double turn = 6 * random.gaussian();
    Grid centred =
        new ScanGeometry(
                96, 96, 72, inPlane, inPlane, slice, ScanGeometry.Plane.AXIAL, tilt, turn, false)
            .grid();
    double reach = family == CaseFamily.GEOMETRIC ? 0 : 1;
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
