package org.qsmnode.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NiftiTest {

  @TempDir Path folder;

  private static Volume ramp(Grid grid) {
    Volume volume = Volume.zeros(grid);
    for (int i = 0; i < grid.size(); i++) {
      volume.data()[i] = i * 0.25f - 3;
    }
    return volume;
  }

  private static Orientation oblique(double handedness) {
    Vector3 x = new Vector3(0.9, 0.3, -0.2).unit();
    Vector3 y = new Vector3(0, 0, 1).cross(x).unit();
    return new Orientation(new Vector3(-91.5, 12.25, 7), x, y, x.cross(y).times(handedness));
  }

  private static void assertSamePlace(Grid expected, Grid actual) {
    assertArrayEquals(expected.dims(), actual.dims());
    for (int[] v : new int[][] {{0, 0, 0}, {4, 0, 0}, {0, 3, 0}, {0, 0, 6}, {4, 3, 6}}) {
      Vector3 a = expected.positionMm(v[0], v[1], v[2]);
      Vector3 b = actual.positionMm(v[0], v[1], v[2]);
      assertEquals(0, a.minus(b).norm(), 1e-4);
    }
  }

  @ParameterizedTest
  @CsvSource({"a.nii, 1", "a.nii.gz, 1", "a.nii, -1", "a.nii.gz, -1"})
  void valuesAndPlaceSurviveForBothHandednesses(String name, double handedness) throws IOException {
    Grid grid = new Grid(5, 4, 7, 0.9, 1.1, 2.5, oblique(handedness));
    Volume volume = ramp(grid);
    Path file = folder.resolve(name);
    Nifti.write(file, volume);
    NiftiImage back = Nifti.read(file);
    assertArrayEquals(volume.data(), back.single().data());
    assertSamePlace(grid, back.grid());
  }

  @ParameterizedTest
  @CsvSource({"1", "-1"})
  void theQformAloneSaysTheSameAsTheSform(double handedness) throws IOException {
    Grid grid = new Grid(5, 4, 7, 0.9, 1.1, 2.5, oblique(handedness));
    Path file = folder.resolve("q.nii");
    Nifti.write(file, ramp(grid));
    byte[] bytes = Files.readAllBytes(file);
    bytes[254] = 0;
    Files.write(file, bytes);
    assertSamePlace(grid, Nifti.read(file).grid());
  }

  @Test
  void halfTurnsSurviveTheQuaternion() throws IOException {
    Vector3[][] turns = {
      {Vector3.X.times(-1), Vector3.Y.times(-1)},
      {Vector3.X, Vector3.Y.times(-1)},
      {Vector3.X.times(-1), Vector3.Y},
      {Vector3.Y, Vector3.Z},
      {Vector3.Z, Vector3.X}
    };
    for (Vector3[] turn : turns) {
      Grid grid =
          new Grid(5, 4, 7, 1, 2, 3, Orientation.ofStack(new Vector3(1, 2, 3), turn[0], turn[1]));
      Path file = folder.resolve("turn.nii");
      Nifti.write(file, ramp(grid));
      byte[] bytes = Files.readAllBytes(file);
      bytes[254] = 0;
      Files.write(file, bytes);
      assertSamePlace(grid, Nifti.read(file).grid());
    }
  }

  @Test
  void theFileSpeaksRasWhereTheProductSpeaksLps() throws IOException {
    Grid grid =
        new Grid(
            2, 2, 2, 1, 1, 1, Orientation.ofStack(new Vector3(10, 20, 30), Vector3.X, Vector3.Y));
    Path file = folder.resolve("ras.nii");
    Nifti.write(file, ramp(grid));
    ByteBuffer header = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    float[] rows = new float[12];
    for (int i = 0; i < 12; i++) {
      rows[i] = header.getFloat(280 + 4 * i);
    }
    assertArrayEquals(new float[] {-1, 0, 0, -10, 0, -1, 0, -20, 0, 0, 1, 30}, rows);
  }

  @Test
  void scaledBigEndianIntegersAreRead() throws IOException {
    ByteBuffer file = ByteBuffer.allocate(352 + 8).order(ByteOrder.BIG_ENDIAN);
    file.putInt(0, 348);
    short[] dim = {3, 2, 2, 1, 1, 1, 1, 1};
    for (int i = 0; i < 8; i++) {
      file.putShort(40 + 2 * i, dim[i]);
    }
    file.putShort(70, (short) 4);
    for (int i = 0; i < 4; i++) {
      file.putFloat(76 + 4 * i, 2);
    }
    file.putFloat(108, 352);
    file.putFloat(112, 0.5f);
    file.putFloat(116, 10);
    file.put(344, new byte[] {'n', '+', '1', 0});
    for (int i = 0; i < 4; i++) {
      file.putShort(352 + 2 * i, (short) (i * 100 - 150));
    }
    Path path = folder.resolve("big.nii");
    Files.write(path, file.array());
    NiftiImage image = Nifti.read(path);
    assertArrayEquals(new float[] {-65, -15, 35, 85}, image.single().data());
    assertEquals(-1, image.grid().orientation().xAxis().x(), "world x of NIfTI points right");
  }

  @Test
  void fourDimensionsKeepTheirVolumesApart() throws IOException {
    Grid grid = Grid.isotropic(3, 4, 5, 2);
    Volume second = Volume.zeros(grid);
    second.data()[7] = 42;
    Path file = folder.resolve("4d.nii.gz");
    Nifti.write(file, List.of(ramp(grid), second));
    NiftiImage back = Nifti.read(file);
    assertEquals(2, back.volumes().size());
    assertEquals(42, back.volumes().get(1).data()[7]);
    assertThrows(IllegalArgumentException.class, back::single);
  }

  @Test
  void masksBecomeBytes() throws IOException {
    Mask mask = new Mask(Grid.isotropic(2, 1, 2, 1), new boolean[] {true, false, false, true});
    Path file = folder.resolve("mask.nii");
    Nifti.write(file, mask);
    assertEquals(352 + 4, Files.size(file));
    assertArrayEquals(mask.data(), Mask.nonZero(Nifti.read(file).single()).data());
  }

  @Test
  void aHeaderThatPromisesMoreThanTheFileIsRefusedBeforeAllocation() throws IOException {
    Path file = folder.resolve("short.nii");
    Nifti.write(file, ramp(Grid.isotropic(5, 4, 3, 1)));
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putShort(42, (short) 30000);
    Files.write(file, bytes);
    assertThrows(IOException.class, () -> Nifti.read(file));
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Path file = folder.resolve("other.nii");
    Files.write(file, new byte[400]);
    assertThrows(IOException.class, () -> Nifti.read(file));
  }

  @Test
  void aRealPhaseImageIsRead() throws IOException {
    Path data =
        Path.of(System.getProperty("qsmnode.sharedData", "../shared/data"))
            .resolve("nifti-3echo-crop/Phase.nii");
    assumeTrue(Files.exists(data), "no real image in ../shared/data/nifti-3echo-crop");
    NiftiImage image = Nifti.read(data);
    assertArrayEquals(new int[] {51, 51, 41}, image.grid().dims());
    assertEquals(3, image.volumes().size());
    assertEquals(0.47, image.grid().dxMm(), 0.01);
    float largest = 0;
    for (float value : image.volumes().get(0).data()) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertTrue(largest > 0);
  }
}
