package org.qsmnode.inversion.classic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Fields;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.Progress;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.pipeline.Inversions;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;

class InversionTest {

  private static final Vector3 B0 = new Vector3(0.2, 0.1, 0.95).unit();

  /** Balls in an ellipsoid at twice the resolution, averaged to the grid, field in image space. */
  private record Case(LocalField field, float[] chi) {}

  private static Case balls(Grid grid, Vector3 b0, double sdPpm) {
    Grid fine =
        new Grid(
            2 * grid.nx(),
            2 * grid.ny(),
            2 * grid.nz(),
            grid.dxMm() / 2,
            grid.dyMm() / 2,
            grid.dzMm() / 2,
            Orientation.AXIAL);
    Mask mask = Fields.ellipsoid(grid, 0.9);
    Mask fineMask = Fields.ellipsoid(fine, 0.9);
    float[] chi = new float[fine.size()];
    double width = grid.nx() * grid.dxMm();
    SeededRandom random = new SeededRandom(11);
    for (int ball = 0; ball < 14; ball++) {
      double value = 0.1 * random.gaussian();
      double radius = width * random.uniform(0.06, 0.16);
      double cx = random.uniform(0.25, 0.75) * grid.nx() * grid.dxMm();
      double cy = random.uniform(0.25, 0.75) * grid.ny() * grid.dyMm();
      double cz = random.uniform(0.25, 0.75) * grid.nz() * grid.dzMm();
      for (int i = 0; i < chi.length; i++) {
        double x = (i % fine.nx() + 0.5) * fine.dxMm() - cx;
        double y = (i / fine.nx() % fine.ny() + 0.5) * fine.dyMm() - cy;
        double z = (i / (fine.nx() * fine.ny()) + 0.5) * fine.dzMm() - cz;
        if (fineMask.data()[i] && x * x + y * y + z * z < radius * radius) {
          chi[i] = (float) value;
        }
      }
    }
    float[] field = new float[chi.length];
    DipoleConvolution.imageSpace(fine, b0).apply(chi, field);
    float[] coarseField = averaged(fine, field, grid);
    float[] noise = new float[grid.size()];
    new SeededRandom(12).fillGaussian(noise);
    for (int i = 0; i < noise.length; i++) {
      coarseField[i] = mask.data()[i] ? coarseField[i] + (float) sdPpm * noise[i] : 0;
    }
    return new Case(
        Fields.of(mask, coarseField, Fields.constant(mask, sdPpm), b0), averaged(fine, chi, grid));
  }

  private static float[] averaged(Grid fine, float[] values, Grid grid) {
    float[] coarse = new float[grid.size()];
    for (int z = 0; z < fine.nz(); z++) {
      for (int y = 0; y < fine.ny(); y++) {
        for (int x = 0; x < fine.nx(); x++) {
          coarse[grid.index(x / 2, y / 2, z / 2)] += values[fine.index(x, y, z)] / 8;
        }
      }
    }
    return coarse;
  }

  private static Inversion fast(String method) {
    return Inversions.named(
        method,
        method.equals("gaussian")
            ? Map.of(
                "samples",
                "2",
                "marginMm",
                "0",
                "outside",
                "0.001",
                "iterations",
                "80",
                "tolerance",
                "0.001",
                "rounds",
                "10")
            : Map.of());
  }

  @ParameterizedTest
  @CsvSource({
    "tkd, 32, 32, 32, 1, 1, 1, 0.85",
    "gaussian, 32, 32, 32, 1, 1, 1, 0.93",
    "tkd, 31, 29, 17, 1, 1.1, 2, 0.8",
    "gaussian, 31, 29, 17, 1, 1.1, 2, 0.9",
    "tv, 32, 32, 32, 1, 1, 1, 0.95",
    "tv, 31, 29, 17, 1, 1.1, 2, 0.92"
  })
  void ballsSimulatedAtTwiceTheResolutionAreRecovered(
      String method, int nx, int ny, int nz, double dx, double dy, double dz, double correlation) {
    Grid grid = new Grid(nx, ny, nz, dx, dy, dz, Orientation.AXIAL);
    Case balls = balls(grid, B0, 0.002);
    Posterior posterior = fast(method).invert(balls.field(), Progress.NONE);
    double found = Fields.correlation(posterior.chiPpm().data(), balls.chi(), balls.field().mask());
    assertTrue(found > correlation, method + " correlation " + found);
  }

