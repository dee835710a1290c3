package org.qsmnode.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A simulated study is written and reconstructed by the commands, as their contract says. */
class CommandsIT {

  private static final int SLICES = 20;
  private static final int PATIENT_GROUP = 0x0010;

  @TempDir static Path shared;
  @TempDir Path folder;

  @BeforeAll
  static void simulate() {
    simulate(shared);
  }

  private static void simulate(Path out, String... more) {
    List<String> arguments = new ArrayList<>(List.of("simulate", "--vendor", "siemens"));
    arguments.addAll(List.of("--seed", "3", "--matrix", "40,48," + SLICES));
    arguments.addAll(List.of("--voxel-mm", "4.5,4.5,6", "--patient-name", "Sentinel^Nomen"));
    arguments.addAll(List.of("--out", out.toString()));
    arguments.addAll(List.of(more));
    CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
    assertEquals(ExitStatus.DONE, run.status(), run.err());
  }

  @Test
  void simulateWritesAStudyAndItsTruth() throws IOException {
    Set<String> files = files(shared);
    assertTrue(files.contains("truth/chi_ppm.nii.gz"), files::toString);
    long objects = files.stream().filter(file -> file.startsWith("dicom/")).count();
    assertEquals(4 * 2 * SLICES, objects, "echoes x components x slices");
  }

  @Test
  void voxelsThatAreNotDividedHaveAnotherTruth() throws IOException {
    simulate(folder, "--sampling-mm", "9");
    assertEquals(files(shared), files(folder));
    Path truth = Path.of("truth", "chi_ppm.nii.gz");
    assertTrue(Files.mismatch(shared.resolve(truth), folder.resolve(truth)) >= 0);
  }

  @Test
  void reconstructWritesBothSeriesEveryStageAndTheReportAndNothingElse() throws IOException {
    CommandRun run = reconstruct("--nifti");
    assertEquals(ExitStatus.DONE, run.status(), run.err());
    JsonNode acquisition = report().path("acquisitions").path(0);
    String id = acquisition.path("id").asText();
    Set<String> expected = new TreeSet<>(series(id, acquisition, "qsm-mean", "qsm-sd"));
    expected.add("report.json");
    for (String stage :
        List.of(
            "magnitude",
            "mask",
            "field_total_hz",
            "field_local_ppm",
            "field_sd_ppm",
            "r2star_hz",
            "chi_ppm",
            "chi_sd_ppm",
            "reliable")) {
      expected.add("nifti/" + id + "/" + stage + ".nii.gz");
    }
    assertEquals(expected, files(folder));
    assertEquals("pdi-vi", report().path("method").asText());
    assertEquals(0, report().path("refused").size());
    assertNamesItsMaking(expected.stream().filter(file -> file.endsWith(".dcm")).toList());
  }

  /** Every object names both networks, digests and engine. */
  private void assertNamesItsMaking(List<String> objects) throws IOException {
    JsonNode inversion = report().path("acquisitions").path(0).path("inversion");
    for (String object : objects) {
      try (DicomInputStream in = new DicomInputStream(folder.resolve(object).toFile())) {
        Attributes image = in.readDataset();
        List<String> versions = List.of(image.getStrings(Tag.SoftwareVersions));
        String model =
            inversion.path("modelName").asText() + " " + inversion.path("modelVersion").asText();
        String digest = "sha256:" + inversion.path("modelSha256").asText().substring(0, 16);
        String configuration =
            "sha256:" + report().path("configurationDigest").asText().substring(0, 16);
        String second = "sha256:" + inversion.path("secondLookSha256").asText().substring(0, 16);
        assertTrue(versions.contains("model " + model), versions::toString);
        assertTrue(versions.contains("model " + digest), versions::toString);
        assertTrue(versions.contains("model " + second), versions::toString);
        assertTrue(versions.contains("config " + configuration), versions::toString);
        String derivation = image.getString(Tag.DerivationDescription);
        String outside = inversion.path("warnings").path(0).asText();
        assertTrue(outside.contains("not trained on a voxel edge of 4.50 mm"), outside);
        assertTrue(derivation.contains(outside), derivation);
        for (String named :
            List.of(model, digest, second, configuration, inversion.path("engine").asText())) {
          assertTrue(derivation.contains(named), () -> named + " in: " + derivation);
        }
      }
    }
  }

  @Test
  void aMethodWithoutStandardDeviationWritesTheMeanAlone() throws IOException {
    CommandRun run = reconstruct("--method", "tkd");
    assertEquals(ExitStatus.DONE, run.status(), run.err());
    JsonNode acquisition = report().path("acquisitions").path(0);
    String id = acquisition.path("id").asText();
    Set<String> expected = new TreeSet<>(series(id, acquisition, "qsm-mean"));
    expected.add("report.json");
    assertEquals(expected, files(folder));
  }

  @Test
  void neitherReportNorConsoleNamesThePatient() throws IOException {
    CommandRun run = reconstruct("--method", "tkd");
    String told = Files.readString(folder.resolve("report.json")) + run.out() + run.err();
    Set<String> values = patientValues();
    assertTrue(values.contains("Sentinel^Nomen"), values::toString);
    for (String value : values) {
      assertFalse(told.contains(value), () -> "the patient's " + value + " was written");
    }
    assertFalse(told.contains("Sentinel"), "part of the name was written");
  }

  private CommandRun reconstruct(String... more) {
    String[] start = {
      "reconstruct", shared.resolve("dicom").toString(), "--out", folder.toString()
    };
    return CommandRun.of(Stream.concat(Stream.of(start), Stream.of(more)).toArray(String[]::new));
  }

  private JsonNode report() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("report.json").toFile());
  }

  /** The files the report names, which have to be as many as there are slices. */
  private static Set<String> series(String id, JsonNode acquisition, String... kinds) {
    Set<String> files = new TreeSet<>();
    for (JsonNode series : acquisition.path("series")) {
      series.path("files").forEach(file -> files.add(file.asText()));
    }
    assertEquals(kinds.length * SLICES, files.size());
    for (String kind : kinds) {
      String start = "derived/" + id + "/" + kind + "/";
      assertEquals(SLICES, files.stream().filter(file -> file.startsWith(start)).count(), start);
    }
    assertTrue(files.stream().allMatch(file -> file.endsWith(".dcm")));
    return files;
  }

  /** Texts of the patient group that are long enough not to stand anywhere by chance. */
  private static Set<String> patientValues() throws IOException {
    Path first = shared.resolve("dicom").resolve(firstObject());
    try (DicomInputStream in = new DicomInputStream(first.toFile())) {
      Attributes object = in.readDataset();
      return IntStream.of(object.tags())
          .filter(tag -> tag >>> 16 == PATIENT_GROUP && object.getVR(tag) != VR.SQ)
          .mapToObj(tag -> String.valueOf(object.getString(tag)))
          .filter(value -> value.length() >= 5)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static String firstObject() throws IOException {
    return files(shared.resolve("dicom")).iterator().next();
  }

  private static Set<String> files(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
