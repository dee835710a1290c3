package org.qsmnode.camel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.TestKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.store.QueryLevel;
import org.qsmnode.store.RetrievableInstance;

/** An archive of six objects behind a query/retrieve SCP, and destinations for it. */
abstract class QueryRetrieveSetup {

  static final int OF_EACH_SERIES = 3;

  @TempDir static Path keyFolder;
  static TestKeys keys;
  @TempDir Path folder;
  final TestNode node = new TestNode();
  final TestNode destination = new TestNode();
  final TestNode secure = new TestNode();
  int viewerPort;
  Path objects;
  FolderObjects archive;
  ScriptedScp deaf;
  final List<DicomEvent> events = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void makeKeys() throws Exception {
    keys = new TestKeys(keyFolder, "node", "peer");
  }

  @BeforeEach
  void start() throws Exception {
    objects = Files.createDirectory(folder.resolve("objects"));
    for (String vendor : List.of("siemens", "ge")) {
      try (Stream<Path> files = Files.list(Path.of("test-dicom", vendor))) {
        for (Path file : files.sorted().limit(OF_EACH_SERIES).toList()) {
          Files.copy(file, objects.resolve(vendor + "-" + file.getFileName()));
        }
      }
    }
    archive = new FolderObjects(objects);
    destination.start(Files.createDirectory(folder.resolve("destination")));
    deaf = new ScriptedScp("DEAF", UID.ImplicitVRLittleEndian);
    secure.with("security", new DicomSecurity(tls("peer", "node"), null, null));
    secure.start(Files.createDirectory(folder.resolve("secure")));
    viewerPort = ScriptedScp.freePort();
    Map<String, MoveDestination> destinations =
        Map.of(
            "THERE",
            plain(new PeerAddress("NODE", "127.0.0.1", destination.port())),
            "DEAF",
            plain(deaf.address()),
            "NOBODY",
            plain(new PeerAddress("NODE", "127.0.0.1", ScriptedScp.freePort())),
            "VIEWER",
            new MoveDestination(
                new PeerAddress("VIEWER", "127.0.0.1", viewerPort),
                new DicomSecurity(tls("node", "peer"), null, null)),
            "SECURE",
            new MoveDestination(
                new PeerAddress("NODE", "127.0.0.1", secure.port()),
                new DicomSecurity(tls("node", "peer"), null, null)));
    node.with(
            "services",
            new ConsumerServices(
                new QueryRetrieve(archive, destinations, List.of(UID.MRImageStorage)),
                null,
                null,
                events::add))
        .start(Files.createDirectory(folder.resolve("node")));
  }

  @AfterEach
  void stop() throws Exception {
    node.close();
    destination.close();
    secure.close();
    deaf.close();
  }

  static MoveDestination plain(PeerAddress address) {
    return new MoveDestination(address, DicomSecurity.NONE);
  }

  DicomSecurity.Tls tls(String own, String trusted) {
    return new DicomSecurity.Tls(
        keys.keyStore(own),
        TestKeys.PASSWORD,
        keys.trustStore(trusted),
        TestKeys.PASSWORD,
        true,
        false);
  }

  QueryScu query() {
    return new QueryScu(node.options(), node.executor, node.timers);
  }

  RetrieveScu retrieve() {
    return new RetrieveScu(node.options(), node.executor, node.timers);
  }

  static Attributes keys(int... tags) {
    Attributes keys = new Attributes();
    for (int tag : tags) {
      keys.setNull(tag, org.dcm4che3.data.ElementDictionary.vrOf(tag, null));
    }
    return keys;
  }

  Attributes oneStudy() {
    Attributes keys = new Attributes();
    keys.setString(
        Tag.StudyInstanceUID,
        VR.UI,
        archive.candidates(QueryLevel.STUDY, keys).get(0).getString(Tag.StudyInstanceUID));
    return keys;
  }

  List<String> uidsOf(Attributes keys) throws IOException {
    return archive.instances(QueryLevel.STUDY, keys).stream()
        .map(RetrievableInstance::sopInstanceUid)
        .sorted()
        .toList();
  }
}
