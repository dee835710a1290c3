package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.dcm4che3.data.Tag;
import org.dcm4che3.io.DicomInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.route.ReprocessingRequest.Verb;
import org.qsmnode.simulate.dicom.Vendor;

/** A study made again with another configuration is compared, held, and sent when approved. */
class ComparisonIT {

  private static final Duration LONG = Duration.ofSeconds(240);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void aResultMadeAgainIsHeldBesideAReportOfHowItDiffers() throws Exception {
    Path disk = folder.resolve("disk");
    Map<String, String> settings = TestSettings.in(folder);
    settings.put("inversion.method", "tkd");
    settings.put("node.destination.disk.folder", disk.toString());
    List<Path> sources = SmallStudy.files(Vendor.PHILIPS_ENHANCED);
    try (NodeProcess node = NodeProcess.start(folder, settings);
        Sender sender = new Sender(node.port())) {
      sources.forEach(sender::store);
      node.awaitLog("DELIVERED", LONG);
    }
    assertEquals(SmallStudy.SLICES, CopiedFiles.in(disk).size());

    String study = study(sources.get(0));
    settings.put("inversion.tkd.threshold", "0.3");
    try (NodeProcess node = NodeProcess.start(folder, settings)) {
      ask(settings, Verb.STUDY, study);
      node.awaitLog("new less old", LONG);
      String job = heldJob(settings);
      List<String> held = ask(settings, Verb.HELD, "");
      assertTrue(held.stream().anyMatch(line -> line.contains("95 % within")), held::toString);
      String report = String.join("\n", ask(settings, Verb.COMPARISON, job));
      assertTrue(report.contains("| whole mask |"), report);
      assertTrue(report.contains("method tkd"), report);
      assertEquals(
          SmallStudy.SLICES, CopiedFiles.in(disk).size(), "nothing is sent before it is approved");
      Path beside = folder.resolve("work/results").resolve(job).resolve("comparison");
      for (String name :
          List.of("comparison.json", "comparison.md", "bland-altman.png", "difference.png")) {
        byte[] bytes = Files.readAllBytes(beside.resolve(name));
        assertTrue(bytes.length > 100, name);
        assertFalse(
            new String(bytes, StandardCharsets.ISO_8859_1).contains(SmallStudy.SENTINEL), name);
      }
      ask(settings, Verb.APPROVE, job);
      Awaitility.await("the approved result")
          .atMost(LONG)
          .until(() -> CopiedFiles.in(disk).size() == 2 * SmallStudy.SLICES);
      deleteDerived(folder.resolve("work/results").resolve(job));
    }

    settings.put("inversion.tkd.threshold", "0.1");
    try (NodeProcess node = NodeProcess.start(folder, settings)) {
      ask(settings, Verb.STUDY, study);
      node.awaitLog("not compared: a file of the old result is missing", LONG);
      String held = heldJob(settings);
      String report = String.join("\n", ask(settings, Verb.COMPARISON, held));
      assertTrue(report.contains("not compared"), report);
      assertEquals(2 * SmallStudy.SLICES, CopiedFiles.in(disk).size());
      assertFalse(node.tail().contains(SmallStudy.SENTINEL), "no patient attribute in the log");
    }
  }

  /** The one job with held deliveries, once it has some. */
  private static String heldJob(Map<String, String> settings) {
    return Awaitility.await("held")
        .atMost(LONG)
        .until(() -> ask(settings, Verb.HELD, "").get(0), line -> line.contains(" to disk"))
        .split(" ", 2)[0];
  }

  private static List<String> ask(Map<String, String> settings, Verb verb, String argument)
      throws Exception {
    return new RequestBox(NodeSettings.from(settings))
        .ask(new ReprocessingRequest(verb, argument), Duration.ofSeconds(60))
        .orElseThrow();
  }

  private static String study(Path file) throws Exception {
    try (DicomInputStream in = new DicomInputStream(file.toFile())) {
      return in.readDatasetUntilPixelData().getString(Tag.StudyInstanceUID, "");
    }
  }

  private static void deleteDerived(Path job) throws Exception {
    try (Stream<Path> walk = Files.walk(job)) {
      for (Path file : walk.filter(path -> path.toString().endsWith(".dcm")).toList()) {
        Files.delete(file);
      }
    }
  }
}
