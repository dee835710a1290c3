package org.qsmnode.field.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.volume.FieldUnits;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.MultiEcho;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/** A head of ellipsoids with known susceptibility; its field is made in image space. */
public final class HeadModel {

  final Grid grid;
  public final Vector3 b0;
  final float[] chi;
  final float[] magnitude;
  final float[] r2star;
  final boolean[] brain;
  public float[] totalPpm = {};
  public float[] localPpm = {};

  private HeadModel(Grid grid, Vector3 b0) {
    this.grid = grid;
    this.b0 = b0.unit();
    this.chi = new float[grid.size()];
    this.magnitude = new float[grid.size()];
    this.r2star = new float[grid.size()];
    this.brain = new boolean[grid.size()];
  }

  /** Scalp, skull, brain with nuclei and veins; with {@code cavity}, air that touches the brain. */
  public static HeadModel of(Grid grid, Vector3 b0, boolean cavity) {
    HeadModel head = new HeadModel(grid, b0);
    head.paint(0, 0, 0, 80, 96, 86, -9.05, 0.9, 25, false);
    head.paint(0, 0, 0, 75, 91, 81, -11.2, 0.06, 400, false);
    head.paint(0, 0, 2, 68, 84, 72, -9.38, 0.8, 5, false);
    head.paint(0, 0, 2, 66, 82, 70, -9.4, 1.0, 20, true);
    head.paint(0, 0, 4, 55, 70, 58, -9.43, 0.9, 22, true);
    head.paint(10, -10, 12, 6, 24, 8, -9.38, 0.7, 3, true);
    head.paint(-10, -10, 12, 6, 24, 8, -9.38, 0.7, 3, true);
    head.paint(19, 3, -1, 5, 9, 6, -9.27, 0.8, 40, true);
    head.paint(-19, 3, -1, 5, 9, 6, -9.27, 0.8, 40, true);
    head.paint(26, 5, 2, 5, 14, 9, -9.35, 0.85, 28, true);
    head.paint(-26, 5, 2, 5, 14, 9, -9.35, 0.85, 28, true);
    head.paint(5, 20, -12, 4, 4, 4, -9.3, 0.8, 35, true);
    head.paint(-5, 20, -12, 4, 4, 4, -9.3, 0.8, 35, true);
    head.paint(0, 40, 30, 2.5, 38, 2.5, -9.1, 0.8, 60, true);
    head.paint(30, -30, 20, 4, 4, 4, -8.9, 0.6, 90, true);
    head.paint(-34, 30, 10, 5, 4, 5, -9.7, 0.7, 40, true);
    head.paint(0, -70, -62, 14, 12, 12, 0, 0, 50, false);
    if (cavity) {
      head.paint(0, -62, -55, 14, 13, 12, 0, 0, 50, false);
      head.paint(60, 22, -34, 11, 12, 10, 0, 0, 50, false);
    }
    head.fields();
    return head;
  }

  private void paint(
      double cx,
      double cy,
      double cz,
      double ax,
      double ay,
      double az,
      double chiPpm,
      double signal,
      double rate,
      boolean isBrain) {
    for (int z = 0, i = 0; z < grid.nz(); z++) {
      for (int y = 0; y < grid.ny(); y++) {
        for (int x = 0; x < grid.nx(); x++, i++) {
          double rx = ((x - 0.5 * (grid.nx() - 1)) * grid.dxMm() - cx) / ax;
          double ry = ((y - 0.5 * (grid.ny() - 1)) * grid.dyMm() - cy) / ay;
          double rz = ((z - 0.5 * (grid.nz() - 1)) * grid.dzMm() - cz) / az;
          if (rx * rx + ry * ry + rz * rz <= 1) {
            chi[i] = (float) chiPpm;
            magnitude[i] = (float) signal;
            r2star[i] = (float) rate;
            brain[i] = isBrain;
          }
        }
      }
    }
  }

  private void fields() {
    DipoleConvolution dipole = DipoleConvolution.imageSpace(grid, b0);
    totalPpm = new float[grid.size()];
    dipole.apply(chi, totalPpm);
    float[] inner = new float[grid.size()];
    double mean = 0;
    int count = 0;
    for (int i = 0; i < inner.length; i++) {
      mean += brain[i] ? chi[i] : 0;
      count += brain[i] ? 1 : 0;
    }
    for (int i = 0; i < inner.length; i++) {
      inner[i] = brain[i] ? (float) (chi[i] - mean / count) : 0;
    }
    localPpm = new float[grid.size()];
    dipole.apply(inner, localPpm);
    double centre = 0;
    for (int i = 0; i < inner.length; i++) {
      centre += brain[i] ? totalPpm[i] : 0;
    }
    for (int i = 0; i < inner.length; i++) {
      totalPpm[i] -= (float) (centre / count);
    }
  }

  public Mask brainMask() {
    return new Mask(grid, brain.clone());
  }

  /** Noisy echoes with a curved receive phase of {@code offsetRad} at the edge of the head. */
  public MultiEcho scan(double[] te, double tesla, double snr, double offsetRad, long seed) {
    List<Volume> m = new ArrayList<>();
    List<Volume> p = new ArrayList<>();
    Random random = new Random(seed);
    double perPpm = FieldUnits.radPerPpm(tesla, 1);
    for (double t : te) {
      float[] mag = new float[grid.size()];
      float[] phase = new float[grid.size()];
      for (int i = 0; i < mag.length; i++) {
        double x = (i % grid.nx() - 0.5 * grid.nx()) * grid.dxMm() / 90;
        double y = (i / grid.nx() % grid.ny() - 0.5 * grid.ny()) * grid.dyMm() / 90;
        double z = (i / (grid.nx() * grid.ny()) - 0.5 * grid.nz()) * grid.dzMm() / 90;
        double offset = 0.7 + offsetRad * (x * x + y * y + 0.5 * z + 0.6 * x * y);
        double a = magnitude[i] * Math.exp(-r2star[i] * t);
        double angle = offset + perPpm * totalPpm[i] * t;
        double re = a * Math.cos(angle) + random.nextGaussian() / snr;
        double im = a * Math.sin(angle) + random.nextGaussian() / snr;
        mag[i] = (float) (1000 * Math.hypot(re, im));
        phase[i] = (float) Angles.wrap(Math.atan2(im, re));
      }
      m.add(new Volume(grid, mag));
      p.add(new Volume(grid, phase));
    }
    return new MultiEcho(m, p, te, tesla, b0);
  }

  /** Normalised root mean square error in percent inside {@code where}, both means removed. */
  public static double nrmsePercent(float[] estimate, float[] truth, Mask where) {
    double me = 0;
    double mt = 0;
    int n = 0;
    for (int i = 0; i < truth.length; i++) {
      if (where.data()[i]) {
        me += estimate[i];
        mt += truth[i];
        n++;
      }
    }
    double error = 0;
    double power = 0;
    for (int i = 0; i < truth.length; i++) {
      if (where.data()[i]) {
        double t = truth[i] - mt / n;
        double d = estimate[i] - me / n - t;
        error += d * d;
        power += t * t;
      }
    }
    return 100 * Math.sqrt(error / power);
  }
}
