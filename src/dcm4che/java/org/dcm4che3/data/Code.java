package org.dcm4che3.data;

import java.util.Objects;

/** A coded entry (PS3.3 section 8.8). */
public class Code {
  private static final int MAX_CODE_VALUE_LENGTH = 16;

  private final String codeValue;
  private final String codingSchemeDesignator;
  private final String codingSchemeVersion;
  private final String codeMeaning;

  public Code(
      String codeValue,
      String codingSchemeDesignator,
      String codingSchemeVersion,
      String codeMeaning) {
    this.codeValue = Objects.requireNonNull(codeValue, "codeValue");
    this.codingSchemeDesignator = codingSchemeDesignator;
    this.codingSchemeVersion = codingSchemeVersion;
    this.codeMeaning = Objects.requireNonNull(codeMeaning, "codeMeaning");
  }

  /** The code of an item of a code sequence. */
  public Code(Attributes item) {
    this(
        item.getString(
            Tag.CodeValue, item.getString(Tag.LongCodeValue, item.getString(Tag.URNCodeValue))),
        item.getString(Tag.CodingSchemeDesignator),
        item.getString(Tag.CodingSchemeVersion),
        item.getString(Tag.CodeMeaning, ""));
  }

  public String getCodeValue() {
    return codeValue;
  }

  public String getCodingSchemeDesignator() {
    return codingSchemeDesignator;
  }

  public String getCodingSchemeVersion() {
    return codingSchemeVersion;
  }

  public String getCodeMeaning() {
    return codeMeaning;
  }

  public boolean equalsIgnoreMeaning(Code other) {
    return codeValue.equals(other.codeValue)
        && Objects.equals(codingSchemeDesignator, other.codingSchemeDesignator)
        && Objects.equals(codingSchemeVersion, other.codingSchemeVersion);
  }

  /** The item of a code sequence. */
  public Attributes toItem() {
    Attributes item = new Attributes(4);
    if (codeValue.length() <= MAX_CODE_VALUE_LENGTH) {
      item.setString(Tag.CodeValue, VR.SH, codeValue);
    } else {
      item.setString(Tag.LongCodeValue, VR.UC, codeValue);
    }
    if (codingSchemeDesignator != null) {
      item.setString(Tag.CodingSchemeDesignator, VR.SH, codingSchemeDesignator);
    }
    if (codingSchemeVersion != null) {
      item.setString(Tag.CodingSchemeVersion, VR.SH, codingSchemeVersion);
    }
    item.setString(Tag.CodeMeaning, VR.LO, codeMeaning);
    return item;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Code that
        && equalsIgnoreMeaning(that)
        && codeMeaning.equals(that.codeMeaning);
  }

  @Override
  public int hashCode() {
    return Objects.hash(codeValue, codingSchemeDesignator, codingSchemeVersion, codeMeaning);
  }

  @Override
  public String toString() {
    return "(" + codeValue + ", " + codingSchemeDesignator + ", \"" + codeMeaning + "\")";
  }
}
