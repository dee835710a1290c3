package org.qsmnode.simulate.cases;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.field.FieldOrigin;
import org.qsmnode.field.data.FieldMappingException;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.Progress;
import org.qsmnode.simulate.head.Pathology;
import org.qsmnode.simulate.head.PointSpread;
import org.qsmnode.simulate.head.Variety;
import org.qsmnode.simulate.signal.ScanGeometry;
import org.qsmnode.simulate.signal.ScanProtocol;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Vector3;

class CaseGeneratorTest {

  private static final CaseGenerator GENERATOR = new CaseGenerator(List.of());

  private static CaseRecipe small(CaseFamily family, double snr) {
    Grid grid = ScanGeometry.axial(37, 45, 40, 4.5, 4).tilted(12, -5).grid();
    return new CaseRecipe(
        family,
        5,
        false,
        family == CaseFamily.DETAIL,
        -1,
        Set.of(Pathology.LESIONS),
        grid,
        ScanProtocol.equallySpaced(4, 0.004, 0.005, 3).withPeakSnr(snr),
        new int[] {2, 2, 2});
  }

  /** Field of the true susceptibility by the k-space kernel minus the given field, both centred. */
  private static double[] residual(InversionCase one) {
    Mask mask = one.field().mask();
    float[] made = new float[mask.data().length];
    new DipoleConvolution(one.field().grid(), one.field().b0Direction())
        .apply(one.chiPpm().data(), made);
    double[] residual = new double[made.length];
    double sum = 0;
    for (int i = 0; i < made.length; i++) {
      residual[i] = mask.data()[i] ? made[i] - one.field().localPpm().data()[i] : 0;
      sum += residual[i];
    }
    double mean = sum / mask.count();
    for (int i = 0; i < made.length; i++) {
      residual[i] -= mask.data()[i] ? mean : 0;
    }
    return residual;
  }

  @Test
  void theFieldIsThatOfTheTruth() throws IOException, FieldMappingException {
    for (CaseFamily family : List.of(CaseFamily.HEAD, CaseFamily.DETAIL, CaseFamily.GEOMETRIC)) {
      InversionCase one = GENERATOR.make(small(family, 1e5));
      double error = 0;
      double size = 0;
      double[] residual = residual(one);
      for (int i = 0; i < residual.length; i++) {
        error += residual[i] * residual[i];
        size += Math.pow(one.field().localPpm().data()[i], 2);
      }
      double relative = Math.sqrt(error / size);
      assertTrue(relative < 0.15, () -> family + ": " + relative);
    }
  }

  @Test
  void noiseIsAsLargeAsItsStandardDeviationSays() throws IOException, FieldMappingException {
    InversionCase one = GENERATOR.make(small(CaseFamily.HEAD, 8));
    double[] residual = residual(one);
    double sum = 0;
    int known = 0;
    for (int i = 0; i < residual.length; i++) {
      float sd = one.field().sdPpm().data()[i];
      if (one.field().mask().data()[i] && Float.isFinite(sd)) {
        sum += Math.pow(residual[i] / sd, 2);
        known++;
      }
    }
    assertEquals(1, sum / known, 0.12);
  }

  @Test
  void truthHasMeanZeroInTheMaskAndNothingOutside() throws IOException, FieldMappingException {
    InversionCase one = GENERATOR.make(small(CaseFamily.DETAIL, 50));
    double sum = 0;
    for (int i = 0; i < one.chiPpm().data().length; i++) {
      float chi = one.chiPpm().data()[i];
      sum += chi;
      assertTrue(one.field().mask().data()[i] || chi == 0);
    }
    assertEquals(0, sum / one.field().mask().count(), 1e-6);
  }

  @Test
  void aSeedGivesOneCase() throws IOException, FieldMappingException {
    InversionCase first = GENERATOR.make(small(CaseFamily.HEAD, 50));
    InversionCase again = GENERATOR.make(small(CaseFamily.HEAD, 50));
    assertArrayEquals(first.field().localPpm().data(), again.field().localPpm().data());
    assertArrayEquals(first.chiPpm().data(), again.chiPpm().data());
    assertEquals(first.facts(), again.facts());
    assertEquals(first.facts().echoTimesSeconds(), first.field().echoTimesSeconds());
  }

  @Test
  void fieldMappingLeavesItsErrorsInTheField() throws IOException, FieldMappingException {
    InversionCase one = GENERATOR.make(mapped(CaseFamily.HEAD));
    assertEquals(FieldOrigin.MAPPED, one.facts().field());
    assertEquals(FieldOrigin.MAPPED, one.field().origin());
    assertFalse(one.field().notes().isEmpty());
    assertEquals(one.facts().echoTimesSeconds(), one.field().echoTimesSeconds());
    assertTrue(one.field().mask().count() * 0.064 > 700, "the mask is a brain");
  }

