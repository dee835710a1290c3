package org.dcm4che3.io;

/** The choices that PS3.5 section 7 leaves to the writer. */
public class DicomEncodingOptions {
  /** No group lengths; undefined length for sequences and items unless they are empty. */
  public static final DicomEncodingOptions DEFAULT =
      new DicomEncodingOptions(false, true, false, true, false);

  public final boolean groupLength;
  public final boolean undefSequenceLength;
  public final boolean undefEmptySequenceLength;
  public final boolean undefItemLength;
  public final boolean undefEmptyItemLength;

  public DicomEncodingOptions(
      boolean groupLength,
      boolean undefSequenceLength,
      boolean undefEmptySequenceLength,
      boolean undefItemLength,
      boolean undefEmptyItemLength) {
    this.groupLength = groupLength;
    this.undefSequenceLength = undefSequenceLength;
    this.undefEmptySequenceLength = undefEmptySequenceLength;
    this.undefItemLength = undefItemLength;
    this.undefEmptyItemLength = undefEmptyItemLength;
  }
}
