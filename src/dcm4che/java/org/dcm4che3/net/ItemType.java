package org.dcm4che3.net;

/** Item types inside A-ASSOCIATE-RQ and -AC (PS3.8 section 9.3, PS3.7 section D.3.3). */
final class ItemType {

  static final int APP_CONTEXT = 0x10;
  static final int RQ_PRES_CONTEXT = 0x20;
  static final int AC_PRES_CONTEXT = 0x21;
  static final int ABSTRACT_SYNTAX = 0x30;
  static final int TRANSFER_SYNTAX = 0x40;
  static final int USER_INFO = 0x50;
  static final int MAX_PDU_LENGTH = 0x51;
  static final int IMPL_CLASS_UID = 0x52;
  static final int ASYNC_OPS_WINDOW = 0x53;
  static final int ROLE_SELECTION = 0x54;
  static final int IMPL_VERSION_NAME = 0x55;
  static final int EXT_NEG = 0x56;
  static final int COMMON_EXT_NEG = 0x57;
  static final int RQ_USER_IDENTITY = 0x58;
  static final int AC_USER_IDENTITY = 0x59;

  private ItemType() {}
}
