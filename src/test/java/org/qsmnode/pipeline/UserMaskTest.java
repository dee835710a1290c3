package org.qsmnode.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.series.header.RefusedException;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Nifti;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

final class UserMaskTest {

  private static final Grid GRID = new Grid(5, 4, 3, 1, 2, 3, Orientation.AXIAL);

  @TempDir Path folder;

  @Test
  void aFileWithReversedAxesIsTurned() throws Exception {
    Grid reversed =
        new Grid(
            5,
            4,
            3,
            1,
            2,
            3,
            new Orientation(
                GRID.positionMm(4, 0, 0),
                new Vector3(-1, 0, 0),
                new Vector3(0, 1, 0),
                new Vector3(0, 0, 1)));
    Volume stored = Volume.zeros(reversed);
    stored.data()[reversed.index(0, 1, 2)] = 1;
    Mask mask = UserMask.of(write(stored).toString()).orElseThrow().on(GRID);
    assertEquals(1, mask.count());
    assertTrue(mask.at(4, 1, 2));
  }

  @Test
  void aFileOnOtherVoxelsIsRefusedWithItsReason() throws IOException {
    Path file = write(Volume.zeros(new Grid(5, 4, 4, 1, 2, 3, Orientation.AXIAL)));
    RefusedException refused =
        assertThrows(
            RefusedException.class, () -> UserMask.of(file.toString()).orElseThrow().on(GRID));
    assertEquals(ReasonCode.IRREGULAR_GEOMETRY, refused.reason().code());
    assertEquals("The mask is 5x4x4, expected 5x4x3.", refused.reason().sentence());
  }

  @Test
  void aMissingFileIsNoSetting() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ReconstructionSettings.of(Map.of("field.mask", folder.resolve("none").toString())));
  }

  @Test
  void theContentOfTheMaskEntersTheDigest() throws IOException {
    Volume mask = Volume.zeros(GRID);
    String first = digest(write(mask));
    mask.data()[3] = 1;
    assertNotEquals(first, digest(write(mask)));
    assertNotEquals(first, ReconstructionSettings.defaults().digest());
  }

  private static String digest(Path file) {
    return ReconstructionSettings.of(Map.of("field.mask", file.toString())).digest();
  }

  private Path write(Volume volume) throws IOException {
    Path file = folder.resolve("mask.nii.gz");
    Files.deleteIfExists(file);
    Nifti.write(file, volume);
    return file;
  }
}
