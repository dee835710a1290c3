package org.qsmnode.field;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;

/**
 * Brain outline by a mesh that grows from inside until it meets the dark rim around the brain,
 * after BET (Smith, Hum Brain Mapp 2002, doi 10.1002/hbm.10062).
 *
 * <p>Lengths are millimetres along the voxel axes from the centre of voxel (0, 0, 0). The start is
 * the centre of gravity; a first outline gives a better centre, which keeps a long neck in the
 * image from pulling the start down.
 */
final class BrainSurface {

  private static final int SPLITS = 4;
  private static final int ITERATIONS = 1000;
  private static final int FIRST_ITERATIONS = 400;
  private static final double SHORTEST_RADIUS_MM = 3.33;
  private static final double LONGEST_RADIUS_MM = 10;
  private static final double FAR_MM = 20;
  private static final double NEAR_MM = 10;

  /** The third darkest sample counts, so that a dark gap under 3 mm does not stop the outline. */
  private static final double RAY_STEP_MM = 1;

  private static final int CHUNKS = 8;
  private static final Icosphere SPHERE = Icosphere.split(SPLITS);

  private final Grid grid;
  private final float[] image;
  private final double[] perMm;
  private final double low;
  private final double high;
  private final double middle;

  /**
   * Prepares an image.
   *
   * @param image magnitude, any unit
   */
  BrainSurface(Grid grid, float[] image) {
    this.grid = grid;
    this.image = image;
    this.perMm = new double[] {1 / grid.dxMm(), 1 / grid.dyMm(), 1 / grid.dzMm()};
    double[] sorted = Quantiles.sorted(image.length, i -> true, i -> image[i]);
    this.low = Quantiles.of(sorted, 0.02);
    this.high = Quantiles.of(sorted, 0.98);
    this.middle = low + 0.1 * (high - low);
  }

  /** Intensity at {@code share} of the way from the background to the typical intensity inside. */
  double darkLevel(double share) {
    return low + share * (typicalIntensity(centreAndRadius(null)) - low);
  }

  /**
   * Voxels inside the outline.
   *
   * @param threshold share of the local intensity range at which the brain ends; a smaller one
   *     gives a larger outline
   */
  Mask extract(double threshold) {
    double[] start = centreAndRadius(null);
    double[] first = evolve(start, threshold, FIRST_ITERATIONS);
    Mask rough = MeshFill.fill(grid, first, SPHERE.faces());
    double[] vertices =
        evolve(rough.count() == 0 ? start : centreAndRadius(rough), threshold, ITERATIONS);
    return MeshFill.fill(grid, vertices, SPHERE.faces());
  }

  /** Centre of gravity (three numbers), radius of the sphere of equal volume. */
  private double[] centreAndRadius(@Nullable Mask within) {
    double[] sum = new double[4];
    for (int z = 0; z < grid.nz(); z++) {
      for (int y = 0; y < grid.ny(); y++) {
        for (int x = 0; x < grid.nx(); x++) {
          int i = grid.index(x, y, z);
          if (image[i] > middle && (within == null || within.data()[i])) {
            double mass = within == null ? Math.min(image[i], high) - low : 1;
            sum[0] += mass * x * grid.dxMm();
            sum[1] += mass * y * grid.dyMm();
            sum[2] += mass * z * grid.dzMm();
            sum[3] += mass;
          }
        }
      }
    }
    long count = 0;
    for (int i = 0; i < image.length; i++) {
      if (image[i] > middle && (within == null || within.data()[i])) {
        count++;
      }
    }
    double volume = count * grid.dxMm() * grid.dyMm() * grid.dzMm();
    return new double[] {
      sum[0] / sum[3], sum[1] / sum[3], sum[2] / sum[3], Math.cbrt(volume * 3 / (4 * Math.PI))
    };
  }

  private double[] evolve(double[] start, double threshold, int iterations) {
    int count = SPHERE.count();
    double radius = start[3];
    double[] levels = {typicalIntensity(start), threshold};
    double[] v = new double[3 * count];
    for (int k = 0; k < v.length; k++) {
      v[k] = start[k % 3] + 0.5 * radius * SPHERE.vertices()[k];
    }
    double[] normal = new double[3 * count];
    double[] next = new double[3 * count];
    for (int it = 0; it < iterations; it++) {
      normals(v, normal);
      double edge = meanEdge(v);
      double[] from = v;
      double[] to = next;
      Slices.each(
          CHUNKS,
          c -> {
            for (int k = count * c / CHUNKS; k < count * (c + 1) / CHUNKS; k++) {
              move(from, normal, k, edge, levels, to);
            }
          });
      double[] swap = v;
      v = next;
      next = swap;
    }
    return v;
  }

