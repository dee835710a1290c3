package org.dcm4che3.net;

/** PDU type octets (PS3.8 section 9.3.1). */
final class PDUType {

  static final int A_ASSOCIATE_RQ = 0x01;
  static final int A_ASSOCIATE_AC = 0x02;
  static final int A_ASSOCIATE_RJ = 0x03;
  static final int P_DATA_TF = 0x04;
  static final int A_RELEASE_RQ = 0x05;
  static final int A_RELEASE_RP = 0x06;
  static final int A_ABORT = 0x07;

  /** Type, reserved octet and length before the variable field of every PDU. */
  static final int HEADER_LENGTH = 6;

  private PDUType() {}
}
