package org.qsmnode.route;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.qsmnode.camel.DicomSecurity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends audit messages as syslog over TLS, each with its length in front (RFC 5425). While the
 * repository is not reached the newest {@value #MOST_WAITING} wait for it.
 */
final class SyslogTls implements AuditSink {

  private static final Logger LOG = LoggerFactory.getLogger(SyslogTls.class);
  private static final int MOST_WAITING = 10_000;
  private static final Duration AGAIN = Duration.ofSeconds(5);
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final int CLOSE_MILLIS = 2_000;
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final String host;
  private final int port;
  private final DicomSecurity.Tls keys;
  private final BlockingDeque<byte[]> waiting = new LinkedBlockingDeque<>(MOST_WAITING);
  private final Thread sender = new Thread(this::send, "AuditSyslog");
  private volatile boolean closing;

  SyslogTls(String host, int port, DicomSecurity.Tls keys) {
    this.host = host;
    this.port = port;
    this.keys = keys;
    sender.setDaemon(true);
    sender.start();
  }

  @Override
  public void write(Instant at, String xml) throws IOException {
    byte[] message = SyslogMessage.of(at, xml);
    while (!waiting.offer(message)) {
      if (waiting.poll() != null) {
        LOG.error("an audit message was not forwarded: too many wait for the repository");
      }
    }
  }

  private void send() {
    while (!closing || !waiting.isEmpty()) {
      try (SSLSocket socket = connect()) {
        OutputStream out = socket.getOutputStream();
        while (!closing || !waiting.isEmpty()) {
          byte[] message = waiting.poll(100, TimeUnit.MILLISECONDS);
          if (message != null) {
            sendOrKeep(out, message);
          }
        }
      } catch (IOException | GeneralSecurityException e) {
        LOG.warn("the audit repository is not reached: {}", e.getMessage());
        if (!pause()) {
          return;
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void sendOrKeep(OutputStream out, byte[] message) throws IOException {
    try {
      out.write((message.length + " ").getBytes(StandardCharsets.US_ASCII));
      out.write(message);
      out.flush();
    } catch (IOException e) {
      if (!waiting.offerFirst(message)) {
        LOG.error("an audit message was not forwarded: too many wait for the repository");
      }
      throw e;
    }
  }

  private boolean pause() {
    try {
      Thread.sleep(AGAIN.toMillis());
      return !closing;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private SSLSocket connect() throws IOException, GeneralSecurityException {
    Socket transport = new Socket();
    try {
      transport.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
      transport.setSoTimeout(TIMEOUT_MILLIS);
      SSLSocket socket =
          (SSLSocket) context().getSocketFactory().createSocket(transport, host, port, true);
      socket.setEnabledProtocols(PROTOCOLS);
      if (keys.checkHostName()) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
      }
      socket.startHandshake();
      return socket;
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      transport.close();
      throw e;
    }
  }

  private SSLContext context() throws IOException, GeneralSecurityException {
    char[] password = keys.keyStorePassword().toCharArray();
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(load(keys.keyStore(), password), password);
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(load(keys.trustStore(), keys.trustStorePassword().toCharArray()));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }

  private static KeyStore load(Path file, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password);
    }
    return store;
  }

  /** Sends what waits, for two seconds at most. */
  @Override
  public void close() {
    closing = true;
    try {
      sender.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sender.interrupt();
    if (!waiting.isEmpty()) {
      LOG.error("{} audit messages were not forwarded", waiting.size());
    }
  }
}
