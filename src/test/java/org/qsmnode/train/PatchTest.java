package org.qsmnode.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.field.FieldOrigin;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.pdi.PdiInputs;
import org.qsmnode.inversion.pdi.Symmetry;
import org.qsmnode.numeric.Progress;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.pipeline.Inversions;
import org.qsmnode.simulate.cases.InversionCase;
import org.qsmnode.volume.Box;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

class PatchTest {

  private static final Inversion START = Inversions.named("tkd", Map.of());
  private static final Symmetry NONE =
      new Symmetry(new int[] {0, 1, 2}, new boolean[] {false, false, false});

  private static CachedCase cached(InversionCase one, Path folder) throws IOException {
    Path file = folder.resolve("one.inputs");
    PdiInputs inputs = PdiInputs.of(one.field(), START.invert(one.field(), Progress.NONE));
    Box box = inputs.box();
    CachedCase.write(file, inputs, 3, box.crop(one.chiPpm()).data(), box.crop(one.labels()).data());
    return CachedCase.open("geometric-00001", file);
  }

  @Test
  void theCacheHoldsWhatTheNetworkSees(@TempDir Path folder) throws IOException {
    InversionCase one = TrainingCases.of("geometric", 2, 14, 17, 12);
    PdiInputs inputs = PdiInputs.of(one.field(), START.invert(one.field(), Progress.NONE));
    CachedCase cached = cached(one, folder);
    assertArrayEquals(inputs.mask().grid().dims(), cached.dims());
    float[][] channels = cached.inputs();
    for (int c = 0; c < channels.length; c++) {
      assertArrayEquals(inputs.channels()[c], channels[c]);
    }
    assertEquals("geometric", cached.family());
    assertArrayEquals(new float[] {2, 2, 2}, cached.voxelMm());
    int voxel = cached.voxels() / 2;
    assertEquals(inputs.startPpm()[voxel], cached.startPpm(voxel));
    assertEquals(inputs.mask().data()[voxel], cached.inMask(voxel));
  }

  @Test
  void mirroringAndPermutingLeavesThePhysicsConsistent(@TempDir Path folder) throws IOException {
    Symmetry turn = new Symmetry(new int[] {2, 0, 1}, new boolean[] {true, false, true});
    // Padding depends on the axis, and Nyquist planes of an oblique kernel are not mirrored
    // exactly.
    InversionCase oblique = TrainingCases.of("geometric", 2, 14, 17, 12);
    double right = worst(oblique, turn, turn, folder.resolve("b"));
    assertTrue(right < 0.15, "relative difference " + right);
    Symmetry wrong = new Symmetry(turn.axis(), new boolean[] {true, false, false});
    double mirrored = worst(oblique, turn, wrong, folder.resolve("c"));
    assertTrue(mirrored > 2 * right, mirrored + " against " + right);
  }

  /**
   * Largest relative difference of a channel between the turned inputs of a case and the inputs of
   * the turned case, whose main field is turned by {@code field}.
   */
  private static double worst(InversionCase one, Symmetry turn, Symmetry field, Path folder)
      throws IOException {
    CachedCase before = cached(one, Files.createDirectories(folder.resolve("before")));
    CachedCase after =
        cached(turned(one, turn, field), Files.createDirectories(folder.resolve("after")));
    assertArrayEquals(turn.dims(before.dims()), after.dims());
    Patch patch = Patch.cut(before, turn, new int[3], after.dims());
    for (int i = 0; i < patch.truthPpm().length; i++) {
      assertEquals(after.truthPpm(i), patch.truthPpm()[i], 1e-6);
    }
    double worst = 0;
    float[][] expected = after.inputs();
    for (int c = 0; c < expected.length; c++) {
      double difference = 0;
      double size = 0;
      for (int i = 0; i < expected[c].length; i++) {
        difference += Math.pow(expected[c][i] - patch.inputs()[c][i], 2);
        size += Math.pow(expected[c][i], 2);
      }
      worst = Math.max(worst, size > 0 ? Math.sqrt(difference / size) : difference);
    }
    return worst;
  }

  private static InversionCase turned(InversionCase one, Symmetry turn, Symmetry fieldTurn) {
    LocalField f = one.field();
    int[] n = turn.dims(f.grid().dims());
    Grid grid = Grid.isotropic(n[0], n[1], n[2], 2);
    double[] b0 = {f.b0Direction().x(), f.b0Direction().y(), f.b0Direction().z()};
    double[] b = new double[3];
    for (int a = 0; a < 3; a++) {
      b[a] = (fieldTurn.mirrored()[a] ? -1 : 1) * b0[fieldTurn.axis()[a]];
    }
    Mask mask = Mask.nonZero(turned(f.mask().toVolume(), turn, grid));
    LocalField field =
        new LocalField(
            Volume.zeros(grid),
            turned(f.localPpm(), turn, grid),
            turned(f.sdPpm(), turn, grid),
            mask,
            turned(f.magnitude(), turn, grid),
            Volume.zeros(grid),
            3,
            f.echoTimesSeconds(),
            new Vector3(b[0], b[1], b[2]),
            FieldOrigin.EXACT,
            List.of());
    return new InversionCase(
        field, turned(one.chiPpm(), turn, grid), turned(one.labels(), turn, grid), one.facts());
  }

  private static Volume turned(Volume volume, Symmetry turn, Grid grid) {
    float[] values = new float[grid.size()];
    for (int z = 0, i = 0; z < grid.nz(); z++) {
      for (int y = 0; y < grid.ny(); y++) {
        for (int x = 0; x < grid.nx(); x++, i++) {
          values[i] = volume.data()[turn.source(x, y, z, volume.grid().dims())];
        }
      }
    }
    return new Volume(grid, values);
  }

  @Test
  void aPatchHoldsVoxelsOfTheMaskAndDoesNotCountItsCutEdges(@TempDir Path folder)
      throws IOException {
    CachedCase one = cached(TrainingCases.of("geometric", 2, 24, 27, 22), folder);
    for (long seed = 0; seed < 20; seed++) {
      Patch patch = Patch.random(one, 14, new SeededRandom(seed));
      int counted = 0;
      for (boolean c : patch.counted()) {
        counted += c ? 1 : 0;
      }
      assertTrue(counted > 100, "counted " + counted);
    }
    Patch inner = Patch.cut(one, NONE, new int[] {5, 5, 4}, new int[] {12, 12, 12});
    for (int z = 0, i = 0; z < 12; z++) {
      for (int y = 0; y < 12; y++) {
        for (int x = 0; x < 12; x++, i++) {
          boolean middle = Math.min(x, Math.min(y, z)) >= 4 && Math.max(x, Math.max(y, z)) < 8;
          assertEquals(middle && inner.inputs()[one.channels() - 1][i] > 0.5f, inner.counted()[i]);
        }
      }
    }
  }
}
