package org.dcm4che3.data;

import java.util.Arrays;

/** The character repertoires that SpecificCharacterSet (0008,0005) names (PS3.3 C.12.1.1.2). */
public class SpecificCharacterSet {
  public static final SpecificCharacterSet ASCII =
      new SpecificCharacterSet(new Repertoire[] {Repertoire.ASCII});

  private final Repertoire[] repertoires;
  private final String[] codes;

  private SpecificCharacterSet(Repertoire[] repertoires, String... codes) {
    this.repertoires = repertoires;
    this.codes = codes;
  }

  /** The character set of the defined terms; an unknown term counts as the default repertoire. */
  public static SpecificCharacterSet valueOf(String... codes) {
    if (codes == null || codes.length == 0) {
      return ASCII;
    }
    Repertoire[] repertoires = new Repertoire[codes.length];
    for (int i = 0; i < codes.length; i++) {
      repertoires[i] = Repertoire.of(codes[i]);
    }
    if (codes.length == 1 && repertoires[0] == Repertoire.ASCII) {
      return ASCII;
    }
    return new SpecificCharacterSet(repertoires, codes.clone());
  }

  /** The defined terms, none for the default repertoire. */
  public String[] toCodes() {
    return codes.clone();
  }

  /**
   * Encodes text; where code extensions are in use, the initial state holds again after each of the
   * delimiters and after control characters (PS3.5 6.1.2.5.3).
   */
  public byte[] encode(String val, String delimiters) {
    return isWithoutCodeExtensions()
        ? repertoires[0].encode(val)
        : CodeExtensions.encode(repertoires, val, delimiters);
  }

  /** Decodes text; delimiters as in {@link #encode}. */
  public String decode(byte[] val, String delimiters) {
    return isWithoutCodeExtensions()
        ? repertoires[0].decode(val, 0, val.length)
        : CodeExtensions.decode(repertoires, val, delimiters);
  }

  private boolean isWithoutCodeExtensions() {
    return repertoires.length == 1 && repertoires[0].bytesPerCharacter() != 2;
  }

  public boolean isUTF8() {
    return repertoires[0] == Repertoire.UTF_8;
  }

  public boolean isASCII() {
    return repertoires.length == 1 && repertoires[0] == Repertoire.ASCII;
  }

  /** Whether ASCII text has the same bytes in this character set. */
  public boolean containsASCII() {
    return repertoires[0] != Repertoire.JIS_X_201;
  }

  /** Whether all text of the other character set has the same bytes in this one. */
  public boolean contains(SpecificCharacterSet other) {
    return equals(other) || (other.isASCII() && containsASCII());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SpecificCharacterSet that
        && Arrays.equals(repertoires, that.repertoires);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(repertoires);
  }
}
