package org.qsmnode.series.header;

import java.util.List;

/**
 * Everything recognition needs of one object, without any patient attribute. So it can be kept in
 * one ledger row and the file need not be read again.
 *
 * @param own made by this software
 * @param numberOfFrames frames in the object, 1 for a classic image
 * @param frames one per frame that is an MR image; empty for other objects
 */
public record IndexedInstance(
    String sopInstanceUid,
    String sopClassUid,
    String studyInstanceUid,
    String frameOfReferenceUid,
    String transferSyntaxUid,
    boolean own,
    SeriesPlace place,
    Scanner scanner,
    ScanFacts scan,
    Expectation expectation,
    PixelLayout pixels,
    int numberOfFrames,
    List<FrameFacts> frames) {

  public IndexedInstance {
    frames = List.copyOf(frames);
  }

  public String seriesInstanceUid() {
    return place.seriesInstanceUid();
  }

  /** This record as one line of JSON. */
  public String toJson() {
    return IndexedInstanceJson.write(this);
  }

  /**
   * The record that {@link #toJson()} wrote.
   *
   * @throws IllegalArgumentException if {@code json} is not such a record
   */
  public static IndexedInstance fromJson(String json) {
    return IndexedInstanceJson.read(json);
  }
}
