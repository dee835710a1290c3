package org.qsmnode.store;

import java.util.List;

/**
 * One derived series on disk.
 *
 * @param kind what it holds, for example {@code qsm-mean}; plain lower-case name up to 16
 *     characters
 * @param seriesInstanceUid its Series Instance UID
 * @param files its objects in order
 */
public record ResultSeries(String kind, String seriesInstanceUid, List<ResultFile> files) {

  public ResultSeries {
    if (!kind.matches("[a-z0-9-]{1,16}")) {
      throw new IllegalArgumentException("kind is not a plain name: " + kind);
    }
    files = List.copyOf(files);
  }

  /**
   * One derived object on disk.
   *
   * @param path path relative to the results folder
   * @param digest SHA-256 of the file
   */
  public record ResultFile(String sopInstanceUid, String path, String digest) {}
}
