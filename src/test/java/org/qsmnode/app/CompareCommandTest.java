package org.qsmnode.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.field.FieldOrigin;
import org.qsmnode.field.LocalField;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.simulate.cases.CaseFacts;
import org.qsmnode.simulate.cases.CaseFolder;
import org.qsmnode.simulate.cases.InversionCase;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Nifti;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

class CompareCommandTest {

  @TempDir Path folder;

  private InversionCase small(long seed) {
    Grid grid = Grid.isotropic(20, 20, 20, 1);
    Mask mask = Mask.full(grid);
    Volume chi = Volume.zeros(grid);
    Volume labels = Volume.zeros(grid);
    Volume sd = Volume.zeros(grid);
    for (int i = 0; i < grid.size(); i++) {
      boolean block = i % 20 / 7 == 1 && i / 20 % 20 / 7 == 1 && i / 400 / 7 == 1;
      chi.data()[i] = block ? 0.1f : 0;
      labels.data()[i] = block ? 2 : 8;
      sd.data()[i] = 0.001f;
    }
    float[] field = new float[grid.size()];
    DipoleConvolution.imageSpace(grid, Vector3.Z).apply(chi.data(), field);
    float[] noise = new float[grid.size()];
    new SeededRandom(seed).fillGaussian(noise);
    for (int i = 0; i < field.length; i++) {
      field[i] += 0.001f * noise[i];
    }
    return new InversionCase(
        new LocalField(
            Volume.zeros(grid),
            new Volume(grid, field),
            sd,
            mask,
            mask.toVolume(),
            Volume.zeros(grid),
            3,
            List.of(0.005, 0.01),
            Vector3.Z,
            FieldOrigin.EXACT,
            List.of()),
        chi,
        labels,
        new CaseFacts(
            "block",
            seed,
            "geometric",
            FieldOrigin.EXACT,
            List.of(),
            3,
            List.of(0.005, 0.01),
            100,
            0));
  }

  private void writeCases() throws IOException {
    CaseFolder.write(small(1), folder.resolve("cases/block-1"));
    CaseFolder.write(small(2), folder.resolve("cases/block-2"));
  }

  @Test
  void casesAndMethodsBecomeTablesJsonAndPictures() throws Exception {
    writeCases();
    CommandRun run =
        CommandRun.of(
            "compare",
            "--cases",
            folder.resolve("cases").toString(),
            "--methods",
            "tv,tkd",
            "--set",
            "inversion.tv.iterations=15",
            "--json",
            folder.resolve("all.json").toString(),
            "--markdown",
            folder.resolve("all.md").toString(),
            "--plots",
            folder.resolve("plots").toString());
    assertEquals(ExitStatus.DONE, run.status(), run.err());
    assertTrue(run.out().contains("| block | tv | 2 |"), run.out());
    assertTrue(run.out().contains("| block-2 | tkd |"), run.out());
    assertEquals(run.out(), Files.readString(folder.resolve("all.md")));
    JsonNode all = new ObjectMapper().readTree(folder.resolve("all.json").toFile());
    assertEquals(4, all.path("cases").size());
    double tv = all.path("cases").path(0).path("accuracy").path("nrmsePercent").asDouble();
    double tkd = all.path("cases").path(1).path("accuracy").path("nrmsePercent").asDouble();
    assertTrue(tv < 0.7 * tkd, tv + " and " + tkd);
    assertEquals(15, all.path("cases").path(0).path("report").path("iterations").asInt());
    assertTrue(Files.exists(folder.resolve("plots/error.png")));
  }

  @Test
  void oneMapIsEvaluatedFromItsFiles() throws Exception {
    writeCases();
    Path one = folder.resolve("cases/block-1");
    Volume chi = Nifti.read(one.resolve("chi_ppm.nii.gz")).single();
    for (int i = 0; i < chi.data().length; i++) {
      chi.data()[i] = 0.5f * chi.data()[i] + 1;
    }
    Nifti.write(folder.resolve("half.nii.gz"), chi);
    CommandRun run =
        CommandRun.of(
            "evaluate",
            "--chi",
            folder.resolve("half.nii.gz").toString(),
            "--reference",
            one.resolve("chi_ppm.nii.gz").toString(),
            "--mask",
            one.resolve("mask.nii.gz").toString(),
            "--labels",
            one.resolve("labels.nii.gz").toString(),
            "--sd",
            one.resolve("field_sd_ppm.nii.gz").toString(),
            "--json",
            folder.resolve("one.json").toString());
    assertEquals(ExitStatus.DONE, run.status(), run.err());
    JsonNode found = new ObjectMapper().readTree(folder.resolve("one.json").toFile());
    assertEquals(50, found.path("accuracy").path("nrmsePercent").asDouble(), 1e-2);
    assertEquals(0.5, found.path("regions").path("slope").asDouble(), 1e-4);
    assertTrue(run.out().contains("accuracy.nrmsePercent"), run.out());
    assertTrue(run.out().contains("strata.deep grey.rmsePpb"), run.out());
    assertTrue(run.out().contains("uncertainty.calibration.meanSquaredZ"), run.out());
  }

  @Test
  void whatIsMissingIsNamed() throws Exception {
    writeCases();
    CommandRun empty = CommandRun.of("compare", "--cases", folder.toString(), "--methods", "tkd");
    assertEquals(ExitStatus.WRONG_USAGE, empty.status());
    assertTrue(empty.err().contains("no case in"), empty.err());
    CommandRun method =
        CommandRun.of(
            "compare", "--cases", folder.resolve("cases").toString(), "--methods", "magic");
    assertEquals(ExitStatus.WRONG_USAGE, method.status());
    assertTrue(method.err().contains("magic"), method.err());
    CommandRun file =
        CommandRun.of("evaluate", "--chi", "none.nii", "--reference", "b.nii", "--mask", "m.nii");
    assertEquals(ExitStatus.WRONG_USAGE, file.status());
    assertTrue(file.err().contains("none.nii"), file.err());
  }
}
