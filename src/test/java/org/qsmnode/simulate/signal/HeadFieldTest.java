package org.qsmnode.simulate.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.qsmnode.field.background.Shim;
import org.qsmnode.simulate.head.Head;
import org.qsmnode.simulate.head.SampleGrid;
import org.qsmnode.simulate.head.Tissue;
import org.qsmnode.simulate.head.TissueTable;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;

class HeadFieldTest {

  private static final double RADIUS_MM = 9;

  private static Head head(Grid grid, float[] excessPpm, boolean[] brain) {
    TissueTable table = TissueTable.individual(1);
    float[] chi = new float[grid.size()];
    for (int i = 0; i < chi.length; i++) {
      chi[i] = (float) (table.chiPpm(Tissue.AIR) + excessPpm[i]);
    }
    float[] none = new float[chi.length];
    return new Head(grid, new byte[chi.length], brain, chi, none, none, table);
  }

  private static float[] sphere(Grid grid, Vector3 centre) {
    float[] part = new float[grid.size()];
    int sub = 6;
    SampleGrid.forEachVoxel(
        grid,
        (x, y, z) -> {
          int inside = 0;
          for (int n = 0; n < sub * sub * sub; n++) {
            Vector3 p =
                grid.positionMm(
                    x - 0.5 + (n % sub + 0.5) / sub,
                    y - 0.5 + (n / sub % sub + 0.5) / sub,
                    z - 0.5 + (n / sub / sub + 0.5) / sub);
            inside += p.minus(centre).norm() < RADIUS_MM ? 1 : 0;
          }
          part[grid.index(x, y, z)] = (float) inside / (sub * sub * sub);
        });
    return part;
  }

  private static void compareWithAnalyticSphere(Grid grid, double tolerance) {
    Vector3 centre =
        grid.positionMm((grid.nx() - 1) / 2.0, (grid.ny() - 1) / 2.0, (grid.nz() - 1) / 2.0);
    Head head = head(grid, sphere(grid, centre), new boolean[grid.size()]);
    float[] field = HeadField.of(head, grid.orientation().toVoxelAxes(Vector3.Z)).totalPpm();
    double worst = 0;
    for (int z = 0; z < grid.nz(); z++) {
      for (int y = 0; y < grid.ny(); y++) {
        for (int x = 0; x < grid.nx(); x++) {
          Vector3 d = grid.positionMm(x, y, z).minus(centre);
          double r = d.norm();
          double cos = r == 0 ? 1 : d.z() / r;
          double expected =
              r < RADIUS_MM ? 0 : Math.pow(RADIUS_MM / r, 3) * (3 * cos * cos - 1) / 3;
          if (Math.abs(r - RADIUS_MM) > 3) {
            worst = Math.max(worst, Math.abs(field[grid.index(x, y, z)] - expected));
          }
        }
      }
    }
    assertTrue(worst < tolerance, "largest error " + worst + " ppm for 1 ppm");
  }

  @Test
  void theFieldOfASphereIsTheAnalyticOne() {
    compareWithAnalyticSphere(Grid.isotropic(32, 32, 32, 1.25), 0.01);
  }

  @Test
  void oddSizesAndAnisotropicVoxelsGiveTheAnalyticField() {
    compareWithAnalyticSphere(new Grid(31, 27, 25, 1.1, 1.3, 1.5, Orientation.AXIAL), 0.015);
  }

  @Test
  void obliqueSlicesGiveTheAnalyticField() {
    compareWithAnalyticSphere(
        new ScanGeometry(31, 30, 29, 1.2, 1.2, 1.4, ScanGeometry.Plane.CORONAL, 25, -35, false)
            .grid(),
        0.015);
  }

