package org.dcm4che3.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.HexFormat;
import org.dcm4che3.StandInOnly;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts in the character sets of PS3.3 C.12.1.1.2; names and bytes of PS3.5 annexes H to K. */
class CharacterSetTest {

  private static byte[] hex(String bytes) {
    return HexFormat.of().parseHex(bytes.replace(" ", ""));
  }

  /** A data set with this character set, terms parted by backslashes. */
  private static Attributes datasetIn(String characterSet) {
    Attributes ds = new Attributes();
    ds.setSpecificCharacterSet(characterSet.split("\\\\", -1));
    return ds;
  }

  @ParameterizedTest
  @CsvSource({
    // Yamada^Tarou=<kanji>=<hiragana>, annex H.3.1
    "\\ISO 2022 IR 87, Yamada^Tarou=山田^太郎=やまだ^たろう,"
        + "59 61 6D 61 64 61 5E 54 61 72 6F 75 3D"
        + " 1B 24 42 3B 33 45 44 1B 28 42 5E 1B 24 42 42 40 4F 3A 1B 28 42 3D"
        + " 1B 24 42 24 64 24 5E 24 40 1B 28 42 5E 1B 24 42 24 3F 24 6D 24 26 1B 28 42",
    // half-width katakana of JIS X 0201 first, annex H.3.2
    "ISO 2022 IR 13\\ISO 2022 IR 87, ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう,"
        + "D4 CF C0 DE 5E C0 DB B3 3D"
        + " 1B 24 42 3B 33 45 44 1B 28 4A 5E 1B 24 42 42 40 4F 3A 1B 28 4A 3D"
        + " 1B 24 42 24 64 24 5E 24 40 1B 28 4A 5E 1B 24 42 24 3F 24 6D 24 26 1B 28 4A",
    // hanja and hangul of KS X 1001 in G1, annex I.2
    "\\ISO 2022 IR 149, Hong^Gildong=洪^吉洞=홍^길동,"
        + "48 6F 6E 67 5E 47 69 6C 64 6F 6E 67 3D"
        + " 1B 24 29 43 FB F3 5E 1B 24 29 43 D1 CE D4 D7 3D"
        + " 1B 24 29 43 C8 AB 5E 1B 24 29 43 B1 E6 B5 BF",
    // UTF-8, annex J.1
    "ISO_IR 192, Wang^XiaoDong=王^小东,"
        + "57 61 6E 67 5E 58 69 61 6F 44 6F 6E 67 3D E7 8E 8B 5E E5 B0 8F E4 B8 9C",
    // GB18030, annex J.2
    "GB18030, Wang^XiaoDong=王^小东, 57 61 6E 67 5E 58 69 61 6F 44 6F 6E 67 3D CD F5 5E D0 A1 B6 AB",
    "GBK, Wang^XiaoDong=王^小东, 57 61 6E 67 5E 58 69 61 6F 44 6F 6E 67 3D CD F5 5E D0 A1 B6 AB",
    // GB 2312 in G1, annex K.2
    "\\ISO 2022 IR 58, Zhang^XiaoDong=张^小东,"
        + "5A 68 61 6E 67 5E 58 69 61 6F 44 6F 6E 67 3D"
        + " 1B 24 29 41 D5 C5 5E 1B 24 29 41 D0 A1 B6 AB",
    "ISO_IR 100, Buc^Jérôme, 42 75 63 5E 4A E9 72 F4 6D 65",
    "ISO_IR 101, Wałęsa, 57 61 B3 EA 73 61",
    "ISO_IR 109, Ĥoraĉo, A6 6F 72 61 E6 6F",
    "ISO_IR 110, Bērziņš, 42 BA 72 7A 69 F1 B9",
    "ISO_IR 144, Люксембург, BB EE DA E1 D5 DC D1 E3 E0 D3",
    "ISO_IR 127, قباني^لنزار, E2 C8 C7 E6 EA 5E E4 E6 D2 C7 D1",
    "ISO_IR 126, Διονυσιος, C4 E9 EF ED F5 F3 E9 EF F2",
    "ISO_IR 138, שרון^דבורה, F9 F8 E5 EF 5E E3 E1 E5 F8 E4",
    "ISO_IR 148, Çavuşoğlu, C7 61 76 75 FE 6F F0 6C 75",
    "ISO_IR 166, นามสกุล, B9 D2 C1 CA A1 D8 C5",
    "ISO_IR 13, ﾔﾏﾀﾞ^ﾀﾛｳ, D4 CF C0 DE 5E C0 DB B3",
  })
  void aNameHasTheseBytes(String characterSet, String name, String bytes) throws IOException {
    assertHasBytes(characterSet, name, bytes);
  }

