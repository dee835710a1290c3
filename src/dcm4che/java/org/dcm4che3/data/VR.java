package org.dcm4che3.data;

import org.dcm4che3.util.ByteUtils;

/** Value representations (PS3.5 section 6.2). */
public enum VR {
  AE(Kind.ASCII),
  AS(Kind.ASCII),
  AT(Kind.TAG),
  CS(Kind.ASCII),
  DA(Kind.ASCII),
  DS(Kind.ASCII),
  DT(Kind.ASCII),
  FD(Kind.DOUBLE),
  FL(Kind.FLOAT),
  IS(Kind.ASCII),
  LO(Kind.TEXT),
  LT(Kind.LONG_TEXT),
  OB(Kind.BYTE, true),
  OD(Kind.DOUBLE, true),
  OF(Kind.FLOAT, true),
  OL(Kind.INT, true),
  OV(Kind.LONG, true),
  OW(Kind.SHORT, true),
  PN(Kind.TEXT),
  SH(Kind.TEXT),
  SL(Kind.INT),
  SQ(Kind.ITEMS, true),
  SS(Kind.SHORT),
  ST(Kind.LONG_TEXT),
  SV(Kind.LONG, true),
  TM(Kind.ASCII),
  UC(Kind.TEXT, true),
  UI(Kind.ASCII),
  UL(Kind.UINT),
  UN(Kind.BYTE, true),
  UR(Kind.ASCII, true),
  US(Kind.USHORT),
  UT(Kind.LONG_TEXT, true),
  UV(Kind.ULONG, true);

  /** How the bytes of one value are read. */
  enum Kind {
    ASCII(0),
    TEXT(0),
    LONG_TEXT(0),
    BYTE(1),
    SHORT(2),
    USHORT(2),
    TAG(2),
    INT(4),
    UINT(4),
    FLOAT(4),
    LONG(8),
    ULONG(8),
    DOUBLE(8),
    ITEMS(0);

    private final int swappedBytes;

    Kind(int swappedBytes) {
      this.swappedBytes = swappedBytes;
    }
  }

  /** Receives the VR of a value next to the value. */
  public static class Holder {
    public VR vr;
  }

  private static final VR[] BY_CODE = new VR[26 * 26];

  static {
    for (VR vr : values()) {
      BY_CODE[index(vr.code)] = vr;
    }
  }

  private final int code;
  private final int headerLength;
  private final Kind kind;

  VR(Kind kind) {
    this(kind, false);
  }

  VR(Kind kind, boolean longLength) {
    this.code = (name().charAt(0) << 8) | name().charAt(1);
    this.headerLength = longLength ? 12 : 8;
    this.kind = kind;
  }

  /** The VR of the two characters in the code, UN where they name none. */
  public static VR valueOf(int code) {
    int index = index(code);
    VR vr = index < 0 ? null : BY_CODE[index];
    return vr == null ? UN : vr;
  }

  private static int index(int code) {
    int first = (code >> 8) - 'A';
    int second = (code & 0xff) - 'A';
    return first < 0 || first > 25 || second < 0 || second > 25 ? -1 : first * 26 + second;
  }

  /** The two characters of the VR as one big-endian number. */
  public int code() {
    return code;
  }

  /** The bytes of tag, VR and length in explicit VR: 8, or 12 where the length has 32 bits. */
  public int headerLength() {
    return headerLength;
  }

  /** The byte that fills a value up to an even length. */
  public int paddingByte() {
    return isStringType() && this != UI ? ' ' : 0;
  }

  public boolean isStringType() {
    return kind == Kind.ASCII || kind == Kind.TEXT || kind == Kind.LONG_TEXT;
  }

  public boolean isTemporalType() {
    return this == DA || this == DT || this == TM;
  }

  public boolean useSpecificCharacterSet() {
    return kind == Kind.TEXT || kind == Kind.LONG_TEXT;
  }

  public boolean isInlineBinary() {
    return switch (this) {
      case OB, OD, OF, OL, OV, OW, UN -> true;
      default -> false;
    };
  }

  /** The width of the words whose bytes change places between the byte orders; 1 or 0 if none. */
  public int numEndianBytes() {
    return isStringType() ? 1 : kind.swappedBytes;
  }

  /** Changes the byte order of the value, in a copy if it is to be preserved. */
  public byte[] toggleEndian(byte[] b, boolean preserve) {
    if (numEndianBytes() <= 1 || b.length == 0) {
      return b;
    }
    byte[] out = preserve ? b.clone() : b;
    return switch (numEndianBytes()) {
      case 2 -> ByteUtils.swapShorts(out, 0, out.length);
      case 4 -> ByteUtils.swapInts(out, 0, out.length);
      default -> ByteUtils.swapLongs(out, 0, out.length);
    };
  }

  /** The bytes of a value held as bytes or text, in the character set, unpadded. */
  public byte[] toBytes(Object val, SpecificCharacterSet cs) {
    return Values.encode(this, val, cs);
  }

  Kind kind() {
    return kind;
  }

  boolean isMultiValued() {
    return switch (this) {
      case ST, LT, UT, UR -> false;
      default -> true;
    };
  }
}
