package org.qsmnode.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Nifti;
import org.qsmnode.volume.Volume;

/** {@code fieldmap} and {@code invert} on a ball whose field is known in closed form. */
class NiftiCommandsTest {

  private static final DoubleUnaryOperator RADIANS = DoubleUnaryOperator.identity();
  private static final DoubleUnaryOperator STEPS =
      phase -> Math.min(4095, Math.rint((phase + Math.PI) / (2 * Math.PI) * 4096));

  @TempDir Path folder;

  @Test
  void theFieldOfABallComesOutAndInvertsToItsSusceptibility() throws IOException {
    BallScan.write(folder, RADIANS);
    CommandRun run = fieldmap("mag.nii", "--mask", path("mask.nii"));
    assertEquals(ExitStatus.DONE, run.status(), run.err());
    assertEquals(
        Set.of(
            "magnitude.nii.gz",
            "mask.nii.gz",
            "field_total_hz.nii.gz",
            "field_local_ppm.nii.gz",
            "field_sd_ppm.nii.gz",
            "r2star_hz.nii.gz",
            "report.json"),
        files("field"));
    Mask mask = Mask.nonZero(read("field/mask.nii.gz"));
    double likeness = BallScan.likeness(read("field/field_local_ppm.nii.gz"));
    assertTrue(likeness > 0.97, "correlation with the ball's field " + likeness);
    JsonNode report = report("field");
    assertEquals(-1, report.path("b0Direction").path(1).asDouble(), 1e-6, "from the affine");
    assertTrue(report.path("stageSeconds").path("background").asDouble() > 0, report::toString);
    assertTrue(report.path("notes").toString().contains("The given mask"), report::toString);
    assertEquals("0.75", report.path("settings").path("field.brain-threshold").asText());

    CommandRun inverted = invert("field/field_local_ppm.nii.gz", "tkd");
    assertEquals(ExitStatus.DONE, inverted.status(), inverted.err());
    assertEquals(Set.of("chi_ppm.nii.gz", "report.json"), files("chi"));
    double contrast = BallScan.contrast(read("chi/chi_ppm.nii.gz"), mask);
    assertEquals(BallScan.CHI_PPM, contrast, 0.2 * BallScan.CHI_PPM);
    assertTrue(report("chi").path("seconds").asDouble() > 0);
    assertEquals("tkd", report("chi").path("method").asText());
  }

  @Test
  void theReportSaysHowTheFieldCameToBe() throws IOException {
    BallScan.write(folder, RADIANS);
    CommandRun untold = invert("mag0.nii", "tkd");
    assertEquals(ExitStatus.DONE, untold.status(), untold.err());
    assertEquals("mapped", report("chi").path("fieldOrigin").asText());
    CommandRun told = invert("mag0.nii", "tkd", "--field-origin", "exact");
    assertEquals(ExitStatus.DONE, told.status(), told.err());
    assertEquals("exact", report("chi").path("fieldOrigin").asText());
    assertTrue(told.out().contains("fieldOrigin: exact"), told.out());
    CommandRun unknown = invert("mag0.nii", "tkd", "--field-origin", "guessed");
    assertEquals(ExitStatus.WRONG_USAGE, unknown.status());
  }

  @Test
  void phaseInStepsAndEchoesInSingleFilesGiveTheSameField() throws IOException {
    BallScan.write(folder, RADIANS);
    assertEquals(
        ExitStatus.DONE, fieldmap("mag.nii", "--mask", path("mask.nii")).status(), "radians");
    float[] expected = read("field/field_local_ppm.nii.gz").data();
    BallScan.write(folder, STEPS);
    String single = path("mag0.nii") + "," + path("mag1.nii") + "," + path("mag2.nii");
    CommandRun run = fieldmapOf(single, "--mask", path("mask.nii"));
    assertEquals(ExitStatus.DONE, run.status(), run.err());
    assertEquals("data range 0..4095", report("field").path("phaseScale").asText());
    float[] found = read("field/field_local_ppm.nii.gz").data();
    for (int i = 0; i < found.length; i++) {
      if (BallScan.isDeep(i)) {
        assertEquals(expected[i], found[i], 5e-3, "voxel " + i);
      }
    }
  }

