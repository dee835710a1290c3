package org.qsmnode.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Methods on a DICOM study with its truth, through recognition and field mapping. */
class CompareStudyIT {

  @TempDir Path folder;

  @Test
  void aSimulatedStudyIsMappedAndScoredWhereBothMasksAgree() throws Exception {
    String study = folder.resolve("study").toString();
    CommandRun made =
        CommandRun.of(
            "simulate",
            "--vendor",
            "ge",
            "--seed",
            "4",
            "--out",
            study,
            "--matrix",
            "52,60,40",
            "--voxel-mm",
            "4,4,4",
            "--descending");
    assertEquals(ExitStatus.DONE, made.status(), made.err());
    Path json = folder.resolve("all.json");
    CommandRun run =
        CommandRun.of(
            "compare", "--cases", study, "--methods", "tkd,tv", "--json", json.toString());
    assertEquals(ExitStatus.DONE, run.status(), run.err());
    JsonNode tv = new ObjectMapper().readTree(json.toFile()).path("cases").path(1);
    assertEquals("dicom", tv.path("family").asText());
    double correlation = tv.path("accuracy").path("correlation").asDouble();
    assertTrue(correlation > 0.6, run.out());
    int scored = tv.path("accuracy").path("voxels").asInt();
    int mask = tv.path("report").path("maskVoxels").asInt();
    assertTrue(scored <= mask && scored > 0.8 * mask, scored + " of " + mask);
  }
}
