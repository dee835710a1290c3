package org.qsmnode.simulate.head;

import java.util.Random;
import org.qsmnode.volume.Grid;

/**
 * Veins as random walks through the brain, which start at the cortex, run inwards, branch and thin
 * out. The result is the part of every voxel that is vein.
 */
final class VeinTrees {

  private static final int TREES = 60;
  private static final double PERSISTENCE = 0.9;
  private static final double THINNEST_MM = 0.3;

  private final Random random;
  private final int wanted;

  VeinTrees(long seed, Variety variety) {
    random = new Random(seed);
    wanted = variety == Variety.WIDE ? TREES / 2 + random.nextInt(TREES) : TREES;
  }

  float[] fraction(Grid grid, byte[] tissue, boolean[] brain) {
    float[] part = new float[grid.size()];
    double[] centre = brainCentreMm(grid, brain);
    int white = Tissue.WHITE.ordinal();
    int grey = Tissue.GREY.ordinal();
    int trees = 0;
    for (int attempt = 0; attempt < 200_000 && trees < wanted; attempt++) {
      int i = (int) (random.nextDouble() * grid.size());
      if (brain[i] && (tissue[i] == grey || trees % 3 == 0 && tissue[i] == white)) {
        trees++;
        int x = i % grid.nx();
        int y = i / grid.nx() % grid.ny();
        int z = i / grid.nx() / grid.ny();
        double[] start = {x * grid.dxMm(), y * grid.dyMm(), z * grid.dzMm()};
        double[] direction = {
          centre[0] - start[0] + 15 * random.nextGaussian(),
          centre[1] - start[1] + 15 * random.nextGaussian(),
          centre[2] - start[2] + 15 * random.nextGaussian()
        };
        walk(grid, brain, part, start, direction, 0.6 + 0.8 * random.nextDouble(), 0);
      }
    }
    return part;
  }

  private static double[] brainCentreMm(Grid grid, boolean[] brain) {
    double[] sum = new double[3];
    long count = 0;
    for (int i = 0; i < brain.length; i++) {
      if (brain[i]) {
        count++;
        sum[0] += i % grid.nx() * grid.dxMm();
        sum[1] += i / grid.nx() % grid.ny() * grid.dyMm();
        sum[2] += i / grid.nx() / grid.ny() * grid.dzMm();
      }
    }
    for (int a = 0; a < 3; a++) {
      sum[a] /= Math.max(1, count);
    }
    return sum;
  }

  private void walk(
      Grid grid,
      boolean[] brain,
      float[] part,
      double[] start,
      double[] towards,
      double radiusMm,
      int generation) {
    double[] p = start.clone();
    double[] d = unit(towards);
    double radius = radiusMm;
    double step = Math.min(0.5, 0.4 * Math.min(grid.dxMm(), Math.min(grid.dyMm(), grid.dzMm())));
    double length = 18 + 25 * random.nextDouble();
    for (double along = 0; along < length && radius > THINNEST_MM; along += step) {
      if (!inside(grid, brain, p)) {
        return;
      }
      splat(grid, brain, part, p, radius);
      double wander = (1 - PERSISTENCE) * Math.sqrt(step / 0.5);
      for (int a = 0; a < 3; a++) {
        d[a] += wander * random.nextGaussian();
      }
      d = unit(d);
      for (int a = 0; a < 3; a++) {
        p[a] += step * d[a];
      }
      radius *= 1 - 0.012 * step;
      if (generation < 3 && random.nextDouble() < 0.05 * step) {
        double[] side = {
          d[0] + 0.9 * random.nextGaussian(),
          d[1] + 0.9 * random.nextGaussian(),
          d[2] + 0.9 * random.nextGaussian()
        };
        walk(grid, brain, part, p, side, radius * 0.7, generation + 1);
        radius *= 0.9;
      }
    }
  }

  private static boolean inside(Grid grid, boolean[] brain, double[] p) {
    int x = (int) Math.round(p[0] / grid.dxMm());
    int y = (int) Math.round(p[1] / grid.dyMm());
    int z = (int) Math.round(p[2] / grid.dzMm());
    return grid.contains(x, y, z) && brain[grid.index(x, y, z)];
  }

  private static void splat(Grid grid, boolean[] brain, float[] part, double[] p, double radius) {
    double edge = StrictMath.cbrt(grid.dxMm() * grid.dyMm() * grid.dzMm());
    double fill = Math.min(1, Math.PI * radius * radius / (edge * edge));
    double reach = radius + edge / 2;
    int rx = (int) Math.ceil(reach / grid.dxMm());
    int ry = (int) Math.ceil(reach / grid.dyMm());
    int rz = (int) Math.ceil(reach / grid.dzMm());
    int cx = (int) Math.round(p[0] / grid.dxMm());
    int cy = (int) Math.round(p[1] / grid.dyMm());
    int cz = (int) Math.round(p[2] / grid.dzMm());
    for (int z = cz - rz; z <= cz + rz; z++) {
      for (int y = cy - ry; y <= cy + ry; y++) {
        for (int x = cx - rx; x <= cx + rx; x++) {
          if (!grid.contains(x, y, z) || !brain[grid.index(x, y, z)]) {
            continue;
          }
          double dx = x * grid.dxMm() - p[0];
          double dy = y * grid.dyMm() - p[1];
          double dz = z * grid.dzMm() - p[2];
          double distance = Math.sqrt(dx * dx + dy * dy + dz * dz);
          double value = fill * Math.max(0, Math.min(1, (reach - distance) / edge));
          int i = grid.index(x, y, z);
          part[i] = Math.max(part[i], (float) value);
        }
      }
    }
  }

  private static double[] unit(double[] v) {
    double norm = Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
    return norm == 0
        ? new double[] {0, 0, 1}
        : new double[] {v[0] / norm, v[1] / norm, v[2] / norm};
  }
}
