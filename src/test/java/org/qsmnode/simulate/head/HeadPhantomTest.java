package org.qsmnode.simulate.head;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.qsmnode.simulate.signal.ScanGeometry;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Neighbours;
import org.qsmnode.volume.Nifti;
import org.qsmnode.volume.Volume;

class HeadPhantomTest {

  private static final Grid GRID = ScanGeometry.axial(64, 79, 62, 3, 3).grid();
  private static Head head;

  @BeforeAll
  static void sample() {
    head = new HeadPhantom(8, Set.of(), Variety.ORDINARY).sample(GRID);
  }

  private static double millilitres(Head head, Tissue tissue) {
    int count = 0;
    for (int i = 0; i < head.tissue().length; i++) {
      count += head.brain()[i] && head.tissue()[i] == tissue.ordinal() ? 1 : 0;
    }
    return count * 0.027;
  }

  @Test
  void theBrainHasTheSizeOfABrain() {
    double white = millilitres(head, Tissue.WHITE);
    double grey = millilitres(head, Tissue.GREY);
    assertTrue(white > 350 && white < 950, "white matter " + white + " ml");
    assertTrue(grey > 350 && grey < 950, "grey matter " + grey + " ml");
    assertTrue(millilitres(head, Tissue.CSF) > 60);
  }

  @Test
  void everyDeepNucleusIsThere() {
    for (Tissue tissue : Tissue.values()) {
      if (tissue.deepGrey()) {
        double volume = millilitres(head, tissue);
        assertTrue(volume > 0.1 && volume < 25, tissue + " " + volume + " ml");
      }
    }
    assertTrue(millilitres(head, Tissue.VEIN) > 0);
  }

  @Test
  void airCavitiesAndBoneLieOutsideTheBrain() {
    int air = Tissue.AIR.ordinal();
    int bone = Tissue.BONE.ordinal();
    for (int i = 0; i < head.tissue().length; i++) {
      if (head.brain()[i]) {
        assertTrue(head.tissue()[i] != air && head.tissue()[i] != bone);
      }
    }
  }

  @Test
  void ironRichNucleiAreMoreParamagneticThanWhiteMatter() {
    assertTrue(mean(Tissue.PALLIDUM) > mean(Tissue.WHITE) + 0.05);
    assertTrue(mean(Tissue.DENTATE) > mean(Tissue.WHITE) + 0.05);
    assertTrue(mean(Tissue.GREY) > mean(Tissue.WHITE));
  }

