package org.qsmnode.simulate.head;

import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Vector3;

/** Something that can fill a grid with a head. */
public interface HeadSource {

  /** Lowest corner of the box that holds the head, LPS mm. */
  Vector3 low();

  /** Highest corner of the box that holds the head, LPS mm. */
  Vector3 high();

  /** Samples the head at the voxel centres of {@code grid}. */
  Head sample(Grid grid);
}
