package org.qsmnode.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The built jar says under which licence it is, in the words of the licence. */
class LicenceIT {

  /** Of the text at www.apache.org/licenses/LICENSE-2.0.txt. */
  private static final String APACHE_2_SHA256 =
      "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30";

  @Test
  void theJarHasTheTextOfTheApacheLicence() throws IOException, NoSuchAlgorithmException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(entry("META-INF/LICENSE"));
    assertEquals(APACHE_2_SHA256, HexFormat.of().formatHex(digest));
  }

  @Test
  void theJarHasANoticeOfWhatIsNotItsOwn() throws IOException {
    String notice = new String(entry("META-INF/NOTICE"), StandardCharsets.UTF_8);
    assertTrue(notice.contains("Quartz") && notice.contains("dcm4che"), notice);
  }

  @Test
  void buildAndReadmeNameTheLicence() throws IOException {
    assertTrue(Files.readString(Path.of("pom.xml")).contains("<name>Apache-2.0</name>"));
    assertTrue(Files.readString(Path.of("README.md")).contains("Apache License, Version 2.0"));
  }

  private static byte[] entry(String name) throws IOException {
    try (ZipFile jar = new ZipFile(Path.of("target", "qsm-node.jar").toFile())) {
      ZipEntry entry = jar.getEntry(name);
      assertNotNull(entry, name);
      return jar.getInputStream(entry).readAllBytes();
    }
  }
}
