package org.qsmnode.field.background;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsmnode.field.data.HeadModel;
import org.qsmnode.field.data.TotalField;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Morphology;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;

/** A small sphere in a ball, with dipoles outside; both fields are known in closed form. */
final class BackgroundRemovalTest {

  private static final Grid GRID = new Grid(45, 41, 39, 2, 2.2, 2.1, Orientation.AXIAL);
  private static final Vector3 B0 = new Vector3(0.2, -0.1, 1).unit();
  private static final double[] CENTRE = {44, 44, 40};
  private static final double BALL_MM = 34;

  /** Largest error allowed, percent of the local field 4 voxels from the rim. */
  private static final Map<String, Double> LIMIT =
      Map.of("joint", 12.0, "pdf", 12.0, "vsharp", 25.0, "lbv", 12.0, "ismv", 15.0);

  @ParameterizedTest
  @ValueSource(strings = {"joint", "pdf", "vsharp", "lbv", "ismv"})
  void theFieldOfASphereIsLeftWhenOutsideDipolesAreTakenAway(String method) {
    float[] local = sphere(5, 0.5);
    BackgroundRemoval.Result result = run(method, total(local, 1));
    Mask deep = Morphology.erodeVoxels(ball(), 4);
    assertEquals(0, outside(deep, result.mask()), "voxels lost far from the rim");
    double error = HeadModel.nrmsePercent(result.localPpm(), local, deep);
    assertTrue(error < LIMIT.getOrDefault(method, 0.0), method + " " + error + " %");
  }

  @ParameterizedTest
  @ValueSource(strings = {"joint", "pdf", "vsharp", "lbv", "ismv"})
  void aFieldOfOutsideSourcesAloneLeavesLittle(String method) {
    TotalField background = total(new float[GRID.size()], 1);
    BackgroundRemoval.Result result = run(method, background);
    Mask deep = Morphology.erodeVoxels(ball(), 4);
    double left = spread(result.localPpm(), deep) / spread(background.ppm(), deep);
    assertTrue(left < 0.02, method + " leaves " + left);
  }

  @ParameterizedTest
  @ValueSource(strings = {"joint", "pdf", "vsharp", "lbv", "ismv"})
  void anEndlessCylinderOfAirOutsideLeavesLittle(String method) {
    Mask mask = ball();
    float[] ppm = new float[GRID.size()];
    float[] sd = new float[GRID.size()];
    double radius = 9;
    for (int i = 0; i < ppm.length; i++) {
      double[] r = from(i, 0, CENTRE[1] + BALL_MM + 13, CENTRE[2] - 6);
      double square = r[1] * r[1] + r[2] * r[2];
      double across = B0.y() * B0.y() + B0.z() * B0.z();
      double along = (B0.y() * r[1] + B0.z() * r[2]) * (B0.y() * r[1] + B0.z() * r[2]) / square;
      ppm[i] =
          mask.data()[i] ? (float) (9.4 / 2 * radius * radius / square * (2 * along - across)) : 0;
      sd[i] = mask.data()[i] ? 0.002f : 0;
    }
    BackgroundRemoval.Result result = run(method, new TotalField(ppm, sd, mask, B0));
    Mask deep = Morphology.erodeVoxels(mask, 4);
    double left = spread(result.localPpm(), deep) / spread(ppm, deep);
    assertTrue(left < 0.02, method + " leaves " + left);
  }

  @ParameterizedTest
  @ValueSource(strings = {"joint", "pdf", "vsharp", "lbv", "ismv"})
  void aConstantDoesNotMatter(String method) {
    TotalField plain = total(sphere(5, 0.5), 1);
    float[] raised = plain.ppm().clone();
    for (int i = 0; i < raised.length; i++) {
      raised[i] += plain.mask().data()[i] ? 0.7f : 0;
    }
    float[] a = run(method, plain).localPpm();
    float[] b = run(method, new TotalField(raised, plain.sdPpm(), plain.mask(), B0)).localPpm();
    Mask deep = Morphology.erodeVoxels(ball(), 2);
    assertTrue(HeadModel.nrmsePercent(b, a, deep) < 0.5, method);
  }

  @ParameterizedTest
  @ValueSource(strings = {"joint", "pdf", "vsharp", "lbv", "ismv"})
  void whatAShimLeftDoesNotMatter(String method) {
    TotalField plain = total(sphere(5, 0.5), 1);
    float[] sloped = plain.ppm().clone();
    for (int i = 0; i < sloped.length; i++) {
      double[] r = from(i, CENTRE[0], CENTRE[1], CENTRE[2]);
      double left =
          0.03 * (r[0] - r[1] + r[2]) + 5e-4 * (2 * r[2] * r[2] - r[0] * r[0] - r[1] * r[1]);
      sloped[i] += plain.mask().data()[i] ? (float) left : 0;
    }
    float[] a = run(method, plain).localPpm();
    float[] b = run(method, new TotalField(sloped, plain.sdPpm(), plain.mask(), B0)).localPpm();
    Mask deep = Morphology.erodeVoxels(ball(), 2);
    assertTrue(HeadModel.nrmsePercent(b, a, deep) < 1, method);
  }