  @Test
  void theFieldAroundTheMiddleOfALongCylinderIsThatOfAnEndlessOne() {
    Grid grid = new Grid(160, 25, 27, 1.5, 1.4, 1.3, Orientation.AXIAL);
    double tilt = Math.toRadians(70);
    Vector3 b0 = new Vector3(Math.cos(tilt), 0, Math.sin(tilt));
    double radius = 4;
    float[] part = new float[grid.size()];
    float[] expected = new float[grid.size()];
    int sub = 8;
    for (int i = 0; i < part.length; i++) {
      double y = (i / grid.nx() % grid.ny() - 12) * grid.dyMm();
      double z = (i / grid.nx() / grid.ny() - 13) * grid.dzMm();
      int inside = 0;
      for (int n = 0; n < sub * sub; n++) {
        double py = y + ((n % sub + 0.5) / sub - 0.5) * grid.dyMm();
        double pz = z + ((n / sub + 0.5) / sub - 0.5) * grid.dzMm();
        inside += py * py + pz * pz < radius * radius ? 1 : 0;
      }
      part[i] = (float) inside / (sub * sub);
      double square = y * y + z * z;
      double sin = Math.sin(tilt);
      double cos = Math.cos(tilt);
      expected[i] =
          square < radius * radius
              ? (float) ((3 * cos * cos - 1) / 6)
              : (float) (sin * sin / 2 * radius * radius / square * (z * z - y * y) / square);
    }
    float[] field = HeadField.of(head(grid, part, new boolean[grid.size()]), b0).totalPpm();
    double worst = 0;
    for (int i = 0; i < field.length; i++) {
      double y = (i / grid.nx() % grid.ny() - 12) * grid.dyMm();
      double z = (i / grid.nx() / grid.ny() - 13) * grid.dzMm();
      boolean middle = Math.abs(i % grid.nx() - 80) < 10;
      if (middle && Math.abs(Math.hypot(y, z) - radius) > 2) {
        worst = Math.max(worst, Math.abs(field[i] - expected[i]));
      }
    }
    assertTrue(worst < 0.01, "largest error " + worst + " ppm for 1 ppm");
  }

  @Test
  void localAndBackgroundFieldAddUpToTheTotal() {
    Grid grid = Grid.isotropic(20, 18, 15, 2);
    Random random = new Random(4);
    float[] excess = new float[grid.size()];
    boolean[] brain = new boolean[grid.size()];
    boolean[] none = new boolean[grid.size()];
    SampleGrid.forEachVoxel(
        grid,
        (x, y, z) ->
            brain[grid.index(x, y, z)] = x > 4 && x < 15 && y > 3 && y < 14 && z > 3 && z < 12);
    for (int i = 0; i < excess.length; i++) {
      excess[i] = (float) random.nextGaussian();
    }
    Vector3 b0 = new Vector3(0.3, -0.2, 0.9).unit();
    HeadField all = HeadField.of(head(grid, excess, brain), b0);
    float[] outside = excess.clone();
    double air = TissueTable.individual(1).chiPpm(Tissue.AIR);
    for (int i = 0; i < outside.length; i++) {
      if (brain[i]) {
        outside[i] = (float) (all.meanChiPpm() - air);
      }
    }
    float[] background = HeadField.of(head(grid, outside, none), b0).totalPpm();
    float[] raw = HeadField.of(head(grid, excess, none), b0).totalPpm();
    for (int i = 0; i < raw.length; i++) {
      assertEquals(raw[i], all.localPpm()[i] + background[i], 2e-5);
    }
  }

  @Test
  void shimmingTakesAwayAHarmonicFieldAndNoOther() {
    Grid grid = Grid.isotropic(17, 14, 11, 3);
    boolean[] inside = new boolean[grid.size()];
    Arrays.fill(inside, 100, 2000, true);
    float[] field = new float[grid.size()];
    for (int i = 0; i < field.length; i++) {
      int x = i % 17;
      int y = i / 17 % 14;
      int z = i / 17 / 14;
      field[i] = 0.3f + 0.02f * x - 0.01f * y * z + 0.004f * (z * z - x * x);
    }
    Shim.apply(grid, inside, field);
    for (float value : field) {
      assertEquals(0, value, 1e-4);
    }
    for (int i = 0; i < field.length; i++) {
      int x = i % 17;
      int y = i / 17 % 14;
      int z = i / 17 / 14;
      field[i] = 0.01f * (x * x + y * y + z * z);
    }
    Shim.apply(grid, inside, field);
    double curvature = field[grid.index(9, 7, 5)] + field[grid.index(7, 7, 5)];
    curvature -= 2 * field[grid.index(8, 7, 5)];
    curvature += field[grid.index(8, 8, 5)] + field[grid.index(8, 6, 5)];
    curvature -= 2 * field[grid.index(8, 7, 5)];
    curvature += field[grid.index(8, 7, 6)] + field[grid.index(8, 7, 4)];
    curvature -= 2 * field[grid.index(8, 7, 5)];
    assertEquals(0.06, curvature, 1e-4);
  }
}
