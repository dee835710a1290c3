package org.qsmnode.series.pixels;

import java.util.List;
import org.dcm4che3.data.Attributes;

/**
 * Where one slice of the volume came from.
 *
 * @param header data set without pixel data of the magnitude image with the shortest echo time, or
 *     of the real image, where only complex parts came. Several slices of one multi-frame object
 *     share it
 * @param frameNumber 1-based frame in {@code header} of a multi-frame object, 0 for a classic image
 * @param references every source image of this slice, by echo, then component
 */
public record SourceSlice(Attributes header, int frameNumber, List<SourceReference> references) {

  public SourceSlice {
    references = List.copyOf(references);
  }
}
