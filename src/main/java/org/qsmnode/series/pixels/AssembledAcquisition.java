package org.qsmnode.series.pixels;

import java.util.List;
import org.qsmnode.volume.MultiEcho;

/**
 * The volumes of one acquisition, with where they came from.
 *
 * @param notes plain sentences worth keeping with the result
 */
public record AssembledAcquisition(MultiEcho images, SourceStack sources, List<String> notes) {

  public AssembledAcquisition {
    notes = List.copyOf(notes);
  }
}
