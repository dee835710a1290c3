package org.qsmnode.simulate.head;

import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Vector3;

/** Makes a procedural head from a seed, sampled on any grid. */
public final class HeadPhantom implements HeadSource {

  /** Box in patient coordinates (LPS mm) that holds the head down to the middle of the neck. */
  private static final Vector3 LOW = new Vector3(-92, -128, -135);

  private static final Vector3 HIGH = new Vector3(92, 118, 100);

  private final long seed;
  private final Set<Pathology> findings;
  private final Variety variety;

  public HeadPhantom(long seed, Set<Pathology> findings, Variety variety) {
    this.seed = seed;
    this.variety = variety;
    this.findings = findings.isEmpty() ? EnumSet.noneOf(Pathology.class) : EnumSet.copyOf(findings);
  }

  @Override
  public Vector3 low() {
    return LOW;
  }

  @Override
  public Vector3 high() {
    return HIGH;
  }

  @Override
  public Head sample(Grid grid) {
    Random random = new Random(seed);
    HeadShape shape = new HeadShape(random.nextLong());
    Deformation deformation = new Deformation(random.nextLong());
    byte[] tissue = new byte[grid.size()];
    boolean[] brain = new boolean[grid.size()];
    ThreadLocal<double[]> working = ThreadLocal.withInitial(() -> new double[6]);
    SampleGrid.forEachVoxel(
        grid,
        (x, y, z) -> {
          Vector3 p = grid.positionMm(x, y, z);
          double[] head = working.get();
          deformation.toHead(p.x(), p.y(), p.z(), head);
          double[] scratch = new double[3];
          int code = shape.at(head[0], head[1], head[2], scratch);
          int index = grid.index(x, y, z);
          tissue[index] = (byte) (code >> 1);
          brain[index] = (code & 1) == 1;
        });
    return HeadFilling.fill(grid, tissue, brain, findings, variety, random.nextLong());
  }
}
