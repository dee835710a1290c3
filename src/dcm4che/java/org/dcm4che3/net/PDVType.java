package org.dcm4che3.net;

/** Bits of the message control header of a presentation data value (PS3.8 Annex E.2). */
final class PDVType {

  static final int COMMAND = 1;
  static final int LAST = 2;

  /** Item length, presentation context ID and message control header. */
  static final int HEADER_LENGTH = 6;

  private PDVType() {}
}
