package org.qsmnode.simulate.dicom;

/** What can be wrong with, or unusual about, a simulated study. */
public enum Fault {
  /** One slice of the second echo is missing in every component. */
  MISSING_SLICE,
  /** One instance is there twice, byte for byte, under one SOP Instance UID. */
  DUPLICATE_INSTANCE,
  /** One SOP Instance UID is used by two instances with different pixels. */
  UID_CONFLICT,
  /** One image is there a second time under another SOP Instance UID. */
  COPIED_INSTANCE,
  /** Two magnitude echoes and one phase difference, as a field-map sequence makes them. */
  FIELD_MAP,
  /** The phase is high-pass filtered, as for susceptibility-weighted imaging. */
  FILTERED_PHASE,
  /** The phase is high-pass filtered, and no header says so. */
  UNMARKED_FILTER,
  /** Magnitude and phase were moved apart in the plane to correct distortion, across wraps. */
  INTERPOLATED_PHASE,
  /** The stored phase covers seven tenths of the range that the vendor gives a turn. */
  SHRUNK_PHASE,
  /**
   * Phase turns by a quarter from slice to slice, as where slices whose sign alternates were
   * interpolated to twice as many.
   */
  TURNING_SLICES,
  /** Every echo is a series of its own. */
  ECHO_PER_SERIES,
  /** Pixel data are marked as compressed with loss. */
  LOSSY,
  /** Images are marked as those of a single receive coil. */
  UNCOMBINED_COIL,
  /** A magnet with a vertical field, and its maker and model in the header. */
  VERTICAL_FIELD,
  /** A vertical field, while the header is that of the vendor's horizontal magnet. */
  UNMARKED_VERTICAL_FIELD,
  /** The phase decreases with the field although the vendor's increases, or the other way round. */
  WRONG_SIGN,
  /** One file ends in the middle of its pixel data. */
  TRUNCATED_FILE,
  /** No phase at all. */
  NO_PHASE
}
