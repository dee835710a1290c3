package org.dcm4che3.util;

import org.dcm4che3.data.ElementDictionary;

/** Arithmetic on attribute tags held as {@code (group << 16) | element}. */
public class TagUtils {
  private TagUtils() {}

  /** The tag as {@code (gggg,eeee)}. */
  public static String toString(int tag) {
    return String.format("(%04X,%04X)", groupNumber(tag), elementNumber(tag));
  }

  /** The tag as eight hexadecimal digits. */
  public static String toHexString(int tag) {
    return String.format("%08X", tag);
  }

  public static int toTag(int groupNumber, int elementNumber) {
    return (groupNumber << 16) | (elementNumber & 0xffff);
  }

  /** The element {@code ee} of the block that the private creator tag reserves (PS3.5 7.8.1). */
  public static int toPrivateTag(int creatorTag, int elementTag) {
    return (creatorTag & 0xffff0000) | ((creatorTag & 0xff) << 8) | (elementTag & 0xff);
  }

  public static int groupNumber(int tag) {
    return tag >>> 16;
  }

  public static int elementNumber(int tag) {
    return tag & 0xffff;
  }

  public static boolean isPrivateGroup(int tag) {
    return (tag & 0x00010000) != 0;
  }

  /** Whether the tag is (gggg,0010-00FF) with an odd group. */
  public static boolean isPrivateCreator(int tag) {
    return isPrivateGroup(tag) && (tag & 0xff00) == 0 && (tag & 0xf0) != 0;
  }

  /** Whether the tag is (gggg,1000-FFFF) with an odd group. */
  public static boolean isPrivateTag(int tag) {
    return isPrivateGroup(tag) && (tag & 0xf000) != 0;
  }

  /** The tag of a DICOM keyword or of eight hexadecimal digits, -1 if it is neither. */
  public static int forName(String name) {
    int tag = ElementDictionary.tagForKeyword(name, null);
    if (tag != -1) {
      return tag;
    }
    try {
      return Integer.parseUnsignedInt(name, 16);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
