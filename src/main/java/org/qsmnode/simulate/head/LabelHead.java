package org.qsmnode.simulate.head;

import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Morphology;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/**
 * A head from a label map, small gaps in it closed, its brain centred on the isocentre. Below the
 * map the last slice of the neck continues; nuclei that label maps lack are placed by their
 * neighbours. With {@link Variety#WIDE} every seed gives the head another shape and pose.
 */
public final class LabelHead implements HeadSource {

  private static final double CLOSING_MM = 4;
  private static final double NECK_MM = 40;

  private final Grid map;
  private final int[] labels;
  private final boolean[] brain;
  private final long seed;
  private final Set<Pathology> findings;
  private final Variety variety;
  private final Vector3 shift;
  private final Vector3 low;
  private final Vector3 high;
  private final AddedNuclei nuclei;

  /**
   * A head.
   *
   * @throws IllegalArgumentException if the map holds unknown labels or no brain
   */
  public LabelHead(Volume labelMap, long seed, Set<Pathology> findings, Variety variety) {
    this.map = labelMap.grid();
    this.seed = seed;
    this.findings = findings;
    this.variety = variety;
    labels = new int[map.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = Math.round(labelMap.data()[i]);
    }
    LabelTissues.requireKnown(labels);
    LabelGaps.fill(map, labels);
    boolean[] tissue = new boolean[labels.length];
    for (int i = 0; i < labels.length; i++) {
      tissue[i] = LabelTissues.brain(labels[i]);
    }
    brain = closed(new Mask(map, tissue));
    Vector3[] brainBox = box(brain);
    shift = brainBox[0].plus(brainBox[1]).times(-0.5);
    boolean[] head = new boolean[labels.length];
    for (int i = 0; i < head.length; i++) {
      head[i] = labels[i] != 0;
    }
    Vector3[] headBox = box(head);
    low = headBox[0].plus(shift).minus(new Vector3(2, 2, NECK_MM));
    high = headBox[1].plus(shift).plus(new Vector3(2, 2, 2));
    nuclei = new AddedNuclei(map, labels);
  }

  private boolean[] closed(Mask tissue) {
    if (tissue.count() == 0) {
      throw new IllegalArgumentException("labels hold no brain");
    }
    Mask wide = Morphology.dilate(Morphology.largestComponent(tissue), CLOSING_MM);
    Mask filled = Morphology.fillHoles(Morphology.erode(wide, CLOSING_MM));
    boolean[] inside = filled.data();
    for (int i = 0; i < inside.length; i++) {
      boolean possible = LabelTissues.brain(labels[i]) || labels[i] == 24 || labels[i] == 514;
      inside[i] = inside[i] && possible;
    }
    return inside;
  }

  private Vector3[] box(boolean[] inside) {
    double[] min = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
    double[] max = {-Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
    for (int i = 0; i < inside.length; i++) {
      if (inside[i]) {
        Vector3 p = map.positionMm(i % map.nx(), i / map.nx() % map.ny(), i / map.nx() / map.ny());
        double[] at = {p.x(), p.y(), p.z()};
        for (int a = 0; a < 3; a++) {
          min[a] = Math.min(min[a], at[a]);
          max[a] = Math.max(max[a], at[a]);
        }
      }
    }
    return new Vector3[] {new Vector3(min[0], min[1], min[2]), new Vector3(max[0], max[1], max[2])};
  }

  @Override
  public Vector3 low() {
    return low;
  }

  @Override
  public Vector3 high() {
    return high;
  }

  @Override
  public Head sample(Grid grid) {
    byte[] tissue = new byte[grid.size()];
    boolean[] inside = new boolean[grid.size()];
    Deformation individual = new Deformation(seed);
    SampleGrid.forEachVoxel(
        grid,
        (x, y, z) -> {
          Vector3 at = grid.positionMm(x, y, z);
          Vector3 p = (variety == Variety.WIDE ? individual.toPatient(at) : at).minus(shift);
          int from = nearest(p);
          int to = grid.index(x, y, z);
          inside[to] = brain[from];
          @Nullable Tissue added = nuclei.at(p, labels[from]);
          Tissue known = added != null ? added : LabelTissues.tissue(labels[from]);
          tissue[to] = (byte) (known == null ? Tissue.AIR : known).ordinal();
        });
    return HeadFilling.fill(grid, tissue, inside, findings, variety, new Random(seed).nextLong());
  }

  private int nearest(Vector3 p) {
    Orientation o = map.orientation();
    Vector3 d = p.minus(o.originMm());
    int x = clamp(d.dot(o.xAxis()) / map.dxMm(), map.nx());
    int y = clamp(d.dot(o.yAxis()) / map.dyMm(), map.ny());
    int z = clamp(d.dot(o.zAxis()) / map.dzMm(), map.nz());
    return map.index(x, y, z);
  }

  private static int clamp(double at, int n) {
    return (int) Math.max(0, Math.min(n - 1, Math.round(at)));
  }
}
