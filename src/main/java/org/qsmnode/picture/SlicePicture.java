package org.qsmnode.picture;

import java.awt.image.BufferedImage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/** Grey pictures of slices, with voxels at their true aspect ratio. */
public final class SlicePicture {

  private static final int MARGIN = 6;
  private static final int CAPTION = PixelFont.HEIGHT + 2 * MARGIN;
  private static final int WHITE = 0xffffff;

  private SlicePicture() {}

  /** The axis a slice is perpendicular to. */
  public enum Axis {
    X,
    Y,
    Z
  }

  /**
   * One row of a montage.
   *
   * @param title caption; letters, digits and common signs are drawn
   * @param volume what to show
   * @param mask outside is drawn black; the slices go through its middle; null shows everything
   * @param lo value drawn black
   * @param hi value drawn white
   */
  public record Panel(String title, Volume volume, @Nullable Mask mask, double lo, double hi) {

    public Panel {
      if (!(hi > lo)) {
        throw new IllegalArgumentException("hi must be greater than lo");
      }
      if (mask != null) {
        volume.grid().requireSameDims(mask.grid(), "mask");
      }
    }
  }

  /** One row per panel; each row shows the slices across z, y and x through the middle. */
  public static BufferedImage montage(List<Panel> panels) {
    return montage(panels, 0);
  }

  /**
   * Slices enlarged by one whole factor, so that those of the first row together are at least
   * {@code leastWidth} pixels wide.
   */
  public static BufferedImage montage(List<Panel> panels, int leastWidth) {
    if (panels.isEmpty()) {
      throw new IllegalArgumentException("panels must not be empty");
    }
    int natural = slices(panels.get(0)).stream().mapToInt(BufferedImage::getWidth).sum();
    int factor = Math.max(1, (leastWidth + natural - 1) / natural);
    List<BufferedImage> rows = panels.stream().map(panel -> row(panel, factor)).toList();
    int width = rows.stream().mapToInt(BufferedImage::getWidth).max().orElseThrow();
    int height = rows.stream().mapToInt(BufferedImage::getHeight).sum();
    BufferedImage montage = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int top = 0;
    for (BufferedImage row : rows) {
      copy(row, montage, 0, top);
      top += row.getHeight();
    }
    return montage;
  }

  private static List<BufferedImage> slices(Panel panel) {
    int[] middle = middle(panel);
    return List.of(
        slice(panel, Axis.Z, middle[2]),
        slice(panel, Axis.Y, middle[1]),
        slice(panel, Axis.X, middle[0]));
  }

  private static BufferedImage row(Panel panel, int factor) {
    List<BufferedImage> slices =
        slices(panel).stream().map(slice -> enlarged(slice, factor)).toList();
    int width = MARGIN;
    int height = 0;
    for (BufferedImage slice : slices) {
      width += slice.getWidth() + MARGIN;
      height = Math.max(height, slice.getHeight());
    }
    width = Math.max(width, PixelFont.width(panel.title()) + 2 * MARGIN);
    BufferedImage row =
        new BufferedImage(width, CAPTION + height + MARGIN, BufferedImage.TYPE_INT_RGB);
    PixelFont.draw(row, panel.title(), MARGIN, MARGIN, WHITE);
    int left = MARGIN;
    for (BufferedImage slice : slices) {
      copy(slice, row, left, CAPTION);
      left += slice.getWidth() + MARGIN;
    }
    return row;
  }

  /**
   * One slice. Across z, x grows to the right and y downwards as in a DICOM image; across y and x,
   * z grows upwards. The finer of the two voxel sizes becomes one pixel.
   */
  public static BufferedImage slice(Panel panel, Axis axis, int index) {
    Grid grid = panel.volume().grid();
    int[] n = grid.dims();
    int across = axis == Axis.X ? 1 : 0;
    int down = axis == Axis.Z ? 1 : 2;
    if (index < 0 || index >= n[axis.ordinal()]) {
      throw new IllegalArgumentException("index is outside the volume");
    }
    double[] voxelMm = grid.voxelMm();
    double pixelMm = Math.min(voxelMm[across], voxelMm[down]);
    int width = Math.max(1, (int) Math.round(n[across] * voxelMm[across] / pixelMm));
    int height = Math.max(1, (int) Math.round(n[down] * voxelMm[down] / pixelMm));
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] voxel = new int[3];
    voxel[axis.ordinal()] = index;
    for (int py = 0; py < height; py++) {
      int row = py * n[down] / height;
      voxel[down] = axis == Axis.Z ? row : n[down] - 1 - row;
      for (int px = 0; px < width; px++) {
        voxel[across] = px * n[across] / width;
        image.setRGB(px, py, rgb(panel, grid.index(voxel[0], voxel[1], voxel[2])));
      }
    }
    return image;
  }

  private static int rgb(Panel panel, int voxel) {
    Mask mask = panel.mask();
    float value = panel.volume().data()[voxel];
    if (mask != null && !mask.data()[voxel] || Float.isNaN(value)) {
      return 0;
    }
    double shown = (value - panel.lo()) / (panel.hi() - panel.lo());
    int grey = (int) Math.round(255 * Math.max(0, Math.min(1, shown)));
    return grey << 16 | grey << 8 | grey;
  }

  private static int[] middle(Panel panel) {
    Grid grid = panel.volume().grid();
    int[] n = grid.dims();
    Mask mask = panel.mask();
    if (mask == null || mask.count() == 0) {
      return new int[] {n[0] / 2, n[1] / 2, n[2] / 2};
    }
    double[] sum = new double[3];
    for (int z = 0, i = 0; z < n[2]; z++) {
      for (int y = 0; y < n[1]; y++) {
        for (int x = 0; x < n[0]; x++, i++) {
          if (mask.data()[i]) {
            sum[0] += x;
            sum[1] += y;
            sum[2] += z;
          }
        }
      }
    }
    int count = mask.count();
    return new int[] {
      (int) Math.round(sum[0] / count),
      (int) Math.round(sum[1] / count),
      (int) Math.round(sum[2] / count)
    };
  }

  private static BufferedImage enlarged(BufferedImage image, int factor) {
    int width = image.getWidth() * factor;
    int height = image.getHeight() * factor;
    BufferedImage larger = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        larger.setRGB(x, y, image.getRGB(x / factor, y / factor));
      }
    }
    return larger;
  }

  private static void copy(BufferedImage from, BufferedImage to, int left, int top) {
    int width = from.getWidth();
    int height = from.getHeight();
    int[] pixels = from.getRGB(0, 0, width, height, null, 0, width);
    to.setRGB(left, top, width, height, pixels, 0, width);
  }
}
