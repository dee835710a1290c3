package org.qsmnode.derive;

import java.nio.file.Path;
import java.util.List;

/**
 * A derived series on disk.
 *
 * @param sopInstanceUids in ascending position, like {@code files}
 * @param saturatedVoxels voxels beyond the largest stored value
 * @param notFiniteVoxels voxels inside the mask without a finite value, stored as background
 */
public record DerivedSeriesFiles(
    DerivedKind kind,
    String studyInstanceUid,
    String seriesInstanceUid,
    List<String> sopInstanceUids,
    List<Path> files,
    int saturatedVoxels,
    int notFiniteVoxels) {

  public DerivedSeriesFiles {
    sopInstanceUids = List.copyOf(sopInstanceUids);
    files = List.copyOf(files);
  }
}
