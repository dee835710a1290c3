package org.qsmnode.simulate.head;

import org.qsmnode.volume.Grid;

/**
 * A head sampled on a fine grid: tissue, brain membership, susceptibility and relaxation.
 *
 * @param grid fine grid, larger than the field of view
 * @param tissue {@link Tissue} ordinal per voxel
 * @param brain inside the brain envelope
 * @param chiPpm susceptibility relative to water
 * @param r2StarHz effective transverse relaxation rate at 3 T
 * @param veinPart part of the voxel that is a vein of {@link VeinTrees}
 * @param table mean values of this head's tissues
 */
public record Head(
    Grid grid,
    byte[] tissue,
    boolean[] brain,
    float[] chiPpm,
    float[] r2StarHz,
    float[] veinPart,
    TissueTable table) {

  public Head {
    int size = grid.size();
    if (tissue.length != size
        || brain.length != size
        || chiPpm.length != size
        || r2StarHz.length != size
        || veinPart.length != size) {
      throw new IllegalArgumentException("arrays must have the grid's " + size + " voxels");
    }
  }

  /** This head, of which only the part in {@code kept} counts as brain. */
  public Head withBrain(boolean[] kept) {
    return new Head(grid, tissue, kept, chiPpm, r2StarHz, veinPart, table);
  }
}
