package org.qsmnode.simulate.head;

import java.util.Random;
import java.util.Set;
import org.qsmnode.volume.Grid;

/** Places lesions, bleeds, calcifications and air into a tissue map. */
final class Findings {

  private final Random random;
  private final Variety variety;

  Findings(long seed, Variety variety) {
    random = new Random(seed);
    this.variety = variety;
  }

  void add(Set<Pathology> findings, Grid grid, byte[] tissue, boolean[] brain) {
    SmoothNoise rough = new SmoothNoise(random.nextLong(), 4);
    for (Pathology finding : Pathology.values()) {
      if (!findings.contains(finding)) {
        continue;
      }
      if (variety == Variety.WIDE) {
        varied(finding, grid, tissue, brain, rough);
      } else {
        typical(finding, grid, tissue, brain, rough);
      }
    }
  }

  private void typical(
      Pathology finding, Grid grid, byte[] tissue, boolean[] brain, SmoothNoise rough) {
    switch (finding) {
      case LESIONS -> scatter(grid, tissue, brain, rough, 12, 2.5, 6, Tissue.LESION, true);
      case HAEMORRHAGE -> scatter(grid, tissue, brain, rough, 1, 9, 14, Tissue.HAEMORRHAGE, true);
      case MICROBLEEDS -> scatter(grid, tissue, brain, rough, 8, 1, 2.2, Tissue.HAEMORRHAGE, false);
      case CALCIFICATION ->
          scatter(grid, tissue, brain, rough, 2, 2, 5, Tissue.CALCIFICATION, false);
      case AIR -> AirPockets.add(grid, tissue, brain);
    }
  }

  private void varied(
      Pathology finding, Grid grid, byte[] tissue, boolean[] brain, SmoothNoise rough) {
    switch (finding) {
      case LESIONS -> {
        int count = 3 + random.nextInt(28);
        scatter(grid, tissue, brain, rough, count, 1.5, 7, Tissue.LESION, true);
      }
      case HAEMORRHAGE -> {
        double radius = 4 * StrictMath.pow(5, random.nextDouble());
        scatter(grid, tissue, brain, rough, 1, radius, radius, Tissue.HAEMORRHAGE, false);
      }
      case MICROBLEEDS -> {
        int count = 1 + random.nextInt(15);
        scatter(grid, tissue, brain, rough, count, 1, 3, Tissue.HAEMORRHAGE, false);
      }
      case CALCIFICATION -> {
        int count = 1 + random.nextInt(3);
        scatter(grid, tissue, brain, rough, count, 1.5, 7, Tissue.CALCIFICATION, false);
      }
      case AIR -> AirPockets.add(grid, tissue, brain);
    }
  }

  private void scatter(
      Grid grid,
      byte[] tissue,
      boolean[] brain,
      SmoothNoise rough,
      int count,
      double smallestMm,
      double largestMm,
      Tissue kind,
      boolean onlyWhite) {
    int placed = 0;
    for (int attempt = 0; attempt < 200_000 && placed < count; attempt++) {
      int i = (int) (random.nextDouble() * grid.size());
      boolean fits =
          brain[i]
              && (tissue[i] == Tissue.WHITE.ordinal()
                  || !onlyWhite && tissue[i] == Tissue.GREY.ordinal());
      if (fits) {
        placed++;
        double radius = smallestMm + (largestMm - smallestMm) * random.nextDouble();
        blob(grid, tissue, brain, rough, i, radius, kind);
      }
    }
  }

  private static void blob(
      Grid grid,
      byte[] tissue,
      boolean[] brain,
      SmoothNoise rough,
      int centre,
      double radius,
      Tissue kind) {
    int cx = centre % grid.nx();
    int cy = centre / grid.nx() % grid.ny();
    int cz = centre / grid.nx() / grid.ny();
    double reach = radius * 1.6;
    for (int z = cz - (int) (reach / grid.dzMm()); z <= cz + reach / grid.dzMm(); z++) {
      for (int y = cy - (int) (reach / grid.dyMm()); y <= cy + reach / grid.dyMm(); y++) {
        for (int x = cx - (int) (reach / grid.dxMm()); x <= cx + reach / grid.dxMm(); x++) {
          if (!grid.contains(x, y, z) || !brain[grid.index(x, y, z)]) {
            continue;
          }
          double dx = (x - cx) * grid.dxMm();
          double dy = (y - cy) * grid.dyMm();
          double dz = (z - cz) * grid.dzMm();
          double edge = radius * (1 + 0.2 * rough.at(dx + cx, dy + cy, dz + cz));
          if (dx * dx + dy * dy + dz * dz < edge * edge) {
            tissue[grid.index(x, y, z)] = (byte) kind.ordinal();
          }
        }
      }
    }
  }
}
