package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.PeerAddress;
import org.qsmnode.camel.ScriptedScp;
import org.qsmnode.simulate.dicom.Vendor;

/**
 * Each destination gets the objects that it asked for; Orthanc keeps and commits the maps, and
 * fetches everything again.
 */
class ObjectsIT {

  private static final Duration LONG = Duration.ofSeconds(240);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void oneResultGoesToEachDestinationAsThatWantsIt() throws Exception {
    Peer.require("Orthanc");
    int nodePort = ScriptedScp.freePort();
    Path plain = folder.resolve("plain");
    Path research = folder.resolve("research");
    Map<String, String> settings = TestSettings.in(folder);
    settings.put("node.dicom.port", Integer.toString(nodePort));
    settings.put("inversion.method", "tkd");
    try (Orthanc orthanc =
        new Orthanc(
            Files.createDirectory(folder.resolve("orthanc")),
            ScriptedScp.freePort(),
            ScriptedScp.freePort(),
            nodePort)) {
      TestSettings.destination(
          settings, new PeerAddress("ORTHANC", "127.0.0.1", orthanc.dicomPort()));
      settings.put("node.dicom.peers", "ORTHANC@127.0.0.1:" + orthanc.dicomPort());
      settings.put("node.destination.pacs.commitment", "true");
      settings.put("node.destination.pacs.objects", "classic,parametric-map");
      settings.put("node.destination.plain.folder", plain.toString());
      settings.put("node.destination.research.folder", research.toString());
      settings.put("node.destination.research.objects", "parametric-map,reference");
      try (NodeProcess node = NodeProcess.start(folder, settings);
          Sender sender = new Sender(node.port())) {
        SmallStudy.files(Vendor.PHILIPS_ENHANCED).forEach(sender::store);
        node.awaitLog(SmallStudy.SLICES + " objects committed", LONG);
        node.awaitLog(" 1 objects committed", LONG);
        Awaitility.await("copies on the disk")
            .atMost(LONG)
            .until(
                () ->
                    types(plain).size() == 1
                        && types(research).size() == 2
                        && count(research) == 1 + SmallStudy.SLICES);
        assertEquals(Map.of(UID.MRImageStorage, SmallStudy.SLICES), new TreeMap<>(types(plain)));
        assertEquals(
            Map.of(UID.MRImageStorage, SmallStudy.SLICES, UID.ParametricMapStorage, 1),
            new TreeMap<>(types(research)));
        assertEquals(SmallStudy.SLICES + 1, orthanc.count("instances"));
        assertEquals(1, orthanc.count("studies"), "all in the study of the sources");
        assertEquals(Set.of("QSM mean [ppb]", "QSM mean float [ppb]"), descriptions(orthanc));
        orthanc.delete("/studies/" + orthanc.get("/studies").get(0).asText());
        fetchEverything(orthanc);
        assertEquals(
            Set.of("QSM mean [ppb]", "QSM mean float [ppb]", "QSM reference [ppb]"),
            descriptions(orthanc));
        assertEquals(2 * SmallStudy.SLICES + 1, orthanc.count("instances"));
        assertFalse(node.tail().contains(SmallStudy.SENTINEL), "no patient attribute in the log");
      }
    }
  }

  /** Orthanc queries the node and lets it move what it found. */
  private static void fetchEverything(Orthanc orthanc) throws Exception {
    JsonNode query =
        orthanc.post(
            "/modalities/node/query",
            HttpRequest.BodyPublishers.ofString(
                "{\"Level\":\"Study\",\"Query\":{\"StudyInstanceUID\":\"\"}}"));
    orthanc.post(
        "/queries/" + query.get("ID").asText() + "/retrieve",
        HttpRequest.BodyPublishers.ofString("{\"TargetAet\":\"ORTHANC\",\"Synchronous\":true}"));
  }

  private static Set<String> descriptions(Orthanc orthanc) throws Exception {
    Set<String> descriptions = new TreeSet<>();
    for (JsonNode series : orthanc.get("/series?expand")) {
      String text = series.at("/MainDicomTags/SeriesDescription").asText();
      assertTrue(text.contains("]"), text);
      descriptions.add(text.substring(0, text.indexOf(']') + 1));
    }
    return descriptions;
  }

  private static int count(Path disk) throws Exception {
    return types(disk).values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Objects by SOP class. */
  private static Map<String, Integer> types(Path disk) throws Exception {
    Map<String, Integer> types = new TreeMap<>();
    for (Path file : CopiedFiles.in(disk)) {
      try (DicomInputStream in = new DicomInputStream(file.toFile())) {
        Attributes object = in.readDatasetUntilPixelData();
        types.merge(object.getString(Tag.SOPClassUID, ""), 1, Integer::sum);
      }
    }
    return types;
  }
}