  private static double mean(Tissue tissue) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < head.tissue().length; i++) {
      if (head.tissue()[i] == tissue.ordinal()) {
        sum += head.chiPpm()[i];
        count++;
      }
    }
    return sum / count;
  }

  @Test
  void oneSeedGivesOneHeadAndAnotherSeedAnotherHead() {
    Grid small = ScanGeometry.axial(20, 21, 18, 9, 9).grid();
    Head first = new HeadPhantom(1, Set.of(), Variety.ORDINARY).sample(small);
    assertArrayEquals(
        first.chiPpm(), new HeadPhantom(1, Set.of(), Variety.ORDINARY).sample(small).chiPpm());
    assertNotEquals(
        Arrays.hashCode(first.chiPpm()),
        Arrays.hashCode(new HeadPhantom(2, Set.of(), Variety.ORDINARY).sample(small).chiPpm()));
  }

  @Test
  void findingsArePutIntoTheBrain() {
    Head ill = new HeadPhantom(8, EnumSet.allOf(Pathology.class), Variety.ORDINARY).sample(GRID);
    assertEquals(0, millilitres(head, Tissue.HAEMORRHAGE));
    assertTrue(millilitres(ill, Tissue.HAEMORRHAGE) > 1);
    assertTrue(millilitres(ill, Tissue.LESION) > 0.3);
    assertTrue(millilitres(ill, Tissue.CALCIFICATION) > 0.01);
  }

  @Test
  void airPocketsTouchTheBrainAndAreNoPartOfIt() {
    Head pockets = new HeadPhantom(8, EnumSet.of(Pathology.AIR), Variety.ORDINARY).sample(GRID);
    assertEquals(0, millilitres(pockets, Tissue.AIR));
    int air = 0;
    int touching = 0;
    for (int i = 0; i < GRID.size(); i++) {
      if (pockets.tissue()[i] == Tissue.AIR.ordinal() && head.tissue()[i] != Tissue.AIR.ordinal()) {
        air++;
        int at = i;
        touching += Neighbours.touches(GRID, at, j -> pockets.brain()[j]) ? 1 : 0;
        assertEquals(9.2, pockets.chiPpm()[i], 0.1);
      }
    }
    double cm3 = GRID.dxMm() * GRID.dyMm() * GRID.dzMm() / 1000;
    assertTrue(air * cm3 > 4 && air * cm3 < 12, "cm3 of air: " + air * cm3);
    assertTrue(touching > 30, "voxels of air beside brain: " + touching);
  }

  @Test
  void aLabelMapBecomesAHeadWithItsBrainAtTheIsocentre() {
    Grid map = Grid.isotropic(40, 44, 42, 4);
    float[] labels = new float[map.size()];
    for (int i = 0; i < labels.length; i++) {
      int x = i % 40 - 20;
      int y = i / 40 % 44 - 22;
      int z = i / 40 / 44 - 21;
      double r = Math.sqrt(x * x + y * y + z * z);
      labels[i] = r < 10 ? 2 : r < 13 ? 3 : r < 14 ? 24 : r < 16 ? 515 : r < 18 ? 511 : 0;
    }
    LabelHead source = new LabelHead(new Volume(map, labels), 3, Set.of(), Variety.ORDINARY);
    Head made = source.sample(Grid.isotropic(3, 3, 3, 2));
    assertEquals(Tissue.WHITE.ordinal(), made.tissue()[13]);
    assertTrue(made.brain()[13]);
    labels[5] = 999;
    assertThrows(
        IllegalArgumentException.class,
        () -> new LabelHead(new Volume(map, labels), 3, Set.of(), Variety.ORDINARY));
  }

  @Test
  void aGapInALabelMapTakesTheLabelAroundItAndACavityStaysAir() {
    Grid map = Grid.isotropic(20, 21, 19, 2);
    int[] labels = new int[map.size()];
    Arrays.fill(labels, 515);
    for (int z = 0; z < 19; z++) {
      for (int y = 3; y < 21; y++) {
        for (int x = 2; x < 9; x++) {
          labels[map.index(x, y, z)] = y < 10 ? 2 : y > 17 ? 0 : 24;
        }
      }
    }
    int[] whole = labels.clone();
    labels[map.index(5, 6, 9)] = 0;
    labels[map.index(5, 6, 10)] = 0;
    labels[map.index(5, 7, 10)] = 0;
    labels[map.index(5, 13, 0)] = 0;
    labels[map.index(12, 13, 12)] = 0;
    LabelGaps.fill(map, labels);
    assertArrayEquals(whole, labels);
  }

  @Test
  void aRealLabelMapBecomesAHead() throws IOException {
    Path shared = Path.of(System.getProperty("qsmnode.sharedData", "../shared/data"));
    Path file = shared.resolve("synthseg-labels/training_seg_05.nii.gz");
    assumeTrue(Files.exists(file), "no label maps in " + shared);
    LabelHead source = new LabelHead(Nifti.read(file).single(), 1, Set.of(), Variety.ORDINARY);
    Head real = source.sample(ScanGeometry.axial(60, 72, 56, 3, 3).grid());
    assertTrue(millilitres(real, Tissue.WHITE) > 250);
    assertTrue(millilitres(real, Tissue.PUTAMEN) > 4);
    assertTrue(millilitres(real, Tissue.RED_NUCLEUS) > 0.05);
    assertTrue(millilitres(real, Tissue.DENTATE) > 0.3);
    assertEquals(0, millilitres(real, Tissue.BONE));
    assertEquals(0, millilitres(real, Tissue.AIR));
  }
}