  @Test
  void anUnusualScaleIsTakenWhenWrapsProveIt() throws IOException {
    BallScan.write(folder, phase -> 0.001 * phase + 7);
    CommandRun run = fieldmap("mag.nii", "--mask", path("mask.nii"));
    assertEquals(ExitStatus.DONE, run.status(), run.err());
    String scale = report("field").path("phaseScale").asText();
    assertTrue(scale.contains("a full turn, proved by"), scale);
  }

  @Test
  void aScaleThatNothingProvesIsRefusedAloudAndInTheReport() throws IOException {
    BallScan.write(folder, phase -> 50 * Math.cos(phase));
    CommandRun run = fieldmap("mag.nii", "--mask", path("mask.nii"));
    assertEquals(ExitStatus.INPUT_REFUSED, run.status());
    assertTrue(run.err().contains("UNKNOWN_PHASE_SCALE"), run.err());
    assertEquals(
        "UNKNOWN_PHASE_SCALE", report("field").path("refused").path(0).path("code").asText());
  }

  @Test
  void whatDoesNotFitTogetherIsRefusedOrWrongUsage() throws IOException {
    BallScan.write(folder, RADIANS);
    CommandRun missing = fieldmap("mag0.nii");
    assertEquals(ExitStatus.INPUT_REFUSED, missing.status());
    assertTrue(missing.err().contains("MISSING_MAGNITUDE"), missing.err());
    Nifti.write(folder.resolve("small.nii"), Volume.zeros(Grid.isotropic(4, 4, 4, 3)));
    CommandRun mask = fieldmap("mag.nii", "--mask", path("small.nii"));
    assertEquals(ExitStatus.INPUT_REFUSED, mask.status());
    assertTrue(mask.err().contains("IRREGULAR_GEOMETRY"), mask.err());
    Files.writeString(folder.resolve("text.nii"), "no image");
    CommandRun unreadable = fieldmap("text.nii");
    assertEquals(ExitStatus.INPUT_REFUSED, unreadable.status());
    assertTrue(unreadable.err().contains("UNREADABLE"), unreadable.err());
    assertEquals(ExitStatus.WRONG_USAGE, fieldmap("absent.nii").status());
    assertEquals(ExitStatus.WRONG_USAGE, fieldmap("mag.nii", "--b0", "0,1").status());
    CommandRun key = fieldmap("mag.nii", "--set", "inversion.method=tkd");
    assertEquals(ExitStatus.WRONG_USAGE, key.status(), "a setting that nothing would read");
    CommandRun method = invert("mag0.nii", "magic");
    assertEquals(ExitStatus.WRONG_USAGE, method.status());
    assertTrue(method.err().contains("gaussian"), "known methods are named: " + method.err());
    assertFalse(method.err().contains("\tat "), "no stack trace");
  }

  private CommandRun fieldmap(String magnitude, String... more) {
    return fieldmapOf(path(magnitude), more);
  }

  private CommandRun fieldmapOf(String magnitude, String... more) {
    Stream<String> start =
        Stream.of(
            "fieldmap",
            "--magnitude",
            magnitude,
            "--phase",
            path("phase.nii"),
            "--te",
            "5,10,15",
            "--field-strength",
            "3",
            "--out",
            path("field"));
    return CommandRun.of(Stream.concat(start, Stream.of(more)).toArray(String[]::new));
  }

  private CommandRun invert(String field, String method, String... more) {
    Stream<String> start =
        Stream.of(
            "invert",
            "--field",
            path(field),
            "--mask",
            path("mask.nii"),
            "--method",
            method,
            "--out",
            path("chi"));
    return CommandRun.of(Stream.concat(start, Stream.of(more)).toArray(String[]::new));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private Volume read(String name) throws IOException {
    return Nifti.read(folder.resolve(name)).single();
  }

  private JsonNode report(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name).resolve("report.json").toFile());
  }

  private Set<String> files(String name) throws IOException {
    try (Stream<Path> list = Files.list(folder.resolve(name))) {
      return list.map(file -> String.valueOf(file.getFileName())).collect(Collectors.toSet());
    }
  }
}
