package org.qsmnode.camel;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.SSLManagerFactory;
import org.dcm4che3.net.pdu.UserIdentityRQ;
import org.jspecify.annotations.Nullable;

/**
 * TLS and user identity of an endpoint (PS3.15 annex B, PS3.7 D.3.3.7).
 *
 * @param tls keys and trusted certificates; null: plain TCP
 * @param user sent by a producer; null: none
 * @param acceptedUsers required of requestors by a consumer; null: identities are ignored
 */
public record DicomSecurity(
    @Nullable Tls tls, @Nullable User user, @Nullable AcceptedUsers acceptedUsers) {

  /** Plain TCP without identities. */
  public static final DicomSecurity NONE = new DicomSecurity(null, null, null);

  /** Profile "BCP 195 RFC 8996, 9325": TLS 1.3, and TLS 1.2 with forward secrecy and AEAD. */
  private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  private static final List<String> CIPHER_SUITES =
      List.of(
          "TLS_AES_256_GCM_SHA384",
          "TLS_AES_128_GCM_SHA256",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  /**
   * Key material in PKCS #12 files.
   *
   * @param keyStore own key and certificate
   * @param keyStorePassword of the file and of the key in it
   * @param trustStore certificates that peers' certificates must lead to
   * @param needClientAuth whether a consumer asks requestors for a certificate
   * @param checkHostName whether a producer wants the peer's certificate to name its host
   */
  public record Tls(
      Path keyStore,
      String keyStorePassword,
      Path trustStore,
      String trustStorePassword,
      boolean needClientAuth,
      boolean checkHostName) {

    @Override
    public String toString() {
      return "Tls[keyStore=" + keyStore + ", trustStore=" + trustStore + "]";
    }
  }

  /**
   * An identity that a producer sends.
   *
   * @param passcode null: the name alone
   * @param responseRequired whether a peer that does not confirm the identity is an error
   */
  public record User(String name, @Nullable String passcode, boolean responseRequired) {

    UserIdentityRQ request() {
      return passcode == null
          ? UserIdentityRQ.username(name, responseRequired)
          : UserIdentityRQ.usernamePasscode(name, passcode.toCharArray(), responseRequired);
    }

    @Override
    public String toString() {
      return "User";
    }
  }

  /** Gives a device its keys; fails where a file cannot be read. */
  void equip(Device device) throws IOException, GeneralSecurityException {
    if (tls == null) {
      return;
    }
    char[] keyPassword = tls.keyStorePassword().toCharArray();
    KeyStore keys = load(tls.keyStore(), keyPassword);
    device.setKeyManager(SSLManagerFactory.createKeyManager(keys, keyPassword));
    device.setTrustManager(
        SSLManagerFactory.createTrustManager(
            load(tls.trustStore(), tls.trustStorePassword().toCharArray())));
  }

  private static KeyStore load(Path file, char[] password)
      throws IOException, GeneralSecurityException {
    return SSLManagerFactory.loadKeyStore("PKCS12", file.toUri().toString(), password);
  }

  /** Secures a connection, own or remote. */
  void secure(Connection connection) {
    if (tls == null) {
      return;
    }
    connection.setTlsProtocols(PROTOCOLS.toArray(String[]::new));
    connection.setTlsCipherSuites(CIPHER_SUITES.toArray(String[]::new));
    connection.setTlsNeedClientAuth(tls.needClientAuth());
    if (tls.checkHostName()) {
      connection.setTlsEndpointIdentificationAlgorithm(
          Connection.EndpointIdentificationAlgorithm.HTTPS);
    }
  }
}
