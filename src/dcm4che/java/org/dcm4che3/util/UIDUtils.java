package org.dcm4che3.util;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.regex.Pattern;

/** Creates and checks unique identifiers (PS3.5 section 9 and annex B). */
public class UIDUtils {
  private static final String UUID_ROOT = "2.25";
  private static final Pattern FORM = Pattern.compile("[012](\\.(0|[1-9][0-9]*))+");
  private static final int MAX_LENGTH = 64;

  private static volatile String root = UUID_ROOT;

  private UIDUtils() {}

  public static String getRoot() {
    return root;
  }

  public static void setRoot(String root) {
    checkRoot(root);
    UIDUtils.root = root;
  }

  /** Whether the text has the form of a UID: at most 64 characters, no component with leading 0. */
  public static boolean isValid(String uid) {
    return uid.length() <= MAX_LENGTH && FORM.matcher(uid).matches();
  }

  public static String createUID() {
    return createUID(root);
  }

  /** A new UID below the root, from a random UUID. */
  public static String createUID(String root) {
    checkRoot(root);
    return root + '.' + decimal(UUID.randomUUID());
  }

  public static String createNameBasedUID(byte[] name) {
    return createNameBasedUID(name, root);
  }

  /** The UID below the root that always belongs to this name (a name-based UUID). */
  public static String createNameBasedUID(byte[] name, String root) {
    checkRoot(root);
    return root + '.' + decimal(UUID.nameUUIDFromBytes(name));
  }

  private static void checkRoot(String root) {
    if (root.length() > 24 || !FORM.matcher(root).matches()) {
      throw new IllegalArgumentException("root: not a UID of at most 24 characters");
    }
  }

  private static BigInteger decimal(UUID uuid) {
    ByteBuffer bytes = ByteBuffer.allocate(16);
    bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    return new BigInteger(1, bytes.array());
  }
}
