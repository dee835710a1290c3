package org.qsmnode.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Dcmtk;
import org.dcm4che3.net.TestKeys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.store.QueryLevel;

@Timeout(30)
class DicomSecurityTest {

  @TempDir static Path keyFolder;
  private static TestKeys keys;
  @TempDir Path folder;
  private final TestNode node = new TestNode();
  private final List<DicomEvent> events = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void makeKeys() throws Exception {
    keys = new TestKeys(keyFolder, "node", "peer");
  }

  @AfterEach
  void stop() throws Exception {
    node.close();
  }

  private static DicomSecurity.Tls tls(String own, String trusted) {
    return new DicomSecurity.Tls(
        keys.keyStore(own),
        TestKeys.PASSWORD,
        keys.trustStore(trusted),
        TestKeys.PASSWORD,
        true,
        true);
  }

  private void start(DicomSecurity security) throws Exception {
    node.with("security", security)
        .with("services", new ConsumerServices(null, null, null, events::add))
        .start(Files.createDirectories(folder.resolve("spool")));
  }

  private DicomScu scu(DicomSecurity security) {
    DicomConfiguration options = node.options();
    options.setSecurity(security);
    options.setAssociateTimeout(3000);
    return new DicomScu(options, node.executor, node.timers);
  }

  @Test
  void objectsGoOverTlsBetweenPeersThatTrustEachOther() throws Exception {
    start(new DicomSecurity(tls("node", "peer"), null, null));
    Path file =
        MrImage.write(MrImage.of("1.2.3.1"), UID.ExplicitVRLittleEndian, folder.resolve("1.dcm"));
    DicomScu trusted = scu(new DicomSecurity(tls("peer", "node"), null, null));
    assertTrue(trusted.store(List.of(file), n -> {}).complete());
    assertEquals(List.of("1.2.3.1"), List.copyOf(node.received));
    assertThrows(
        DicomSendException.class,
        () -> scu(new DicomSecurity(tls("node", "node"), null, null)).echo());
    assertThrows(DicomSendException.class, () -> scu(DicomSecurity.NONE).echo());
    Awaitility.await().until(() -> events.size() == 2);
    for (DicomEvent event : events) {
      assertEquals(new DicomEvent.Caller("", "127.0.0.1"), event.caller());
      assertTrue(event.toString().contains("TLS connection failed"), event::toString);
    }
  }

  @Test
  void storescuDeliversOverTlsAndNotWithoutIt() throws Exception {
    start(new DicomSecurity(tls("node", "peer"), null, null));
    Path file =
        MrImage.write(MrImage.of("1.2.3.1"), UID.ExplicitVRLittleEndian, folder.resolve("1.dcm"));
    List<String> plain = List.of("-aec", "NODE", "127.0.0.1", "" + node.port(), file.toString());
    List<String> secure =
        new ArrayList<>(
            List.of(
                "+tls",
                keys.keyPem("peer").toString(),
                keys.certificatePem("peer").toString(),
                "+cf",
                keys.certificatePem("node").toString()));
    secure.addAll(plain);
    assertTrue(Dcmtk.run(folder, "storescu", plain.toArray(String[]::new)) != 0);
    assertEquals(0, Dcmtk.run(folder, "storescu", secure.toArray(String[]::new)));
    assertEquals(List.of("1.2.3.1"), List.copyOf(node.received));
  }

  @Test
  void aKeyStoreThatCannotBeReadIsAnErrorOfTheStart() {
    DicomSecurity.Tls lost =
        new DicomSecurity.Tls(
            folder.resolve("lost.p12"), "", keys.trustStore("peer"), "", true, true);
    assertThrows(Exception.class, () -> start(new DicomSecurity(lost, null, null)));
    assertFalse(tls("node", "peer").toString().contains(TestKeys.PASSWORD));
  }

  private static DicomSecurity user(
      String name, @Nullable String passcode, boolean responseRequired) {
    return new DicomSecurity(null, new DicomSecurity.User(name, passcode, responseRequired), null);
  }

  @Test
  void onlyUsersThatAreNamedGetAnAssociation() throws Exception {
    start(
        new DicomSecurity(
            null, null, new AcceptedUsers(Map.of("reader", "secret", "anybody", ""))));
    scu(user("reader", "secret", true)).echo();
    scu(user("anybody", null, true)).echo();
    for (DicomSecurity wrong :
        List.of(
            user("reader", "other", true),
            user("reader", null, false),
            user("nobody", "secret", false),
            DicomSecurity.NONE)) {
      DicomSendException e = assertThrows(DicomSendException.class, () -> scu(wrong).echo());
      assertTrue(e.toString().contains("result 1, source 1, reason 1"), e::toString);
      assertFalse(e.toString().contains("reader"));
    }
    Awaitility.await().until(() -> events.size() == 4);
    assertEquals(
        new DicomEvent.Refused(
            new DicomEvent.Caller("TESTSCU", "127.0.0.1"),
            "association rejected: result 1, source 1, reason 1"),
        events.get(0));
  }

  @Test
  void aPeerThatCallsBackFromItsAddressStoresWithoutAUserAndDoesNothingElse() throws Exception {
    AcceptedUsers users = new AcceptedUsers(Map.of("reader", "secret"));
    start(
        new DicomSecurity(
            null,
            null,
            users.exempting(
                List.of(
                    new PeerAddress("TESTSCU", "localhost", 104),
                    new PeerAddress("ELSEWHERE", "192.0.2.1", 104),
                    new PeerAddress("NOWHERE", "no-such-host.invalid", 104)))));
    Path file =
        MrImage.write(MrImage.of("1.2.3.1.1"), UID.ExplicitVRLittleEndian, folder.resolve("1.dcm"));
    assertTrue(scu(DicomSecurity.NONE).store(List.of(file), done -> {}).complete());
    assertRejected(() -> scu(user("reader", "other", false)).echo());
    QueryScu query = new QueryScu(node.options(), node.executor, node.timers);
    assertRejected(() -> query.find(QueryLevel.STUDY, new Attributes(), 1));
    for (String title : List.of("ELSEWHERE", "NOWHERE", "STRANGER")) {
      DicomConfiguration options = node.options();
      options.setCallingAeTitle(title);
      assertRejected(() -> new DicomScu(options, node.executor, node.timers).echo());
    }
  }

  private static void assertRejected(Executable call) {
    DicomSendException e = assertThrows(DicomSendException.class, call);
    assertTrue(e.toString().contains("result 1, source 1, reason 1"), e::toString);
  }

  @Test
  void aPeerThatDoesNotConfirmTheUserIsLeftWhereThatIsRequired() throws Exception {
    start(DicomSecurity.NONE);
    scu(user("reader", "secret", false)).echo();
    assertThrows(DicomSendException.class, () -> scu(user("reader", "secret", true)).echo());
  }
}
