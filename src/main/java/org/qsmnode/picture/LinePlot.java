package org.qsmnode.picture;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Lines and points over two axes, drawn without fonts or toolkit. Names stand in the corner that
 * lines cross least.
 */
public final class LinePlot {

  private static final int WIDTH = 720;
  private static final int HEIGHT = 540;
  private static final int LEFT = 96;
  private static final int RIGHT = 24;
  private static final int TOP = 40;
  private static final int BOTTOM = 64;
  private static final int INK = 0x202020;
  private static final int FAINT = 0xd8d8d8;
  private static final int GUIDE = 0x909090;
  private static final int WHITE = 0xffffff;
  private static final int ROW = PixelFont.HEIGHT + 6;
  private static final int[] COLOURS = {
    0x1f77b4, 0xd62728, 0x2ca02c, 0xff7f0e, 0x9467bd, 0x17becf, 0x8c564b, 0xe377c2, 0xbcbd22,
    0x000000
  };
  private static final double TICKS = 5;

  private final String title;
  private final String across;
  private final String up;
  private final List<Series> all = new ArrayList<>();

  private record Series(String name, double[] x, double[] y, boolean joined, boolean guide) {}

  /** An empty plot; texts may hold letters, digits and common signs. */
  public LinePlot(String title, String across, String up) {
    this.title = title;
    this.across = across;
    this.up = up;
  }

  /** A line through points in the order given; values that are not finite are left out. */
  public LinePlot line(String name, double[] x, double[] y) {
    return add(name, x, y, true, false);
  }

  /** Single points. */
  public LinePlot points(String name, double[] x, double[] y) {
    return add(name, x, y, false, false);
  }

  /** A grey line to compare with. */
  public LinePlot guide(String name, double[] x, double[] y) {
    return add(name, x, y, true, true);
  }

  private LinePlot add(String name, double[] x, double[] y, boolean joined, boolean guide) {
    if (x.length != y.length) {
      throw new IllegalArgumentException("x and y must have the same length");
    }
    all.add(new Series(name, x.clone(), y.clone(), joined, guide));
    return this;
  }

  /** The picture; axes reach over all finite points. */
  public BufferedImage draw() {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    int[] white = new int[WIDTH * HEIGHT];
    Arrays.fill(white, WHITE);
    image.setRGB(0, 0, WIDTH, HEIGHT, white, 0, WIDTH);
    Axis x = Axis.over(all.stream().map(Series::x).toList());
    Axis y = Axis.over(all.stream().map(Series::y).toList());
    PixelFont.draw(image, title, (WIDTH - PixelFont.width(title)) / 2, 6, INK);
    PixelFont.draw(image, across, (WIDTH - PixelFont.width(across)) / 2, HEIGHT - BOTTOM / 3, INK);
    PixelFont.draw(image, up, 8, TOP - PixelFont.HEIGHT - 8, INK);
    frame(image, x, y);
    int[] colours = new int[all.size()];
    int lines = 0;
    for (int s = 0; s < colours.length; s++) {
      colours[s] = all.get(s).guide() ? GUIDE : COLOURS[lines++ % COLOURS.length];
      draw(image, all.get(s), x, y, colours[s]);
    }
    names(image, colours);
    return image;
  }

  private void names(BufferedImage image, int[] colours) {
    int width = all.stream().mapToInt(s -> PixelFont.width(s.name())).max().orElse(0);
    int height = ROW * all.size();
    int right = WIDTH - RIGHT - 8 - width;
    int low = HEIGHT - BOTTOM - 8 - height;
    int[][] corners = {{right, TOP + 8}, {LEFT + 8, TOP + 8}, {LEFT + 8, low}, {right, low}};
    int[] best = corners[0];
    for (int[] corner : corners) {
      if (drawn(image, corner, width, height) < drawn(image, best, width, height)) {
        best = corner;
      }
    }
    for (int s = 0; s < colours.length; s++) {
      String name = all.get(s).name();
      int left = best[0] == right ? right + width - PixelFont.width(name) : best[0];
      PixelFont.draw(image, name, left, best[1] + s * ROW, colours[s]);
    }
  }

