package org.qsmnode.route;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.qsmnode.camel.DicomSecurity;
import org.qsmnode.pipeline.SettingKey;
import org.qsmnode.pipeline.ValueRange;

/** The keys {@code node.tls.*}: DICOM over TLS, both ways. */
final class TlsKeys {

  private static final KeyList ALL = new KeyList();

  static final SettingKey PORT =
      ALL.add(
          "node.tls.port",
          "TCP port that is listened on with TLS 1.3 and 1.2, besides the plain one; 0: off.",
          new ValueRange.Whole(0, 65535),
          "0");
  static final SettingKey KEY_STORE =
      ALL.add(
          "node.tls.key-store",
          "Own private key and certificate.",
          KeyRanges.any("a PKCS #12 file; empty: no TLS"),
          "");
  static final SettingKey KEY_STORE_PASSWORD =
      ALL.add(
          "node.tls.key-store-password",
          "Password of that file and of the key in it.",
          KeyRanges.any("a text"),
          "");
  static final SettingKey TRUST_STORE =
      ALL.add(
          "node.tls.trust-store",
          "Certificates that the certificates of peers must lead to.",
          KeyRanges.any("a PKCS #12 file; empty: no TLS"),
          "");
  static final SettingKey TRUST_STORE_PASSWORD =
      ALL.add(
          "node.tls.trust-store-password", "Password of that file.", KeyRanges.any("a text"), "");
  static final SettingKey CLIENT_AUTHENTICATION =
      ALL.add(
          "node.tls.client-authentication",
          "Whoever connects with TLS needs a certificate too.",
          KeyRanges.trueOrFalse(),
          "true");
  static final SettingKey CHECK_HOST_NAME =
      ALL.add(
          "node.tls.check-host-name",
          "The certificate of a destination must name its host.",
          KeyRanges.trueOrFalse(),
          "false");

  private TlsKeys() {}

  static List<SettingKey> all() {
    return ALL.all();
  }

  /** Keys and trust, empty where none are set. */
  static Optional<DicomSecurity> security(NodeValues values) {
    String keys = values.text(KEY_STORE);
    String trust = values.text(TRUST_STORE);
    if (keys.isEmpty() != trust.isEmpty()) {
      throw new IllegalArgumentException(
          "node.tls.key-store and node.tls.trust-store are set both or neither");
    }
    if (keys.isEmpty()) {
      if (values.whole(PORT) > 0) {
        throw new IllegalArgumentException("node.tls.port needs node.tls.key-store");
      }
      return Optional.empty();
    }
    return Optional.of(
        new DicomSecurity(
            new DicomSecurity.Tls(
                Path.of(keys),
                values.text(KEY_STORE_PASSWORD),
                Path.of(trust),
                values.text(TRUST_STORE_PASSWORD),
                Boolean.parseBoolean(values.text(CLIENT_AUTHENTICATION)),
                Boolean.parseBoolean(values.text(CHECK_HOST_NAME))),
            null,
            null));
  }
}
