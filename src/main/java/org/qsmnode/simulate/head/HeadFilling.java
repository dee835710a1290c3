package org.qsmnode.simulate.head;

import java.util.Random;
import java.util.Set;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Vector3;

/** Gives a tissue map its findings, veins, susceptibility and relaxation. */
final class HeadFilling {

  private static final double TEXTURE_SPACING_MM = 5;
  private static final double R2_STAR_PER_PPM = 100;

  private HeadFilling() {}

  static Head fill(
      Grid grid,
      byte[] tissue,
      boolean[] brain,
      Set<Pathology> findings,
      Variety variety,
      long seed) {
    Random random = new Random(seed);
    TissueTable table =
        variety == Variety.WIDE
            ? TissueTable.wide(random.nextLong())
            : TissueTable.individual(random.nextLong());
    SmoothNoise texture = new SmoothNoise(random.nextLong(), TEXTURE_SPACING_MM);
    float[] veins = new VeinTrees(random.nextLong(), variety).fraction(grid, tissue, brain);
    new Findings(random.nextLong(), variety).add(findings, grid, tissue, brain);
    float[] chi = new float[grid.size()];
    float[] r2Star = new float[grid.size()];
    double veinChi = table.chiPpm(Tissue.VEIN);
    double veinR2Star = table.r2StarHz(Tissue.VEIN);
    SampleGrid.forEachVoxel(
        grid,
        (x, y, z) -> {
          int i = grid.index(x, y, z);
          Tissue kind = Tissue.of(tissue[i]);
          double value = table.chiPpm(kind);
          double rate = table.r2StarHz(kind);
          double amplitude = kind.texturePpm();
          if (amplitude > 0) {
            Vector3 p = grid.positionMm(x, y, z);
            double variation = amplitude * texture.at(p.x(), p.y(), p.z());
            value += variation;
            rate = Math.max(0.5 * rate, rate + R2_STAR_PER_PPM * variation);
          }
          if (kind == Tissue.AIR) {
            veins[i] = 0;
          }
          double part = veins[i];
          chi[i] = (float) (value + part * (veinChi - value));
          r2Star[i] = (float) (rate + part * (veinR2Star - rate));
        });
    return new Head(grid, tissue, brain, chi, r2Star, veins, table);
  }
}