  private double typicalIntensity(double[] start) {
    double[] sorted =
        Quantiles.sorted(
            image.length,
            i -> {
              double x = i % grid.nx() * grid.dxMm() - start[0];
              double y = i / grid.nx() % grid.ny() * grid.dyMm() - start[1];
              double z = i / (grid.nx() * grid.ny()) * grid.dzMm() - start[2];
              return image[i] > low
                  && image[i] < high
                  && x * x + y * y + z * z < start[3] * start[3];
            },
            i -> image[i]);
    return sorted.length == 0 ? high : Quantiles.median(sorted);
  }

  private static void normals(double[] v, double[] normal) {
    Arrays.fill(normal, 0);
    int[] faces = SPHERE.faces();
    for (int f = 0; f < faces.length; f += 3) {
      int a = 3 * faces[f];
      int b = 3 * faces[f + 1];
      int c = 3 * faces[f + 2];
      double ux = v[b] - v[a];
      double uy = v[b + 1] - v[a + 1];
      double uz = v[b + 2] - v[a + 2];
      double wx = v[c] - v[a];
      double wy = v[c + 1] - v[a + 1];
      double wz = v[c + 2] - v[a + 2];
      double nx = uy * wz - uz * wy;
      double ny = uz * wx - ux * wz;
      double nz = ux * wy - uy * wx;
      for (int corner : new int[] {a, b, c}) {
        normal[corner] += nx;
        normal[corner + 1] += ny;
        normal[corner + 2] += nz;
      }
    }
    for (int k = 0; k < normal.length; k += 3) {
      double norm =
          Math.sqrt(
              normal[k] * normal[k]
                  + normal[k + 1] * normal[k + 1]
                  + normal[k + 2] * normal[k + 2]);
      for (int a = 0; a < 3; a++) {
        normal[k + a] /= Math.max(norm, Double.MIN_NORMAL);
      }
    }
  }

  private static double meanEdge(double[] v) {
    double sum = 0;
    int count = 0;
    for (int k = 0; k < SPHERE.count(); k++) {
      for (int other : SPHERE.neighbours()[k]) {
        double x = v[3 * k] - v[3 * other];
        double y = v[3 * k + 1] - v[3 * other + 1];
        double z = v[3 * k + 2] - v[3 * other + 2];
        sum += Math.sqrt(x * x + y * y + z * z);
        count++;
      }
    }
    return sum / count;
  }

  private void move(
      double[] v, double[] normal, int vertex, double edge, double[] levels, double[] next) {
    int k = 3 * vertex;
    int[] around = SPHERE.neighbours()[vertex];
    double[] s = new double[3];
    for (int a = 0; a < 3; a++) {
      for (int other : around) {
        s[a] += v[3 * other + a];
      }
      s[a] = s[a] / around.length - v[k + a];
    }
    double along = s[0] * normal[k] + s[1] * normal[k + 1] + s[2] * normal[k + 2];
    double curvature = 2 * Math.abs(along) / (edge * edge);
    double centre = (1 / SHORTEST_RADIUS_MM + 1 / LONGEST_RADIUS_MM) / 2;
    double steep = 6 / (1 / SHORTEST_RADIUS_MM - 1 / LONGEST_RADIUS_MM);
    double smooth = (1 + Math.tanh(steep * (curvature - centre))) / 2;
    double grow = 0.05 * edge * imageForce(v, normal, k, levels[0], levels[1]);
    for (int a = 0; a < 3; a++) {
      double n = normal[k + a];
      double tangential = s[a] - along * n;
      next[k + a] = v[k + a] + 0.5 * tangential + smooth * along * n + grow * n;
    }
  }

  /** Positive while tissue lies inwards and no dark rim is near, negative beyond the rim. */
  private double imageForce(double[] v, double[] normal, int k, double typical, double threshold) {
    double brightest = middle;
    double first = Double.POSITIVE_INFINITY;
    double second = first;
    double third = first;
    for (double d = 0; d <= FAR_MM; d += RAY_STEP_MM) {
      double value =
          sample(v[k] - d * normal[k], v[k + 1] - d * normal[k + 1], v[k + 2] - d * normal[k + 2]);
      third = Math.min(third, Math.max(second, value));
      second = Math.min(second, Math.max(first, value));
      first = Math.min(first, value);
      if (d <= NEAR_MM) {
        brightest = Math.max(brightest, value);
      }
    }
    double dark = Math.max(low, Math.min(typical, third));
    brightest = Math.min(typical, brightest);
    double limit = low + threshold * (brightest - low);
    return brightest > low ? 2 * (dark - limit) / (brightest - low) : -1;
  }

  private double sample(double xMm, double yMm, double zMm) {
    int x = (int) (xMm * perMm[0] + 0.5);
    int y = (int) (yMm * perMm[1] + 0.5);
    int z = (int) (zMm * perMm[2] + 0.5);
    boolean inside = xMm >= 0 && yMm >= 0 && zMm >= 0 && grid.contains(x, y, z);
    return inside ? image[grid.index(x, y, z)] : 0;
  }
}