  /** Pixels of lines in a rectangle. */
  private static int drawn(BufferedImage image, int[] corner, int width, int height) {
    int count = 0;
    for (int y = corner[1]; y < corner[1] + height; y++) {
      for (int x = corner[0]; x < corner[0] + width; x++) {
        int rgb = image.getRGB(x, y) & WHITE;
        count += rgb == WHITE || rgb == FAINT ? 0 : 1;
      }
    }
    return count;
  }

  private static void frame(BufferedImage image, Axis x, Axis y) {
    for (double tick = x.first(); tick <= x.high() + 1e-9 * x.step(); tick += x.step()) {
      int px = across(x, tick);
      segment(image, px, TOP, px, HEIGHT - BOTTOM, FAINT, 1);
      String text = x.text(tick);
      PixelFont.draw(image, text, px - PixelFont.width(text) / 2, HEIGHT - BOTTOM + 8, INK);
    }
    for (double tick = y.first(); tick <= y.high() + 1e-9 * y.step(); tick += y.step()) {
      int py = up(y, tick);
      segment(image, LEFT, py, WIDTH - RIGHT, py, FAINT, 1);
      String text = y.text(tick);
      PixelFont.draw(image, text, LEFT - 8 - PixelFont.width(text), py - PixelFont.HEIGHT / 2, INK);
    }
    segment(image, LEFT, TOP, LEFT, HEIGHT - BOTTOM, INK, 1);
    segment(image, LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM, INK, 1);
  }

  private static void draw(BufferedImage image, Series series, Axis x, Axis y, int rgb) {
    boolean pen = false;
    int lastX = 0;
    int lastY = 0;
    for (int i = 0; i < series.x().length; i++) {
      if (!Double.isFinite(series.x()[i]) || !Double.isFinite(series.y()[i])) {
        pen = false;
        continue;
      }
      int px = across(x, series.x()[i]);
      int py = up(y, series.y()[i]);
      if (!series.joined()) {
        segment(image, px - 2, py, px + 2, py, rgb, 5);
      } else if (pen) {
        segment(image, lastX, lastY, px, py, rgb, series.guide() ? 1 : 2);
      }
      pen = true;
      lastX = px;
      lastY = py;
    }
  }

  private static int across(Axis axis, double value) {
    return (int) Math.round(LEFT + (WIDTH - LEFT - RIGHT) * axis.part(value));
  }

  private static int up(Axis axis, double value) {
    return (int) Math.round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * axis.part(value));
  }

  private static void segment(
      BufferedImage image, int x0, int y0, int x1, int y1, int rgb, int thick) {
    int steps = Math.max(1, Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0)));
    for (int s = 0; s <= steps; s++) {
      int x = x0 + Math.round((float) (x1 - x0) * s / steps);
      int y = y0 + Math.round((float) (y1 - y0) * s / steps);
      for (int t = 0; t < thick; t++) {
        boolean steep = Math.abs(y1 - y0) > Math.abs(x1 - x0);
        int px = x + (steep ? t - thick / 2 : 0);
        int py = y + (steep ? 0 : t - thick / 2);
        if (px >= 0 && px < WIDTH && py >= 0 && py < HEIGHT) {
          image.setRGB(px, py, rgb);
        }
      }
    }
  }

  /** Range and round tick distance. */
  private record Axis(double low, double high, double step) {

    static Axis over(List<double[]> values) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (double[] some : values) {
        for (double value : some) {
          if (Double.isFinite(value)) {
            low = Math.min(low, value);
            high = Math.max(high, value);
          }
        }
      }
      if (!(high > low)) {
        double middle = Double.isFinite(low) ? low : 0;
        low = middle - 0.5;
        high = middle + 0.5;
      }
      double rough = (high - low) / TICKS;
      double ten = Math.pow(10, Math.floor(Math.log10(rough)));
      double step = rough / ten > 5 ? 10 * ten : rough / ten > 2 ? 5 * ten : 2 * ten;
      return new Axis(
          step * Math.floor(low / step + 1e-9), step * Math.ceil(high / step - 1e-9), step);
    }

    double first() {
      return low;
    }

    double part(double value) {
      return (value - low) / (high - low);
    }

    String text(double tick) {
      int digits = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
      double shown = Math.abs(tick) < 1e-9 * step ? 0 : tick;
      return String.format(Locale.ROOT, "%." + digits + "f", shown);
    }
  }
}
