package org.qsmnode.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinePlotTest {

  private static final int BLUE = 0x1f77b4;

  private static int count(BufferedImage image, int rgb) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += (image.getRGB(x, y) & 0xffffff) == rgb ? 1 : 0;
      }
    }
    return count;
  }

  private static int middleRow(BufferedImage image, int rgb, int fromX, int toX) {
    int sum = 0;
    int count = 0;
    for (int y = 60; y < image.getHeight() - 66; y++) {
      for (int x = fromX; x < toX; x++) {
        if ((image.getRGB(x, y) & 0xffffff) == rgb) {
          sum += y;
          count++;
        }
      }
    }
    return count == 0 ? -1 : sum / count;
  }

  @Test
  void aRisingLineRunsFromTheLowerLeftToTheUpperRight() {
    BufferedImage image =
        new LinePlot("a", "b", "c").line("", new double[] {0, 1}, new double[] {0, 1}).draw();
    int left = middleRow(image, BLUE, 100, 200);
    int right = middleRow(image, BLUE, 560, 660);
    assertTrue(left > right + 200, left + " and " + right);
  }

  @Test
  void aLineIsInterruptedWhereAValueIsMissing() {
    double[] x = {0, 1, 2, 3};
    int whole = count(new LinePlot("", "", "").line("", x, new double[] {1, 1, 1, 2}).draw(), BLUE);
    int cut =
        count(
            new LinePlot("", "", "").line("", x, new double[] {1, Double.NaN, 1, 2}).draw(), BLUE);
    assertTrue(cut > 0 && cut < 0.6 * whole, cut + " of " + whole);
  }

  @Test
  void namesStandInTheCornerThatLinesCrossLeast() {
    double[] x = {0, 1};
    BufferedImage rising = new LinePlot("", "", "").line("name", x, x).draw();
    int bare = count(new LinePlot("", "", "").line("", x, x).draw(), BLUE);
    int name = count(new LinePlot("", "", "").line("name", x, new double[2]).draw(), BLUE);
    int none = count(new LinePlot("", "", "").line("", x, new double[2]).draw(), BLUE);
    assertEquals(name - none, count(rising, BLUE) - bare, "no pixel of it under the line");
  }

  @Test
  void tenLinesHaveTenColours() {
    LinePlot plot = new LinePlot("", "", "");
    for (int k = 0; k < 10; k++) {
      plot.line("", new double[] {0, 1}, new double[] {k, k});
    }
    BufferedImage image = plot.draw();
    Set<Integer> colours = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y++) {
      colours.add(image.getRGB(390, y) & 0xffffff);
    }
    colours.removeAll(Set.of(0xffffff, 0xd8d8d8, 0x202020));
    assertEquals(10, colours.size(), colours::toString);
  }

  @Test
  void emptyAndConstantPlotsAreDrawnToo() {
    assertEquals(0, count(new LinePlot("", "", "").draw(), BLUE));
    double[] one = {3};
    assertTrue(count(new LinePlot("", "", "").points("", one, one).draw(), BLUE) > 10);
    assertThrows(
        IllegalArgumentException.class,
        () -> new LinePlot("", "", "").line("", one, new double[] {1, 2}));
  }
}