  private static CaseRecipe mapped(CaseFamily family) {
    CaseRecipe exact = small(family, 80);
    return new CaseRecipe(
        family,
        exact.seed(),
        true,
        false,
        -1,
        Set.of(),
        ScanGeometry.axial(48, 58, 46, 4, 4).grid(),
        exact.protocol(),
        new int[] {1, 1, 1});
  }

  @Test
  void aSharpHeadThatIsMappedHasNoPointSpreadEither() throws IOException, FieldMappingException {
    float[] sharp = GENERATOR.make(mapped(CaseFamily.SHARP)).chiPpm().data();
    float[] spread = GENERATOR.make(mapped(CaseFamily.HEAD)).chiPpm().data();
    assertTrue(steepest(sharp) > 1.3 * steepest(spread));
  }

  @Test
  void mappedHeadsHaveSubVoxelsWithoutWhichATiltedFieldLosesItsFineFrequencies() {
    int mapped = 0;
    for (long seed = 0; seed < 60; seed++) {
      CaseRecipe recipe = CaseRecipe.of(CaseFamily.OBLIQUE, seed);
      boolean thick = recipe.grid().dzMm() > 1.5 * recipe.grid().dxMm();
      int[] expected = {2, 2, recipe.mapped() && thick ? 3 : 2};
      assertArrayEquals(expected, recipe.factor());
      mapped += recipe.mapped() ? 1 : 0;
    }
    assertTrue(mapped > 15, "mapped: " + mapped);
  }

  @Test
  void aFineHeadIsMappedHasVoxelsOfAboutAMillimetreAndIsMadeOnRequestOnly() {
    int undivided = 0;
    for (long seed = 0; seed < 60; seed++) {
      CaseRecipe recipe = CaseRecipe.of(CaseFamily.FINE, seed);
      Grid grid = recipe.grid();
      double volumeMm3 = grid.dxMm() * grid.dyMm() * grid.dzMm();
      assertTrue(recipe.mapped() && !recipe.part());
      assertTrue(volumeMm3 > 1.2 && volumeMm3 < 4.5, () -> "voxel of " + volumeMm3 + " mm3");
      double subVoxels = recipe.factor()[0] * recipe.factor()[1] * recipe.factor()[2];
      undivided += subVoxels == 1 ? 1 : 0;
      assertTrue(subVoxels == 1 || grid.dzMm() / recipe.factor()[2] < 1.06);
    }
    assertEquals(12, undivided);
    assertFalse(CaseFamily.usual().contains(CaseFamily.FINE));
    assertTrue(CaseFamily.usual().contains(CaseFamily.CALCIFICATION));
    assertFalse(CaseFamily.usualInTraining().contains(CaseFamily.CALCIFICATION));
  }

  @Test
  void tissuesOfASharpHeadEndAtTheEdgesOfVoxels() throws IOException, FieldMappingException {
    InversionCase sharp = GENERATOR.make(undivided(small(CaseFamily.SHARP, 50)));
    InversionCase spread = GENERATOR.make(undivided(small(CaseFamily.HEAD, 50)));
    Mask mask = sharp.field().mask();
    assertArrayEquals(spread.field().mask().data(), mask.data());
    float[] chi = sharp.chiPpm().data();
    assertTrue(steepest(chi) > 1.3 * steepest(spread.chiPpm().data()));
    PointSpread.apply(sharp.field().grid(), mask.data(), chi);
    double offset = 0;
    for (int i = 0; i < chi.length; i++) {
      offset += (spread.chiPpm().data()[i] - chi[i]) / mask.count();
    }
    for (int i = 0; i < chi.length; i++) {
      assertEquals(spread.chiPpm().data()[i], mask.data()[i] ? chi[i] + offset : 0, 1e-5);
    }
  }

  private static CaseRecipe undivided(CaseRecipe r) {
    int[] one = {1, 1, 1};
    return new CaseRecipe(
        r.family(), r.seed(), false, false, -1, Set.of(), r.grid(), r.protocol(), one);
  }

  /** Largest step between neighbours in a row. */
  private static double steepest(float[] values) {
    double largest = 0;
    for (int i = 1; i < values.length; i++) {
      largest = Math.max(largest, Math.abs(values[i] - values[i - 1]));
    }
    return largest;
  }

  @Test
  void sharpHeadsAreExactOrMappedFineOrCoarseNeverDividedAndMadeOnRequestOnly() {
    int mapped = 0;
    int fine = 0;
    for (long seed = 0; seed < 60; seed++) {
      CaseRecipe recipe = CaseRecipe.of(CaseFamily.SHARP, seed);
      Grid grid = recipe.grid();
      double volumeMm3 = grid.dxMm() * grid.dyMm() * grid.dzMm();
      assertArrayEquals(new int[] {1, 1, 1}, recipe.factor());
      assertEquals(seed % 2 == 0 ? Variety.ORDINARY : Variety.WIDE, recipe.variety());
      assertFalse(recipe.part());
      assertTrue(volumeMm3 > 1.2 && volumeMm3 < 16, () -> "voxel of " + volumeMm3 + " mm3");
      mapped += recipe.mapped() ? 1 : 0;
      fine += recipe.mapped() && volumeMm3 < 4.5 ? 1 : 0;
    }
    assertTrue(mapped > 20 && mapped < 40, "mapped: " + mapped);
    assertTrue(fine > 8 && fine < mapped - 8, "fine: " + fine + " of " + mapped);
    assertFalse(CaseFamily.usual().contains(CaseFamily.SHARP));
  }

