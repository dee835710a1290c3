package org.qsmnode.derive;

import java.util.Optional;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/**
 * What is to be sent back.
 *
 * @param meanPpm mean susceptibility in ppm
 * @param sdPpm its standard deviation in ppm; empty where the method gives none
 * @param mask voxels with a value; all others become background
 */
public record DerivedMaps(Volume meanPpm, Optional<Volume> sdPpm, Mask mask) {

  public DerivedMaps {
    meanPpm.grid().requireSameDims(mask.grid(), "mask");
    sdPpm.ifPresent(sd -> meanPpm.grid().requireSameDims(sd.grid(), "sdPpm"));
  }
}
