package org.dcm4che3.util;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.dcm4che3.data.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags, UIDs, numbers and streams. */
class UtilitiesTest {

  @Test
  void aTagHasAGroupAndAnElement() {
    assertEquals("(7FE0,0010)", TagUtils.toString(Tag.PixelData));
    assertEquals("7FE00010", TagUtils.toHexString(Tag.PixelData));
    assertEquals(0x7fe0, TagUtils.groupNumber(Tag.PixelData));
    assertEquals(0x0010, TagUtils.elementNumber(Tag.PixelData));
    assertEquals(0xfffee0dd, TagUtils.toTag(0xfffe, 0xe0dd));
  }

  @Test
  void privateTagsLieInTheBlockOfTheirCreator() {
    assertEquals(0x00191408, TagUtils.toPrivateTag(0x00190014, 0x00191008));
    assertTrue(TagUtils.isPrivateCreator(0x001900ff));
    assertFalse(TagUtils.isPrivateCreator(0x00191000));
    assertFalse(TagUtils.isPrivateCreator(0x00180010));
    assertTrue(TagUtils.isPrivateTag(0x00191000));
    assertTrue(TagUtils.isPrivateGroup(0x00190000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.840.10008.1.2", "2.25.0", "0.0"})
  void aUidHasDotsAndNumbers(String uid) {
    assertTrue(UIDUtils.isValid(uid));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.",
        "1..2",
        "1.02",
        "3.1",
        "1.2a",
        "1.2.3456789012345678901234567890123456789012345678901234567890123"
      })
  void otherTextsAreNoUids(String text) {
    assertFalse(UIDUtils.isValid(text));
  }

  @Test
  void newUidsDifferAndNamedOnesDoNot() {
    String uid = UIDUtils.createUID();
    assertTrue(UIDUtils.isValid(uid) && uid.startsWith(UIDUtils.getRoot() + "."), uid);
    assertNotEquals(uid, UIDUtils.createUID());
    assertTrue(UIDUtils.createUID("1.2.3").startsWith("1.2.3."));
    byte[] name = {1, 2, 3};
    assertEquals(UIDUtils.createNameBasedUID(name), UIDUtils.createNameBasedUID(name));
    assertNotEquals(
        UIDUtils.createNameBasedUID(name), UIDUtils.createNameBasedUID(new byte[] {1, 2, 4}));
  }

  @Test
  void numbersHaveTwoByteOrders() {
    byte[] bytes = new byte[8];
    assertArrayEquals(
        new byte[] {0, 0, 0, 0, 1, 2, 3, 4}, ByteUtils.intToBytesBE(0x01020304, bytes, 4));
    assertEquals(0x04030201, ByteUtils.bytesToIntLE(bytes, 4));
    ByteUtils.doubleToBytes(-4.92, bytes, 0, true);
    assertEquals(-4.92, ByteUtils.bytesToDouble(bytes, 0, true));
    ByteUtils.swapLongs(bytes, 0, 8);
    assertEquals(-4.92, ByteUtils.bytesToDouble(bytes, 0, false));
    ByteUtils.tagToBytes(Tag.PixelData, bytes, 0, false);
    assertEquals(Tag.PixelData, ByteUtils.bytesToTag(bytes, 0, false));
  }

  @Test
  void streamsEndWhereTheyEnd() throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(new byte[] {1, 2, 3, 4, 5});
    StreamUtils.skipFully(in, 2);
    byte[] read = new byte[2];
    StreamUtils.readFully(in, read, 0, 2);
    assertArrayEquals(new byte[] {3, 4}, read);
    assertThrows(EOFException.class, () -> StreamUtils.readFully(in, new byte[2], 0, 2));
    assertThrows(EOFException.class, () -> StreamUtils.skipFully(in, 1));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StreamUtils.copy(new ByteArrayInputStream(new byte[] {1, 2, 3}), out);
    assertArrayEquals(new byte[] {1, 2, 3}, out.toByteArray());
  }
}
