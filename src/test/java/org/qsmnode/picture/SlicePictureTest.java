package org.qsmnode.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Volume;

class SlicePictureTest {

  private static final Grid GRID = new Grid(6, 4, 3, 1, 2, 3, Orientation.AXIAL);

  private static int grey(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) & 0xff;
  }

  @Test
  void voxelsKeepTheirAspectRatio() {
    var panel = new SlicePicture.Panel("t", Volume.zeros(GRID), null, 0, 1);
    BufferedImage z = SlicePicture.slice(panel, SlicePicture.Axis.Z, 1);
    BufferedImage y = SlicePicture.slice(panel, SlicePicture.Axis.Y, 1);
    BufferedImage x = SlicePicture.slice(panel, SlicePicture.Axis.X, 1);
    assertEquals(List.of(6, 8), List.of(z.getWidth(), z.getHeight()));
    assertEquals(List.of(6, 9), List.of(y.getWidth(), y.getHeight()));
    assertEquals(List.of(4, 5), List.of(x.getWidth(), x.getHeight()), "2 mm pixels");
  }

  @Test
  void theWindowMapsToGreyAndTheMaskToBlack() {
    Volume volume = Volume.zeros(GRID);
    volume.data()[GRID.index(0, 0, 1)] = -1;
    volume.data()[GRID.index(1, 0, 1)] = 0.5f;
    volume.data()[GRID.index(2, 0, 1)] = 7;
    volume.data()[GRID.index(3, 0, 1)] = 7;
    Mask mask = Mask.full(GRID);
    mask.data()[GRID.index(3, 0, 1)] = false;
    BufferedImage image =
        SlicePicture.slice(
            new SlicePicture.Panel("t", volume, mask, -0.5, 1.5), SlicePicture.Axis.Z, 1);
    assertEquals(0, grey(image, 0, 0));
    assertEquals(128, grey(image, 1, 0));
    assertEquals(255, grey(image, 2, 0));
    assertEquals(0, grey(image, 3, 0));
    assertEquals(64, grey(image, 4, 0));
  }

  @Test
  void headIsUpAcrossY() {
    Volume volume = Volume.zeros(GRID);
    volume.data()[GRID.index(0, 0, 2)] = 1;
    BufferedImage image =
        SlicePicture.slice(new SlicePicture.Panel("t", volume, null, 0, 1), SlicePicture.Axis.Y, 0);
    assertEquals(255, grey(image, 0, 0));
    assertEquals(0, grey(image, 0, 8));
  }

  @Test
  void aMontageHoldsEveryPanelWithItsTitle() {
    var a = new SlicePicture.Panel("Field [ppm]", Volume.zeros(GRID), null, 0, 1);
    BufferedImage one = SlicePicture.montage(List.of(a));
    BufferedImage two = SlicePicture.montage(List.of(a, a));
    assertEquals(2 * one.getHeight(), two.getHeight());
    int lit = 0;
    for (int y = 0; y < 20; y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        lit += grey(one, x, y) > 0 ? 1 : 0;
      }
    }
    assertTrue(lit > 50, "the title is drawn");
  }

  @Test
  void aMontageIsEnlargedByAWholeFactor() {
    Volume volume = Volume.zeros(GRID);
    volume.data()[GRID.index(2, 1, 1)] = 1;
    var panel = new SlicePicture.Panel("t", volume, null, 0, 1);
    BufferedImage small = SlicePicture.montage(List.of(panel));
    BufferedImage large = SlicePicture.montage(List.of(panel), 150);
    assertTrue(large.getWidth() >= 150, "150 pixels asked for");
    int top = small.getHeight() - 15;
    int factor = 10;
    for (int y = 0; y < 8 * factor; y++) {
      for (int x = 0; x < 6 * factor; x++) {
        assertEquals(grey(small, 6 + x / factor, top + y / factor), grey(large, 6 + x, top + y));
      }
    }
    assertEquals(255, grey(large, 6 + 2 * factor, top + 2 * factor), "the lit voxel");
  }
}
