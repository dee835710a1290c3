package org.dcm4che3.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.dcm4che3.StandInOnly;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Values as the getters and setters see them (PS3.5 section 6). */
class ValueTest {

  private static Attributes with(int tag, VR vr, String bytes) {
    Attributes ds = new Attributes();
    ds.setBytes(tag, vr, bytes.getBytes(StandardCharsets.ISO_8859_1));
    return ds;
  }

  @Test
  void paddingIsNoPartOfAValue() {
    assertEquals("1.2.3", with(Tag.SOPInstanceUID, VR.UI, "1.2.3\0").getString(Tag.SOPInstanceUID));
    assertEquals("MR", with(Tag.Modality, VR.CS, " MR ").getString(Tag.Modality));
    assertEquals("  indented", with(Tag.TextValue, VR.UT, "  indented ").getString(Tag.TextValue));
  }

  @Test
  void backslashesPartValuesButNotInTexts() {
    Attributes ds = with(Tag.PixelSpacing, VR.DS, "0.5 \\0.75");
    assertArrayEquals(new double[] {0.5, 0.75}, ds.getDoubles(Tag.PixelSpacing));
    assertEquals("0.75", ds.getString(Tag.PixelSpacing, 1));
    assertEquals("none", ds.getString(Tag.PixelSpacing, 2, "none"));
    for (VR vr : new VR[] {VR.ST, VR.LT, VR.UT}) {
      assertEquals("a\\b", with(Tag.TextValue, vr, "a\\b").getString(Tag.TextValue));
    }
  }

  @ParameterizedTest
  @CsvSource({"12, 12", "'+7 ', 7", "' -3', -3", "0012, 12"})
  void integerStringsMayHaveSpacesAndSigns(String bytes, int number) {
    assertEquals(number, with(Tag.InstanceNumber, VR.IS, bytes).getInt(Tag.InstanceNumber, 99));
  }

  @ParameterizedTest
  @CsvSource({"'1.5 ', 1.5", "+2., 2", "-.5, -0.5", "1E-3, 0.001", "6.2e+2, 620"})
  void decimalStringsMayHaveSpacesSignsAndExponents(String bytes, double number) {
    assertEquals(number, with(Tag.EchoTime, VR.DS, bytes).getDouble(Tag.EchoTime, 99));
  }

  @ParameterizedTest
  @CsvSource({"abc", "1.2.3", "0x10", "NaN"})
  void whatIsNoNumberGivesTheDefault(String bytes) {
    assertEquals(99, with(Tag.EchoTime, VR.DS, bytes).getDouble(Tag.EchoTime, 99));
    assertEquals(99, with(Tag.InstanceNumber, VR.IS, bytes).getInt(Tag.InstanceNumber, 99));
  }

  @Test
  void anAbsentAnEmptyAndAPresentElementDiffer() {
    Attributes ds = new Attributes();
    ds.setNull(Tag.EchoTime, VR.DS);
    ds.setString(Tag.Modality, VR.CS, "MR");
    assertTrue(ds.contains(Tag.EchoTime));
    assertFalse(ds.containsValue(Tag.EchoTime));
    assertNull(ds.getString(Tag.EchoTime));
    assertEquals(5, ds.getDouble(Tag.EchoTime, 5));
    assertFalse(ds.contains(Tag.PatientName));
    assertNull(ds.getStrings(Tag.PatientName));
    assertNull(ds.getSequence(Tag.ReferencedImageSequence));
    assertTrue(ds.containsValue(Tag.Modality));
  }

