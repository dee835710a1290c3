package org.qsmnode.series.pixels;

/**
 * One source image.
 *
 * @param frameNumber 1-based frame of a multi-frame object, 0 for a classic image
 */
public record SourceReference(
    String sopClassUid, String sopInstanceUid, String seriesInstanceUid, int frameNumber) {

  public SourceReference {
    if (frameNumber < 0) {
      throw new IllegalArgumentException("frameNumber must not be negative");
    }
  }
}
