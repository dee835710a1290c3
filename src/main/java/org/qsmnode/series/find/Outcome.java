package org.qsmnode.series.find;

/** What becomes of a group of images. */
public enum Outcome {
  /** A multi-echo gradient-echo acquisition that can be reconstructed as it stands. */
  ACCEPTED,
  /** The right kind of acquisition, but objects are missing. */
  INCOMPLETE,
  /** Could have been meant for a susceptibility map, but cannot give one. */
  REFUSED,
  /** Nothing to do with susceptibility mapping. */
  IGNORED
}
