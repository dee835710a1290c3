package org.qsmnode.simulate.head;

import java.util.List;
import org.qsmnode.volume.Vector3;

/** Approximate signed distances in mm to simple bodies; negative inside. */
final class Shapes {

  private Shapes() {}

  /** Distance to an ellipsoid, exact to first order near its surface. */
  static double ellipsoid(
      double x, double y, double z, double cx, double cy, double cz, double a, double b, double c) {
    double u = (x - cx) / a;
    double v = (y - cy) / b;
    double w = (z - cz) / c;
    double k = Math.sqrt(u * u + v * v + w * w);
    double slope = Math.sqrt((u / a) * (u / a) + (v / b) * (v / b) + (w / c) * (w / c));
    return slope == 0 ? -Math.min(a, Math.min(b, c)) : k * (k - 1) / slope;
  }

  static double sphere(double x, double y, double z, double cx, double cy, double cz, double r) {
    double dx = x - cx;
    double dy = y - cy;
    double dz = z - cz;
    return Math.sqrt(dx * dx + dy * dy + dz * dz) - r;
  }

  /** Smooth union: the smaller distance, rounded where both are closer than {@code width}. */
  static double union(double a, double b, double width) {
    double h = Math.max(width - Math.abs(a - b), 0) / width;
    return Math.min(a, b) - h * h * width / 4;
  }

  /** A bent tube through points, its radius interpolated between them. */
  record Tube(List<Vector3> points, double[] radiiMm) {

    Tube {
      points = List.copyOf(points);
      if (points.size() < 2 || points.size() != radiiMm.length) {
        throw new IllegalArgumentException("a tube needs two or more points, each with a radius");
      }
    }

    double distance(double x, double y, double z) {
      double best = Double.MAX_VALUE;
      for (int i = 1; i < points.size(); i++) {
        Vector3 p = points.get(i - 1);
        Vector3 q = points.get(i);
        double ax = q.x() - p.x();
        double ay = q.y() - p.y();
        double az = q.z() - p.z();
        double px = x - p.x();
        double py = y - p.y();
        double pz = z - p.z();
        double t = (px * ax + py * ay + pz * az) / (ax * ax + ay * ay + az * az);
        t = Math.max(0, Math.min(1, t));
        double dx = px - t * ax;
        double dy = py - t * ay;
        double dz = pz - t * az;
        double radius = radiiMm[i - 1] + t * (radiiMm[i] - radiiMm[i - 1]);
        best = Math.min(best, Math.sqrt(dx * dx + dy * dy + dz * dz) - radius);
      }
      return best;
    }
  }
}