  @Test
  void whatIsHeldOutNeverOccursInTraining() {
    for (CaseFamily family : CaseFamily.values()) {
      for (long seed = 0; seed < 300; seed++) {
        CaseRecipe recipe = CaseRecipe.of(family, seed);
        double tesla = recipe.protocol().fieldStrengthTesla();
        if (!family.heldOut()) {
          assertFalse(recipe.findings().contains(Pathology.CALCIFICATION));
          assertTrue(tesla <= 3);
        }
      }
    }
    CaseRecipe oblique = CaseRecipe.of(CaseFamily.OBLIQUE, 1);
    assertTrue(tiltDegrees(oblique) > 29, () -> "tilt " + tiltDegrees(oblique));
    assertEquals(7, CaseRecipe.of(CaseFamily.SEVEN_TESLA, 1).protocol().fieldStrengthTesla());
  }

  @Test
  void aPlainFieldHasEvenNoiseWhichMayGoUnstatedAndMayLackAMagnitude() throws Exception {
    Set<Boolean> stated = new HashSet<>();
    Set<Boolean> shown = new HashSet<>();
    for (long seed = 1; seed <= 12; seed++) {
      CaseRecipe recipe = small(CaseFamily.PLAIN, 50);
      InversionCase one =
          GENERATOR.make(
              new CaseRecipe(
                  CaseFamily.PLAIN,
                  seed,
                  false,
                  false,
                  -1,
                  Set.of(),
                  recipe.grid(),
                  recipe.protocol(),
                  new int[] {1, 1, 1}));
      assertEquals(List.of(), one.field().echoTimesSeconds());
      Mask mask = one.field().mask();
      float[] sd = one.field().sdPpm().data();
      float[] magnitude = one.field().magnitude().data();
      double spread = 0;
      boolean flat = true;
      for (int i = 0; i < sd.length; i++) {
        if (mask.data()[i]) {
          spread = spread == 0 ? sd[i] : spread;
          assertEquals(spread, sd[i]);
          flat &= magnitude[i] == 1;
        }
      }
      stated.add(spread > 0);
      shown.add(!flat);
      double squares = Arrays.stream(residual(one)).map(r -> r * r).sum();
      double error = Math.sqrt(squares / mask.count());
      assertTrue(error > 0.8 * spread, () -> "noise is missing: " + error);
    }
    assertEquals(Set.of(true, false), stated);
    assertEquals(Set.of(true, false), shown);
  }

  @Test
  void anOrdinaryHeadHasNoFindingsAndIsMappedWholeOrInPart() {
    Set<List<Boolean>> kinds = new HashSet<>();
    for (long seed = 0; seed < 50; seed++) {
      CaseRecipe recipe = CaseRecipe.of(CaseFamily.ORDINARY, seed);
      assertEquals(Set.of(), recipe.findings());
      assertEquals(Variety.ORDINARY, recipe.variety());
      kinds.add(List.of(recipe.mapped(), recipe.part()));
    }
    assertEquals(Set.of(List.of(true, false), List.of(false, true), List.of(false, false)), kinds);
  }

  private static double tiltDegrees(CaseRecipe recipe) {
    Vector3 b0 = recipe.grid().orientation().toVoxelAxes(Vector3.Z);
    double along = Math.max(Math.abs(b0.x()), Math.max(Math.abs(b0.y()), Math.abs(b0.z())));
    return Math.toDegrees(Math.acos(Math.min(1, along)));
  }

  @Test
  void aBatchKeepsWhatIsThere(@TempDir Path out) throws IOException, FieldMappingException {
    Path folder = out.resolve("head-00005");
    CaseFolder.write(GENERATOR.make(small(CaseFamily.HEAD, 50)), folder);
    byte[] before = Files.readAllBytes(folder.resolve("field_local_ppm.nii.gz"));
    CaseBatch.Result result =
        CaseBatch.run(List.of(CaseFamily.HEAD), 5, 1, List.of(), out, Progress.NONE);
    assertEquals(List.of(folder), result.made());
    assertArrayEquals(before, Files.readAllBytes(folder.resolve("field_local_ppm.nii.gz")));
  }

  @Test
  void aFamilyIsFoundByItsName() {
    Arrays.stream(CaseFamily.values())
        .forEach(family -> assertEquals(family, CaseFamily.named(family.commandName())));
    assertThrows(IllegalArgumentException.class, () -> CaseFamily.named("unheard"));
  }
}
