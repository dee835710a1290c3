package org.dcm4che3.util;

/** Reads and writes numbers in byte arrays, in either byte order. */
public class ByteUtils {
  public static final byte[] EMPTY_BYTES = {};
  public static final long[] EMPTY_LONGS = {};
  public static final double[] EMPTY_DOUBLES = {};

  private ByteUtils() {}

  public static int bytesToUShort(byte[] bytes, int off, boolean bigEndian) {
    return bigEndian ? bytesToUShortBE(bytes, off) : bytesToUShortLE(bytes, off);
  }

  public static int bytesToUShortBE(byte[] bytes, int off) {
    return ((bytes[off] & 0xff) << 8) | (bytes[off + 1] & 0xff);
  }

  public static int bytesToUShortLE(byte[] bytes, int off) {
    return ((bytes[off + 1] & 0xff) << 8) | (bytes[off] & 0xff);
  }

  public static int bytesToShort(byte[] bytes, int off, boolean bigEndian) {
    return (short) bytesToUShort(bytes, off, bigEndian);
  }

  public static int bytesToInt(byte[] bytes, int off, boolean bigEndian) {
    return bigEndian ? bytesToIntBE(bytes, off) : bytesToIntLE(bytes, off);
  }

  public static int bytesToIntBE(byte[] bytes, int off) {
    return (bytesToUShortBE(bytes, off) << 16) | bytesToUShortBE(bytes, off + 2);
  }

  public static int bytesToIntLE(byte[] bytes, int off) {
    return bytesToUShortLE(bytes, off) | (bytesToUShortLE(bytes, off + 2) << 16);
  }

  public static int bytesToTag(byte[] bytes, int off, boolean bigEndian) {
    return (bytesToUShort(bytes, off, bigEndian) << 16) | bytesToUShort(bytes, off + 2, bigEndian);
  }

  public static float bytesToFloat(byte[] bytes, int off, boolean bigEndian) {
    return Float.intBitsToFloat(bytesToInt(bytes, off, bigEndian));
  }

  public static long bytesToLong(byte[] bytes, int off, boolean bigEndian) {
    long first = bytesToInt(bytes, off, bigEndian);
    long second = bytesToInt(bytes, off + 4, bigEndian);
    return bigEndian
        ? (first << 32) | (second & 0xffffffffL)
        : (second << 32) | (first & 0xffffffffL);
  }

  public static double bytesToDouble(byte[] bytes, int off, boolean bigEndian) {
    return Double.longBitsToDouble(bytesToLong(bytes, off, bigEndian));
  }

  public static byte[] shortToBytes(int i, byte[] bytes, int off, boolean bigEndian) {
    return bigEndian ? shortToBytesBE(i, bytes, off) : shortToBytesLE(i, bytes, off);
  }

  public static byte[] shortToBytesBE(int i, byte[] bytes, int off) {
    bytes[off] = (byte) (i >> 8);
    bytes[off + 1] = (byte) i;
    return bytes;
  }

  public static byte[] shortToBytesLE(int i, byte[] bytes, int off) {
    bytes[off] = (byte) i;
    bytes[off + 1] = (byte) (i >> 8);
    return bytes;
  }

  public static byte[] intToBytes(int i, byte[] bytes, int off, boolean bigEndian) {
    return bigEndian ? intToBytesBE(i, bytes, off) : intToBytesLE(i, bytes, off);
  }

  public static byte[] intToBytesBE(int i, byte[] bytes, int off) {
    shortToBytesBE(i >> 16, bytes, off);
    return shortToBytesBE(i, bytes, off + 2);
  }

  public static byte[] intToBytesLE(int i, byte[] bytes, int off) {
    shortToBytesLE(i, bytes, off);
    return shortToBytesLE(i >> 16, bytes, off + 2);
  }

  public static byte[] tagToBytes(int i, byte[] bytes, int off, boolean bigEndian) {
    shortToBytes(i >> 16, bytes, off, bigEndian);
    return shortToBytes(i, bytes, off + 2, bigEndian);
  }

  public static byte[] floatToBytes(float f, byte[] bytes, int off, boolean bigEndian) {
    return intToBytes(Float.floatToRawIntBits(f), bytes, off, bigEndian);
  }

  public static byte[] longToBytes(long l, byte[] bytes, int off, boolean bigEndian) {
    intToBytes((int) (l >> 32), bytes, bigEndian ? off : off + 4, bigEndian);
    return intToBytes((int) l, bytes, bigEndian ? off + 4 : off, bigEndian);
  }

  public static byte[] doubleToBytes(double d, byte[] bytes, int off, boolean bigEndian) {
    return longToBytes(Double.doubleToRawLongBits(d), bytes, off, bigEndian);
  }

  /** Swaps the two bytes of each complete 16-bit word in place. */
  public static byte[] swapShorts(byte[] bytes, int off, int len) {
    return reverseWords(bytes, off, len, 2);
  }

  /** Reverses the bytes of each complete 32-bit word in place. */
  public static byte[] swapInts(byte[] bytes, int off, int len) {
    return reverseWords(bytes, off, len, 4);
  }

  /** Reverses the bytes of each complete 64-bit word in place. */
  public static byte[] swapLongs(byte[] bytes, int off, int len) {
    return reverseWords(bytes, off, len, 8);
  }

  private static byte[] reverseWords(byte[] bytes, int off, int len, int word) {
    int end = off + len - len % word;
    for (int start = off; start < end; start += word) {
      for (int i = start, j = start + word - 1; i < j; i++, j--) {
        byte b = bytes[i];
        bytes[i] = bytes[j];
        bytes[j] = b;
      }
    }
    return bytes;
  }
}
