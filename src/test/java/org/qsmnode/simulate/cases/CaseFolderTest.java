package org.qsmnode.simulate.cases;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.field.FieldOrigin;
import org.qsmnode.field.LocalField;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.simulate.head.Tissue;
import org.qsmnode.simulate.head.TissueGroup;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

class CaseFolderTest {

  @Test
  void aCaseComesBackAsItWasWritten(@TempDir Path root) throws IOException {
    InversionCase before = example("head", List.of(0.004, 0.009));
    CaseFolder.write(before, root.resolve("b"));
    InversionCase after = CaseFolder.read(root.resolve("b"));
    assertEquals(before.facts(), after.facts());
    assertEquals(before.facts(), CaseFolder.facts(root.resolve("b")));
    assertSame(before.chiPpm(), after.chiPpm());
    assertSame(before.labels(), after.labels());
    assertSame(before.field().localPpm(), after.field().localPpm());
    assertSame(before.field().sdPpm(), after.field().sdPpm());
    assertSame(before.field().magnitude(), after.field().magnitude());
    assertArrayEquals(before.field().mask().data(), after.field().mask().data());
    assertEquals(before.field().b0Direction(), after.field().b0Direction());
    assertEquals(FieldOrigin.MAPPED, after.field().origin());
    assertEquals(7, after.field().fieldStrengthTesla());
    assertEquals(List.of(0.004, 0.009), after.field().echoTimesSeconds());
    assertTrue(
        before
                .field()
                .grid()
                .positionMm(3, 2, 1)
                .minus(after.field().grid().positionMm(3, 2, 1))
                .norm()
            < 1e-4);
  }

  @Test
  void aPlainCaseComesBackWithoutEchoTimes(@TempDir Path root) throws IOException {
    CaseFolder.write(example("plain", List.of()), root.resolve("b"));
    InversionCase after = CaseFolder.read(root.resolve("b"));
    assertEquals(List.of(), after.field().echoTimesSeconds());
    assertEquals(List.of(0.004, 0.009), after.facts().echoTimesSeconds());
  }

  @Test
  void aFolderWithoutFactsIsNoCase(@TempDir Path root) throws IOException {
    CaseFolder.write(example("head", List.of(0.004, 0.009)), root.resolve("b"));
    CaseFolder.write(example("head", List.of(0.004, 0.009)), root.resolve("a"));
    CaseFolder.write(example("head", List.of(0.004, 0.009)), root.resolve("c"));
    Files.delete(root.resolve("c").resolve("case.json"));
    assertEquals(List.of(root.resolve("a"), root.resolve("b")), CaseFolder.list(root));
    assertThrows(NoSuchFileException.class, () -> CaseFolder.read(root.resolve("c")));
  }

  @Test
  void labelsBelongToTheGroupOfTheirTissue() {
    assertEquals(Optional.of(TissueGroup.DEEP_GREY), TissueGroup.of(Tissue.DENTATE.label));
    assertEquals(Optional.of(TissueGroup.VEINS), TissueGroup.of(Tissue.VEIN.label));
    assertEquals(
        Optional.of(TissueGroup.CALCIFICATION), TissueGroup.of(Tissue.CALCIFICATION.label));
    assertEquals(Optional.empty(), TissueGroup.of(Tissue.AIR.label));
    assertTrue(
        Arrays.stream(Tissue.values())
            .filter(Tissue::deepGrey)
            .allMatch(t -> TissueGroup.of(t.label).equals(Optional.of(TissueGroup.DEEP_GREY))));
    assertEquals("deep grey", TissueGroup.DEEP_GREY.words());
  }

  private static InversionCase example(String family, List<Double> handedOver) {
    Orientation turned =
        Orientation.ofStack(new Vector3(-5, 3, 20), Vector3.Y, new Vector3(0, 0, -1));
    Grid grid = new Grid(5, 4, 3, 0.9, 1.1, 3, turned);
    SeededRandom random = new SeededRandom(3);
    Volume[] volumes = new Volume[5];
    for (int v = 0; v < volumes.length; v++) {
      volumes[v] = Volume.zeros(grid);
      random.fillGaussian(volumes[v].data());
    }
    volumes[1].data()[7] = Float.POSITIVE_INFINITY;
    boolean[] inside = new boolean[grid.size()];
    Arrays.fill(inside, 10, 40, true);
    LocalField field =
        new LocalField(
            Volume.zeros(grid),
            volumes[0],
            volumes[1],
            new Mask(grid, inside),
            volumes[2],
            Volume.zeros(grid),
            7,
            handedOver,
            new Vector3(0.1, -0.6, 0.79),
            FieldOrigin.MAPPED,
            List.of());
    CaseFacts facts =
        new CaseFacts(
            family,
            -4,
            "procedural",
            FieldOrigin.MAPPED,
            List.of("LESIONS"),
            7,
            List.of(0.004, 0.009),
            120,
            12.5);
    return new InversionCase(field, volumes[3], volumes[4], facts);
  }

  private static void assertSame(Volume expected, Volume found) {
    assertArrayEquals(expected.data(), found.data());
  }
}
