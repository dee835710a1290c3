package org.dcm4che3.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.security.UnrecoverableKeyException;
import java.security.cert.CertificateException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Makes the managers of own keys and trusted certificates from key stores. */
public abstract class SSLManagerFactory {

  public SSLManagerFactory() {}

  /**
   * Loads a key store.
   *
   * @param type for example PKCS12
   * @param url where it lies, for example a file URL
   */
  public static KeyStore loadKeyStore(String type, String url, char[] password)
      throws IOException, KeyStoreException, NoSuchAlgorithmException, CertificateException {
    KeyStore store = KeyStore.getInstance(type);
    try (InputStream in = URI.create(url).toURL().openStream()) {
      store.load(in, password);
    }
    return store;
  }

  public static KeyManager createKeyManager(KeyStore store, char[] password)
      throws UnrecoverableKeyException, KeyStoreException {
    try {
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, password);
      return factory.getKeyManagers()[0];
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  public static TrustManager createTrustManager(KeyStore store) throws KeyStoreException {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers()[0];
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
