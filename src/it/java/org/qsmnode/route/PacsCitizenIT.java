package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.PeerAddress;
import org.qsmnode.camel.ScriptedScp;
import org.qsmnode.simulate.dicom.Vendor;

/** Orthanc commits itself to what it was sent, and DCMTK queries and retrieves results here. */
class PacsCitizenIT {

  private static final Duration LONG = Duration.ofSeconds(240);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void aResultIsDeliveredWhenThePacsHasCommittedAndOthersFindAndFetchIt() throws Exception {
    for (String program : new String[] {"storescu", "findscu", "getscu", "movescu", "Orthanc"}) {
      Peer.require(program);
    }
    List<Path> study = SmallStudy.files(Vendor.PHILIPS_ENHANCED);
    int nodePort = ScriptedScp.freePort();
    int viewerPort = ScriptedScp.freePort();
    Path disk = folder.resolve("disk");
    try (Orthanc orthanc =
        new Orthanc(
            Files.createDirectory(folder.resolve("orthanc")),
            ScriptedScp.freePort(),
            ScriptedScp.freePort(),
            nodePort)) {
      Map<String, String> settings = TestSettings.in(folder);
      settings.put("node.dicom.port", Integer.toString(nodePort));
      settings.put("node.dicom.peers", "VIEWER@127.0.0.1:" + viewerPort);
      settings.put("inversion.method", "tkd");
      TestSettings.destination(
          settings, new PeerAddress("ORTHANC", "127.0.0.1", orthanc.dicomPort()));
      settings.put("node.destination.pacs.commitment", "true");
      settings.put("node.destination.disk.folder", disk.toString());
      try (NodeProcess node = NodeProcess.start(folder, settings)) {
        try (Sender sender = new Sender(node.port())) {
          study.forEach(sender::store);
        }
        Awaitility.await("commitment")
            .atMost(LONG)
            .until(
                () -> node.tail().split(SmallStudy.SLICES + " objects committed", -1).length == 2);
        assertEquals(SmallStudy.SLICES, orthanc.count("instances"));
        Awaitility.await("copies on the disk")
            .atMost(LONG)
            .until(() -> CopiedFiles.in(disk).size() == SmallStudy.SLICES);
        findAndFetch(node.port(), viewerPort);
        assertFalse(node.tail().contains(SmallStudy.SENTINEL), "no patient attribute in the log");
        assertTrue(
            Peer.run(
                    folder.resolve("dcmtk.log"),
                    "echoscu",
                    "-aec",
                    "WRONG",
                    "127.0.0.1",
                    node.port())
                != 0,
            "another AE title is not answered");
      }
      everythingIsInTheAuditRecords();
    }
  }

  /** Start, objects in, out to Orthanc and to the disk, queries, retrievals, a refusal, stop. */
  private void everythingIsInTheAuditRecords() throws Exception {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(folder.resolve("work").resolve("audit"))) {
      for (Path file : files.sorted().toList()) {
        text.append(Files.readString(file));
      }
    }
    assertFalse(text.toString().contains(SmallStudy.SENTINEL), "no patient in audit records");
    List<String> codes = AuditRules.checkAll(text.toString());
    assertEquals("110100", codes.get(0));
    assertEquals("110100", codes.get(codes.size() - 1));
    Map<String, Integer> counts = new TreeMap<>();
    codes.forEach(code -> counts.merge(code, 1, Integer::sum));
    assertEquals(
        Map.of("110100", 2, "110102", 2, "110104", 4, "110106", 1, "110112", 3, "110113", 1),
        counts);
  }

  private void findAndFetch(int port, int viewerPort) throws Exception {
    Path log = folder.resolve("dcmtk.log");
    Path responses = Files.createDirectory(folder.resolve("found"));
    assertEquals(0, find(port, responses, "STUDY", "StudyInstanceUID", "ModalitiesInStudy=MR"));
    assertEquals(1, dicomFiles(responses), "one study");
    Path series = Files.createDirectory(folder.resolve("found-series"));
    String inStudy = "StudyInstanceUID=" + study(responses);
    assertEquals(0, find(port, series, "SERIES", inStudy, "SeriesDescription=QSM*"));
    assertEquals(1, dicomFiles(series), "tkd has a mean and no standard deviation");
    Path none = Files.createDirectory(folder.resolve("found-none"));
    assertEquals(0, find(port, none, "SERIES", inStudy, "SeriesDescription=T1*"));
    assertEquals(0, dicomFiles(none), "nothing matches");

    Path fetched = Files.createDirectory(folder.resolve("fetched"));
    assertEquals(
        0,
        Peer.run(
            log,
            "getscu",
            "-S",
            "-aec",
            "QSMNODE",
            "-od",
            fetched,
            "-k",
            "QueryRetrieveLevel=STUDY",
            "-k",
            "StudyInstanceUID=" + study(responses),
            "127.0.0.1",
            port));
    assertEquals(SmallStudy.SLICES, files(fetched));

    Path viewer = Files.createDirectory(folder.resolve("viewer"));
    Process scp =
        Peer.start(log, "storescp", "-aet", "VIEWER", "-od", viewer, Integer.toString(viewerPort));
    Awaitility.await("the viewer listens").atMost(LONG).until(() -> listens(viewerPort));
    try {
      assertEquals(
          0,
          Peer.run(
              log,
              "movescu",
              "-S",
              "-aec",
              "QSMNODE",
              "-aem",
              "VIEWER",
              "-k",
              "QueryRetrieveLevel=STUDY",
              "-k",
              "StudyInstanceUID=" + study(responses),
              "127.0.0.1",
              port));
      assertEquals(SmallStudy.SLICES, files(viewer));
      assertTrue(
          Peer.run(
                  log,
                  "movescu",
                  "-S",
                  "-aec",
                  "QSMNODE",
                  "-aem",
                  "STRANGER",
                  "-k",
                  "QueryRetrieveLevel=STUDY",
                  "-k",
                  "StudyInstanceUID=" + study(responses),
                  "127.0.0.1",
                  port)
              != 0,
          "an unknown destination is refused");
    } finally {
      scp.destroy();
    }
  }

  private static boolean listens(int port) {
    try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return probe.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private int find(int port, Path responses, String level, String... keys) throws Exception {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "-S",
                "-aec",
                "QSMNODE",
                "-X",
                "-od",
                responses,
                "-k",
                "QueryRetrieveLevel=" + level));
    for (String key : keys) {
      arguments.addAll(List.of("-k", key));
    }
    arguments.addAll(List.of("127.0.0.1", port));
    return Peer.run(folder.resolve("dcmtk.log"), "findscu", arguments.toArray());
  }

  private static String study(Path responses) throws Exception {
    try (Stream<Path> walk = Files.walk(responses)) {
      Path first = walk.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
      try (var in = new org.dcm4che3.io.DicomInputStream(first.toFile())) {
        return String.valueOf(in.readDataset().getString(org.dcm4che3.data.Tag.StudyInstanceUID));
      }
    }
  }

  private static long files(Path folder) throws Exception {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).count();
    }
  }

  private static long dicomFiles(Path folder) throws Exception {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      List<String> names = walk.filter(Files::isRegularFile).map(Path::toString).toList();
      return names.stream().filter(name -> name.endsWith(".dcm")).count();
    }
  }
}