  /** Whether the second component group starts with an escape to G0 is open in the standard. */
  @StandInOnly
  @Test
  void aNameInTwoSetsOfEightBitsHasTheseBytes() throws IOException {
    assertHasBytes("ISO 2022 IR 100\\ISO 2022 IR 144", "é=Люк", "E9 3D 1B 2D 4C BB EE DA");
  }

  private static void assertHasBytes(String characterSet, String name, String bytes)
      throws IOException {
    Attributes decoded = datasetIn(characterSet);
    decoded.setBytes(Tag.PatientName, VR.PN, hex(bytes));
    assertEquals(name, decoded.getString(Tag.PatientName));

    Attributes encoded = datasetIn(characterSet);
    encoded.setString(Tag.PatientName, VR.PN, name);
    assertArrayEquals(hex(bytes), encoded.getBytes(Tag.PatientName));
  }

  @Test
  void linesOfKoreanTextStartAnew() {
    Attributes ds = datasetIn("\\ISO 2022 IR 149");
    ds.setBytes(
        Tag.PatientComments,
        VR.LT,
        hex("1B 24 29 43 B1 E6 B5 BF 20 41 0D 0A 1B 24 29 43 C8 AB 2E"));
    assertEquals("길동 A\r\n홍.", ds.getString(Tag.PatientComments));
  }

  @Test
  void aSecondByteOf5cPartsNoValues() {
    Attributes ds = datasetIn("GB18030");
    ds.setBytes(Tag.PatientName, VR.PN, hex("81 5C 5C 41"));
    assertArrayEquals(new String[] {"乗", "A"}, ds.getStrings(Tag.PatientName));
  }

  @Test
  void anItemHasTheCharacterSetOfItsDataSetUnlessItHasItsOwn() {
    Attributes ds = datasetIn("ISO_IR 100");
    Sequence items = ds.newSequence(Tag.RequestAttributesSequence, 2);
    Attributes latin = new Attributes();
    items.add(latin);
    latin.setBytes(Tag.RequestedProcedureDescription, VR.LO, hex("E9"));
    Attributes greek = datasetIn("ISO_IR 126");
    items.add(greek);
    greek.setBytes(Tag.RequestedProcedureDescription, VR.LO, hex("E9"));

    assertEquals("é", latin.getString(Tag.RequestedProcedureDescription));
    assertEquals("ι", greek.getString(Tag.RequestedProcedureDescription));
  }

  @Test
  void anotherCharacterSetKeepsTheCharacters() throws IOException {
    Attributes ds = datasetIn("ISO_IR 100");
    ds.setBytes(Tag.PatientName, VR.PN, hex("4A E9"));
    ds.setSpecificCharacterSet("ISO_IR 192");
    assertEquals("Jé", ds.getString(Tag.PatientName));
    assertArrayEquals(hex("4A C3 A9"), ds.getBytes(Tag.PatientName));
  }

  @Test
  void copiesKeepBytesInTheSameAndCharactersInAnotherCharacterSet() throws IOException {
    Attributes latin = datasetIn("ISO_IR 100");
    latin.setBytes(Tag.PatientName, VR.PN, hex("4A E9 20 20"));

    Attributes same = datasetIn("ISO_IR 100");
    same.addSelected(latin, Tag.PatientName);
    assertArrayEquals(hex("4A E9 20 20"), same.getBytes(Tag.PatientName));

    Attributes other = datasetIn("ISO_IR 192");
    other.addSelected(latin, Tag.PatientName);
    assertEquals("Jé", other.getString(Tag.PatientName));

    assertEquals("Jé", new Attributes(latin).getString(Tag.PatientName));
  }

  @Test
  void aTextOfACharacterSetIsNotAddedToElementsWithoutOne() {
    Attributes latin = datasetIn("ISO_IR 100");
    latin.setString(Tag.PatientName, VR.PN, "ASCII");
    latin.setString(Tag.PatientID, VR.LO, "ASCII");
    latin.setString(Tag.Modality, VR.CS, "MR");
    Attributes target = new Attributes();
    target.addSelected(latin, Tag.Modality, Tag.PatientName);
    assertThrows(
        IncompatibleSpecificCharacterSetException.class,
        () -> target.addSelected(latin, Tag.PatientID));
    assertThrows(IncompatibleSpecificCharacterSetException.class, () -> target.addAll(latin));
    target.addSelected(latin, Tag.SpecificCharacterSet);
    target.addSelected(latin, Tag.PatientID);
    assertEquals("ASCII", target.getString(Tag.PatientID));
  }
}