  @ParameterizedTest
  @ValueSource(strings = {"joint", "pdf", "vsharp", "lbv", "ismv"})
  void aMirroredHeadGivesTheMirroredField(String method) {
    TotalField plain = total(sphere(5, 0.5), 1);
    TotalField mirrored =
        new TotalField(
            mirror(plain.ppm()), plain.sdPpm(), plain.mask(), new Vector3(-B0.x(), B0.y(), B0.z()));
    float[] a = mirror(run(method, plain).localPpm());
    float[] b = run(method, mirrored).localPpm();
    Mask deep = Morphology.erodeVoxels(ball(), 2);
    assertTrue(HeadModel.nrmsePercent(b, a, deep) < 3, method);
  }

  @ParameterizedTest
  @ValueSource(strings = {"joint", "pdf", "vsharp", "lbv", "ismv"})
  void whatIsWrittenAtUnknownVoxelsDoesNotMatter(String method) {
    TotalField plain = total(sphere(5, 0.5), 1);
    float[] sd = plain.sdPpm().clone();
    float[] wild = plain.ppm().clone();
    for (int i :
        new int[] {GRID.index(26, 20, 19), GRID.index(27, 20, 19), GRID.index(26, 21, 19)}) {
      sd[i] = Float.POSITIVE_INFINITY;
      wild[i] = 40;
    }
    float[] a = run(method, new TotalField(plain.ppm(), sd, plain.mask(), B0)).localPpm();
    float[] b = run(method, new TotalField(wild, sd, plain.mask(), B0)).localPpm();
    for (int i = 0; i < a.length; i++) {
      if (sd[i] < Float.POSITIVE_INFINITY) {
        assertEquals(a[i], b[i], 1e-4, method);
      }
    }
  }

  @Test
  void theJointProjectionLeavesMoreOfALocalFieldNearTheRim() {
    float[] local = sphere(4, 0.5, CENTRE[0] + 24);
    Mask rim = Morphology.erodeVoxels(ball(), 1);
    double joint = HeadModel.nrmsePercent(run("joint", total(local, 0.2)).localPpm(), local, rim);
    double plain = HeadModel.nrmsePercent(run("pdf", total(local, 0.2)).localPpm(), local, rim);
    assertTrue(joint < 0.9 * plain, joint + " % against " + plain + " %");
  }

  private static BackgroundRemoval.Result run(String method, TotalField total) {
    return BackgroundSettings.defaults().withMethod(method).removal().remove(total, share -> {});
  }

  private static Mask ball() {
    boolean[] in = new boolean[GRID.size()];
    for (int i = 0; i < in.length; i++) {
      double[] r = from(i, CENTRE[0], CENTRE[1], CENTRE[2]);
      in[i] = r[3] < BALL_MM;
    }
    return new Mask(GRID, in);
  }

  private static TotalField total(float[] local, double strength) {
    Mask mask = ball();
    float[] ppm = new float[local.length];
    float[] sd = new float[local.length];
    double[][] dipoles = {{44, 44, -12, 9e3}, {90, 60, 30, -6e3}, {20, -4, 50, 5e3}};
    for (int i = 0; i < ppm.length; i++) {
      double background = 0.3;
      for (double[] d : dipoles) {
        background += strength * dipole(from(i, d[0], d[1], d[2]), d[3]);
      }
      ppm[i] = mask.data()[i] ? (float) (local[i] + background) : 0;
      sd[i] = mask.data()[i] ? 0.002f : 0;
    }
    return new TotalField(ppm, sd, mask, B0);
  }

  private static float[] sphere(double radiusMm, double chiPpm) {
    return sphere(radiusMm, chiPpm, CENTRE[0] + 4);
  }

  /** Field of a sphere of susceptibility, sphere of Lorentz subtracted: 0 inside. */
  private static float[] sphere(double radiusMm, double chiPpm, double x) {
    float[] field = new float[GRID.size()];
    for (int i = 0; i < field.length; i++) {
      double[] r = from(i, x, CENTRE[1] - 2, CENTRE[2] + 3);
      field[i] = r[3] < radiusMm ? 0 : (float) dipole(r, chiPpm * Math.pow(radiusMm, 3) / 3);
    }
    return field;
  }

  private static double dipole(double[] r, double moment) {
    double cosine = (r[0] * B0.x() + r[1] * B0.y() + r[2] * B0.z()) / r[3];
    return moment * (3 * cosine * cosine - 1) / Math.pow(r[3], 3);
  }

  private static double[] from(int i, double x, double y, double z) {
    double a = i % GRID.nx() * GRID.dxMm() - x;
    double b = i / GRID.nx() % GRID.ny() * GRID.dyMm() - y;
    double c = i / (GRID.nx() * GRID.ny()) * GRID.dzMm() - z;
    return new double[] {a, b, c, Math.sqrt(a * a + b * b + c * c)};
  }

  private static float[] mirror(float[] data) {
    float[] out = new float[data.length];
    for (int i = 0; i < data.length; i++) {
      int x = i % GRID.nx();
      out[i - x + GRID.nx() - 1 - x] = data[i];
    }
    return out;
  }

  private static int outside(Mask inner, Mask outer) {
    return inner.count() - inner.and(outer).count();
  }

  private static double spread(float[] values, Mask where) {
    double sum = 0;
    double squares = 0;
    int n = where.count();
    for (int i = 0; i < values.length; i++) {
      double v = where.data()[i] ? values[i] : 0;
      sum += v;
      squares += v * v;
    }
    return Math.sqrt(squares / n - sum * sum / n / n);
  }
}
