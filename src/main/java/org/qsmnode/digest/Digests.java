package org.qsmnode.digest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/** SHA-256, as 64 lower-case hexadecimal digits. */
public final class Digests {

  private Digests() {}

  /** A new digest that has seen nothing. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  /** Digest of a text in UTF-8, as 32 bytes. */
  public static byte[] bytesOf(String text) {
    return sha256().digest(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Digest of a text in UTF-8. */
  public static String of(String text) {
    return HexFormat.of().formatHex(bytesOf(text));
  }

  /** Digest of bytes. */
  public static String of(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  /** Digest of a whole file. */
  public static String ofFile(Path file) throws IOException {
    MessageDigest sha256 = sha256();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sha256.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  /** Whether a file is there and has this digest. */
  public static boolean matches(Path file, String digest) throws IOException {
    return Files.isRegularFile(file) && ofFile(file).equals(digest);
  }

  /** Digest of a set of UIDs, the same for every order of the collection. */
  public static String ofUids(Collection<String> uids) {
    return of(String.join("\n", uids.stream().sorted().distinct().toList()));
  }
}
