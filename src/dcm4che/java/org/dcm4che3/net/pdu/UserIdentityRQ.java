package org.dcm4che3.net.pdu;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/** User identity sub-item of an A-ASSOCIATE-RQ (PS3.7 section D.3.3.7.1). */
public class UserIdentityRQ {

  public static final int USERNAME = 1;
  public static final int USERNAME_PASSCODE = 2;
  public static final int KERBEROS = 3;
  public static final int SAML = 4;
  public static final int JWT = 5;

  private final int type;
  private final boolean positiveResponseRequested;
  private final byte[] primaryField;
  private final byte[] secondaryField;

  public UserIdentityRQ(
      int type, boolean positiveResponseRequested, byte[] primaryField, byte[] secondaryField) {
    this.type = type;
    this.positiveResponseRequested = positiveResponseRequested;
    this.primaryField = primaryField.clone();
    this.secondaryField = secondaryField == null ? new byte[0] : secondaryField.clone();
  }

  public UserIdentityRQ(int type, boolean positiveResponseRequested, byte[] primaryField) {
    this(type, positiveResponseRequested, primaryField, null);
  }

  public UserIdentityRQ(String username, char[] passcode) {
    this(USERNAME_PASSCODE, true, bytes(username), bytes(passcode));
  }

  public UserIdentityRQ(String username, boolean positiveResponseRequested) {
    this(USERNAME, positiveResponseRequested, bytes(username));
  }

  public static UserIdentityRQ username(String username, boolean positiveResponseRequested) {
    return new UserIdentityRQ(username, positiveResponseRequested);
  }

  public static UserIdentityRQ usernamePasscode(
      String username, char[] passcode, boolean positiveResponseRequested) {
    return new UserIdentityRQ(
        USERNAME_PASSCODE, positiveResponseRequested, bytes(username), bytes(passcode));
  }

  public static UserIdentityRQ kerberos(byte[] serviceTicket, boolean positiveResponseRequested) {
    return new UserIdentityRQ(KERBEROS, positiveResponseRequested, serviceTicket);
  }

  public static UserIdentityRQ saml(String assertion, boolean positiveResponseRequested) {
    return new UserIdentityRQ(SAML, positiveResponseRequested, bytes(assertion));
  }

  public static UserIdentityRQ jwt(String token, boolean positiveResponseRequested) {
    return new UserIdentityRQ(JWT, positiveResponseRequested, bytes(token));
  }

  public final int getType() {
    return type;
  }

  public final boolean isPositiveResponseRequested() {
    return positiveResponseRequested;
  }

  public final byte[] getPrimaryField() {
    return primaryField.clone();
  }

  public final byte[] getSecondaryField() {
    return secondaryField.clone();
  }

  public final String getUsername() {
    return new String(primaryField, StandardCharsets.UTF_8);
  }

  public final char[] getPasscode() {
    CharBuffer chars = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(secondaryField));
    char[] passcode = new char[chars.remaining()];
    chars.get(passcode);
    return passcode;
  }

  /** Tells the type only: a user's name or passcode never enters a log. */
  @Override
  public String toString() {
    return "UserIdentity[type: "
        + type
        + ", response requested: "
        + positiveResponseRequested
        + "]";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bytes(char[] text) {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(text));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }
}