  @ParameterizedTest
  @EnumSource(
      value = VR.class,
      names = {"US", "SS", "UL", "SL", "SV", "UV", "IS"})
  void integersComeBackFromIntegerVrs(VR vr) {
    for (boolean bigEndian : new boolean[] {false, true}) {
      Attributes ds = new Attributes(bigEndian);
      ds.setInt(Tag.InstanceNumber, vr, 1, 300);
      assertArrayEquals(new int[] {1, 300}, ds.getInts(Tag.InstanceNumber));
      assertEquals(300, ds.getInt(Tag.InstanceNumber, 1, 0));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = VR.class,
      names = {"DS", "FL", "FD"})
  void floatingPointNumbersComeBackFromTheirVrs(VR vr) {
    for (boolean bigEndian : new boolean[] {false, true}) {
      Attributes ds = new Attributes(bigEndian);
      ds.setDouble(Tag.EchoTime, vr, 0.25, -1.5);
      assertArrayEquals(new double[] {0.25, -1.5}, ds.getDoubles(Tag.EchoTime));
      assertEquals(-1.5, ds.getDouble(Tag.EchoTime, 1, 0));
      assertEquals(-1.5f, ds.getFloat(Tag.EchoTime, 1, 0));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = VR.class,
      names = {"US", "SS", "UL", "SL", "IS"})
  void anIntegerIsNotReadAsAFloatingPointNumber(VR vr) {
    Attributes ds = new Attributes();
    ds.setInt(Tag.InstanceNumber, vr, 300);
    assertEquals(99, ds.getDouble(Tag.InstanceNumber, 99));
    assertEquals(99, ds.getFloat(Tag.InstanceNumber, 99));
  }

  @ParameterizedTest
  @EnumSource(
      value = VR.class,
      names = {"DS", "FL", "FD"})
  void anIntegerIsNotSetWhereNumbersFloat(VR vr) {
    Attributes ds = new Attributes();
    assertThrows(UnsupportedOperationException.class, () -> ds.setInt(Tag.NumberOfAverages, vr, 1));
  }

  @Test
  void unsignedAndSignedNumbersDiffer() {
    Attributes ds = new Attributes();
    ds.setInt(Tag.SmallestImagePixelValue, VR.US, 65535);
    ds.setInt(Tag.LargestImagePixelValue, VR.SS, 65535);
    ds.setInt(Tag.DimensionIndexValues, VR.UL, -1);
    assertEquals(65535, ds.getInt(Tag.SmallestImagePixelValue, 0));
    assertEquals(-1, ds.getInt(Tag.LargestImagePixelValue, 0));
    assertEquals(4_294_967_295L, Integer.toUnsignedLong(ds.getInt(Tag.DimensionIndexValues, 0)));
  }

  @ParameterizedTest
  @CsvSource({
    "0.1",
    "-1234567.891234567",
    "1E-12",
    "3.141592653589793",
    "-0.000012345678901234",
    "123456789012345678",
    "1E22",
    "-2.2250738585072014E-308",
    "0"
  })
  void aDecimalStringHasSixteenCharactersAtMost(double number) {
    Attributes ds = new Attributes();
    ds.setDouble(Tag.EchoTime, VR.DS, number);
    String text = ds.getString(Tag.EchoTime);
    assertTrue(text.length() <= 16, text);
    assertEquals(number, ds.getDouble(Tag.EchoTime, 99), Math.abs(number) * 1e-8);
  }

  @StandInOnly
  @Test
  void numbersThatNoDecimalStringHoldsAreRefused() {
    Attributes ds = new Attributes();
    assertThrows(
        IllegalArgumentException.class, () -> ds.setDouble(Tag.EchoTime, VR.DS, Double.NaN));
  }

  @StandInOnly
  @Test
  void elementsStandInTheOrderOfUnsignedTags() {
    Attributes ds = new Attributes();
    ds.setBytes(Tag.PixelData, VR.OW, new byte[2]);
    ds.setString(0xfffcfffc, VR.LO, "x");
    ds.setString(Tag.Modality, VR.CS, "MR");
    assertArrayEquals(new int[] {Tag.Modality, Tag.PixelData, 0xfffcfffc}, ds.tags());
  }

  @Test
  void itemsBelongToOneSequence() {
    Attributes ds = new Attributes();
    Attributes item = new Attributes();
    Sequence items = ds.newSequence(Tag.ReferencedImageSequence, 1);
    items.add(item);
    assertSame(ds, item.getParent());
    assertThrows(
        IllegalArgumentException.class, () -> new Attributes().newSequence(1, 1).add(item));
    items.remove(0);
    assertNull(item.getParent());
    new Attributes().newSequence(Tag.ReferencedImageSequence, 1).add(item);
  }

  @Test
  void equalityLooksAtMeaningNotAtPaddingOrByteOrder() {
    Attributes little = new Attributes();
    little.setInt(Tag.Rows, VR.US, 258);
    little.setString(Tag.Modality, VR.CS, "MR");
    Attributes big = new Attributes(true);
    big.setInt(Tag.Rows, VR.US, 258);
    big.setBytes(Tag.Modality, VR.CS, "MR  ".getBytes(StandardCharsets.US_ASCII));
    assertEquals(little, big);
    big.setInt(Tag.Rows, VR.US, 513);
    assertFalse(little.equals(big));
  }

  @Test
  void selectionsCopyAndLeaveOut() throws IOException {
    Attributes ds = new Attributes();
    ds.setString(Tag.Modality, VR.CS, "MR");
    ds.setInt(Tag.Rows, VR.US, 2);
    ds.setBytes(Tag.PixelData, VR.OW, new byte[] {1, 2});
    assertArrayEquals(new int[] {Tag.Rows}, new Attributes(ds, Tag.Rows).tags());
    Attributes rest = new Attributes();
    rest.addNotSelected(ds, Tag.Rows, Tag.PixelData);
    assertArrayEquals(new int[] {Tag.Modality}, rest.tags());
    Attributes big = new Attributes(ds, true);
    assertArrayEquals(new byte[] {2, 1}, big.getBytes(Tag.PixelData));
    assertEquals(2, big.getInt(Tag.Rows, 0));
  }

  @Test
  void codesBecomeItemsAndCodesAgain() {
    Code code = new Code("126396", "DCM", null, "Magnetic Susceptibility");
    assertEquals(code, new Code(code.toItem()));
    Attributes item = code.toItem();
    assertEquals("126396", item.getString(Tag.CodeValue));
    assertEquals("DCM", item.getString(Tag.CodingSchemeDesignator));
    assertFalse(item.contains(Tag.CodingSchemeVersion));
  }

  @Test
  void theDictionaryKnowsStandardRepeatingAndPrivateElements() {
    assertEquals(VR.DS, ElementDictionary.vrOf(Tag.EchoTime, null));
    assertEquals(VR.SQ, ElementDictionary.vrOf(Tag.PerFrameFunctionalGroupsSequence, null));
    assertEquals(VR.OW, ElementDictionary.vrOf(Tag.PixelData, null));
    assertEquals(VR.US, ElementDictionary.vrOf(0x60020010, null));
    assertEquals(VR.UL, ElementDictionary.vrOf(0x00080000, null));
    assertEquals(VR.LO, ElementDictionary.vrOf(0x00190010, null));
    assertEquals(VR.UN, ElementDictionary.vrOf(0x00191001, "ACME 1.0"));
    assertEquals("EchoTime", ElementDictionary.keywordOf(Tag.EchoTime, null));
    assertEquals(Tag.EchoTime, ElementDictionary.tagForKeyword("EchoTime", null));
  }
}