  @Test
  void theGaussianMapIsCloserToTheTruthThanDivision() {
    Case balls = balls(Grid.isotropic(30, 32, 28, 1), B0, 0.004);
    Mask mask = balls.field().mask();
    double[] errors = new double[2];
    int m = 0;
    for (String method : new String[] {"gaussian", "tkd"}) {
      errors[m++] =
          Fields.relativeError(
              fast(method).invert(balls.field(), Progress.NONE).chiPpm().data(), balls.chi(), mask);
    }
    assertTrue(errors[0] < 0.8 * errors[1], errors[0] + " and " + errors[1]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tkd", "gaussian", "tv"})
  void mapsHaveMeanZeroInsideAndAreZeroOutside(String method) {
    Case balls = balls(Grid.isotropic(19, 18, 17, 1), B0, 0.003);
    Mask mask = balls.field().mask();
    Posterior posterior = fast(method).invert(balls.field(), Progress.NONE);
    double sum = 0;
    for (int i = 0; i < mask.data().length; i++) {
      float chi = posterior.chiPpm().data()[i];
      sum += chi;
      assertTrue(mask.data()[i] || chi == 0);
      int voxel = i;
      posterior.sdPpm().ifPresent(sd -> assertEquals(mask.data()[voxel], sd.data()[voxel] > 0));
    }
    assertEquals(0, sum / mask.count(), 1e-6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tkd", "gaussian", "tv"})
  void turningTheVolumeTurnsTheMap(String method) {
    Case upright = balls(new Grid(20, 18, 16, 1, 1.2, 1.5, Orientation.AXIAL), B0, 0.003);
    Grid grid = upright.field().grid();
    Grid turned = new Grid(16, 20, 18, 1.5, 1, 1.2, Orientation.AXIAL);
    Mask mask = new Mask(turned, new boolean[turned.size()]);
    float[] field = new float[turned.size()];
    for (int z = 0; z < grid.nz(); z++) {
      for (int y = 0; y < grid.ny(); y++) {
        for (int x = 0; x < grid.nx(); x++) {
          mask.data()[turned.index(z, x, y)] = upright.field().mask().at(x, y, z);
          field[turned.index(z, x, y)] = upright.field().localPpm().at(x, y, z);
        }
      }
    }
    LocalField other =
        Fields.of(mask, field, Fields.constant(mask, 0.003), new Vector3(B0.z(), B0.x(), B0.y()));
    Posterior a = fast(method).invert(upright.field(), Progress.NONE);
    Posterior b = fast(method).invert(other, Progress.NONE);
    for (int z = 0; z < grid.nz(); z++) {
      for (int y = 0; y < grid.ny(); y++) {
        for (int x = 0; x < grid.nx(); x++) {
          assertEquals(a.chiPpm().at(x, y, z), b.chiPpm().at(z, x, y), 2e-3);
        }
      }
    }
  }

  @Test
  void divisionKeepsTheValueOfASmallSource() {
    Grid grid = Grid.isotropic(32, 32, 32, 1);
    float[] chi = new float[grid.size()];
    chi[grid.index(16, 16, 16)] = 1;
    Mask mask = Mask.full(grid);
    LocalField field =
        Fields.measured(
            mask, chi, Fields.constant(mask, 0), B0, new DipoleConvolution(grid, B0), 1);
    Posterior posterior = new TkdInversion(0.19).invert(field, Progress.NONE);
    assertEquals(1, posterior.chiPpm().at(16, 16, 16), 0.05);
  }

  @Test
  void unknownVoxelsDoNotSpoilTheRest() {
    Case balls = balls(Grid.isotropic(28, 26, 24, 1), B0, 0.003);
    LocalField field = balls.field();
    float[] local = field.localPpm().data().clone();
    float[] sd = field.sdPpm().data().clone();
    Grid grid = field.grid();
    for (int z = 10; z < 14; z++) {
      for (int y = 11; y < 15; y++) {
        for (int x = 12; x < 16; x++) {
          local[grid.index(x, y, z)] = x == 13 ? Float.NaN : 50;
          sd[grid.index(x, y, z)] = Float.POSITIVE_INFINITY;
        }
      }
    }
    Posterior posterior =
        fast("gaussian").invert(Fields.of(field.mask(), local, sd, B0), Progress.NONE);
    double found = Fields.correlation(posterior.chiPpm().data(), balls.chi(), field.mask());
    assertTrue(found > 0.9, "correlation " + found);
    float[] before = fast("gaussian").invert(field, Progress.NONE).sdPpm().orElseThrow().data();
    float[] after = posterior.sdPpm().orElseThrow().data();
    int hole = grid.index(14, 13, 12);
    assertTrue(after[hole] > 1.05 * before[hole], before[hole] + " became " + after[hole]);
  }

  @Test
  void aFieldWithoutItsNoiseHasTheNoiseEstimatedWithinHalfOfIt() {
    Case balls = balls(Grid.isotropic(28, 26, 24, 1), B0, 0.01);
    LocalField field = balls.field();
    LocalField bare =
        Fields.of(field.mask(), field.localPpm().data(), new float[field.grid().size()], B0);
    Posterior posterior = fast("gaussian").invert(bare, Progress.NONE);
    assertEquals(false, Fields.report(posterior).get("noiseFitted"));
    // The prior is no model of balls with sharp rims: what it cannot follow counts as noise.
    assertEquals(0.01, Fields.figure(posterior, "noiseFactor"), 0.005);
  }

  @Test
  void theSameSeedGivesTheSameBytesAndProgressNeverFallsBack() {
    Case balls = balls(Grid.isotropic(21, 20, 19, 1), B0, 0.003);
    List<Double> fractions = new ArrayList<>();
    Posterior one =
        fast("gaussian").invert(balls.field(), (stage, fraction) -> fractions.add(fraction));
    Posterior two = fast("gaussian").invert(balls.field(), Progress.NONE);
    assertArrayEquals(one.chiPpm().data(), two.chiPpm().data());
    assertArrayEquals(one.sdPpm().orElseThrow().data(), two.sdPpm().orElseThrow().data());
    for (int i = 1; i < fractions.size(); i++) {
      assertTrue(fractions.get(i) >= fractions.get(i - 1));
    }
    assertEquals(1, fractions.get(fractions.size() - 1));
  }

  @Test
  void aMapIsDrawnOnlyFromTheMaskEvenWhenThereIsNoFieldAtAll() {
    Grid grid = Grid.isotropic(12, 12, 12, 1);
    Mask mask = Fields.ellipsoid(grid, 0.8);
    LocalField empty = Fields.of(mask, new float[grid.size()], Fields.constant(mask, 0.01), B0);
    Posterior posterior = fast("gaussian").invert(empty, Progress.NONE);
    for (float chi : posterior.chiPpm().data()) {
      assertEquals(0, chi);
    }
    for (float sd : posterior.sdPpm().orElseThrow().data()) {
      assertTrue(Float.isFinite(sd));
    }
  }
}
