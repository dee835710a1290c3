package org.dcm4che3.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Fresh keys with self-signed certificates, as PKCS #12 and PEM files in one folder. */
public final class TestKeys {

  public static final String PASSWORD = "changeit";

  private final Path folder;

  /** Makes keys of these names for the host 127.0.0.1. */
  public TestKeys(Path folder, String... names) throws Exception {
    this.folder = folder;
    List<Process> processes = new ArrayList<>();
    for (String name : names) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-J-XX:TieredStopAtLevel=1",
                  "-genkeypair",
                  "-alias",
                  name,
                  "-keyalg",
                  "EC",
                  "-groupname",
                  "secp256r1",
                  "-dname",
                  "CN=" + name,
                  "-ext",
                  "san=ip:127.0.0.1",
                  "-validity",
                  "2",
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  keyStore(name).toString(),
                  "-storepass",
                  PASSWORD)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve(name + ".keytool.log").toFile())
              .start());
    }
    for (Process process : processes) {
      assertEquals(0, process.waitFor(), "keytool");
    }
    for (String name : names) {
      writeParts(name);
    }
  }

  private void writeParts(String name) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keyStore(name))) {
      keys.load(in, PASSWORD.toCharArray());
    }
    Key key = keys.getKey(name, PASSWORD.toCharArray());
    Certificate certificate = keys.getCertificate(name);
    pem(keyPem(name), "PRIVATE KEY", key.getEncoded());
    pem(certificatePem(name), "CERTIFICATE", certificate.getEncoded());
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry(name, certificate);
    try (OutputStream out = Files.newOutputStream(trustStore(name))) {
      trust.store(out, PASSWORD.toCharArray());
    }
  }

  private static void pem(Path file, String label, byte[] der) throws Exception {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    Files.writeString(
        file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, body, label));
  }

  /** Key and certificate of a name. */
  public Path keyStore(String name) {
    return folder.resolve(name + ".p12");
  }

  /** The certificate of a name alone. */
  public Path trustStore(String name) {
    return folder.resolve(name + ".trust.p12");
  }

  public Path keyPem(String name) {
    return folder.resolve(name + ".key.pem");
  }

  public Path certificatePem(String name) {
    return folder.resolve(name + ".pem");
  }
}
