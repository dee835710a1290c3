package org.dcm4che3.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secure transport connections (PS3.15 Annex B). */
@Timeout(30)
class TlsTest {

  private static final String[] SUITES = {
    "TLS_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"
  };

  private static final int TWO_ALERTS = 14;

  @TempDir static Path folder;
  private static TestKeys keys;
  private Node scp;
  private Node scu;

  @BeforeAll
  static void makeKeys() throws Exception {
    keys = new TestKeys(folder, "server", "client", "stranger");
  }

  @BeforeEach
  void makeNodes() throws Exception {
    scp = new Node();
    scu = new Node();
    secure(scp, "server", "client");
    secure(scu, "client", "server");
  }

  @AfterEach
  void closeNodes() throws Exception {
    scu.close();
    scp.close();
  }

  private static KeyStore load(Path store) throws Exception {
    return SSLManagerFactory.loadKeyStore(
        "PKCS12", store.toUri().toString(), TestKeys.PASSWORD.toCharArray());
  }

  private static void secure(Node node, String own, String trusted) throws Exception {
    node.device.setKeyManager(
        SSLManagerFactory.createKeyManager(
            load(keys.keyStore(own)), TestKeys.PASSWORD.toCharArray()));
    node.device.setTrustManager(
        SSLManagerFactory.createTrustManager(load(keys.trustStore(trusted))));
    node.connection.setTlsProtocols("TLSv1.3", "TLSv1.2");
    node.connection.setTlsCipherSuites(SUITES);
    node.connection.setRequestTimeout(2000);
    node.connection.setAcceptTimeout(3000);
  }

  private Association open(String... protocols) throws Exception {
    Connection remote = new Connection("remote", "127.0.0.1", scp.port());
    remote.setTlsProtocols(protocols);
    remote.setTlsCipherSuites(SUITES);
    scu.connection.setTlsProtocols(protocols);
    AAssociateRQ rq = new AAssociateRQ();
    rq.setCalledAET(Node.AET);
    rq.addPresentationContextFor(UID.Verification, UID.ImplicitVRLittleEndian);
    return scu.ae.connect(remote, rq);
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2", "TLSv1.3"})
  void anEchoGoesOverEachVersion(String protocol) throws Exception {
    scp.start();
    Association as = open(protocol);
    SSLSocket socket = (SSLSocket) as.getSocket();
    assertEquals(protocol, socket.getSession().getProtocol());
    assertEquals("CN=server", socket.getSession().getPeerPrincipal().getName());
    DimseRSP rsp = as.cecho();
    assertTrue(rsp.next());
    assertEquals(Status.Success, rsp.getCommand().getInt(Tag.Status, -1));
    SSLSocket there = (SSLSocket) scp.device.listOpenAssociations()[0].getSocket();
    assertEquals("CN=client", there.getSession().getPeerPrincipal().getName());
    as.release();
    as.waitForSocketClose();
  }

  @Test
  void aServerThatIsNotTrustedIsLeft() throws Exception {
    secure(scp, "stranger", "client");
    scp.start();
    assertThrows(IOException.class, () -> open("TLSv1.3"));
  }

  @Test
  void aClientThatIsNotTrustedGetsNoAssociation() throws Exception {
    secure(scu, "stranger", "server");
    scp.start();
    assertThrows(IOException.class, () -> open("TLSv1.2"));
    assertThrows(IOException.class, () -> open("TLSv1.3"));
    assertEquals(0, scp.device.getNumberOfOpenAssociations());
  }

  @Test
  void aCertificateForAnotherHostIsRefusedWhereNamesAreChecked() throws Exception {
    scp.start();
    scu.connection.setTlsEndpointIdentificationAlgorithm(
        Connection.EndpointIdentificationAlgorithm.HTTPS);
    open("TLSv1.3").release();
    Connection remote = new Connection("remote", "localhost", scp.port());
    remote.setTlsCipherSuites(SUITES);
    remote.setTlsProtocols("TLSv1.3");
    assertThrows(IOException.class, () -> scu.connection.connect(remote).close());
  }

  @Test
  void aClientWithoutTlsOrWithoutAWordIsDropped() throws Exception {
    scp.start();
    try (Peer peer = Peer.connect(scp.port())) {
      peer.send(GoldenPdus.ASSOCIATE_RQ);
      peer.socket().getInputStream().readAllBytes();
    } catch (SocketException reset) {
      // dropped with octets of ours unread
    }
    long start = System.nanoTime();
    try (Peer peer = Peer.connect(scp.port())) {
      assertTrue(peer.socket().getInputStream().readAllBytes().length <= TWO_ALERTS);
    }
    long millis = (System.nanoTime() - start) / 1_000_000;
    assertTrue(millis >= 1500 && millis < 4500, () -> "dropped after " + millis + " ms");
  }

  @Test
  void plainAndSecureConnectionsAreNotCompatible() {
    Connection plain = new Connection("plain", "127.0.0.1", 104);
    assertTrue(!scu.connection.isCompatible(plain) && !plain.isCompatible(scu.connection));
    Connection other = new Connection("other", "127.0.0.1", 2762);
    other.setTlsCipherSuites("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
    assertTrue(!scu.connection.isCompatible(other));
    other.setTlsCipherSuites(SUITES);
    assertTrue(scu.connection.isCompatible(other));
  }

  private List<String> tls(String own, String trusted, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "+tls",
                keys.keyPem(own).toString(),
                keys.certificatePem(own).toString(),
                "+cf",
                keys.certificatePem(trusted).toString()));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private int echoscu(String own) throws Exception {
    return Dcmtk.run(
        folder,
        "echoscu",
        tls(own, "server", "-aec", Node.AET, "127.0.0.1", "" + scp.port()).toArray(String[]::new));
  }

  @Test
  void echoscuComesInWithATrustedCertificateOnly() throws Exception {
    scp.start();
    assertEquals(0, echoscu("client"), () -> log("echoscu"));
    assertTrue(echoscu("stranger") != 0);
  }

  private static String log(String name) {
    try {
      return Dcmtk.log(folder, name);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void storescpIsReachedSecurely() throws Exception {
    int port = Node.freePort();
    Process storescp =
        Dcmtk.start(
            folder, "storescp", tls("server", "client", "-od", folder.toString(), "" + port));
    try {
      Connection remote = new Connection("remote", "127.0.0.1", port);
      remote.setTlsProtocols("TLSv1.3", "TLSv1.2");
      remote.setTlsCipherSuites(SUITES);
      AAssociateRQ rq = new AAssociateRQ();
      rq.setCalledAET("ANY");
      rq.addPresentationContextFor(UID.Verification, UID.ImplicitVRLittleEndian);
      Association[] open = new Association[1];
      Node.eventually(
          "storescp listens",
          () -> {
            try {
              open[0] = scu.ae.connect(remote, rq);
              return true;
            } catch (ConnectException e) {
              return false;
            }
          });
      DimseRSP rsp = open[0].cecho();
      assertTrue(rsp.next());
      assertEquals(Status.Success, rsp.getCommand().getInt(Tag.Status, -1));
      open[0].release();
      open[0].waitForSocketClose();
    } finally {
      Dcmtk.stop(storescp);
    }
  }
}
