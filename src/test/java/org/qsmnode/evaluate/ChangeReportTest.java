package org.qsmnode.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

class ChangeReportTest {

  private static final Grid GRID = new Grid(27, 31, 25, 2, 1.5, 2.5, Orientation.AXIAL);

  @TempDir Path folder;

  /** A ball of noise; 0 outside, a standard deviation of 8 inside. */
  private static ResultMaps ball(Grid grid, long seed, boolean withSd) {
    Volume mean = Volume.zeros(grid);
    Volume sd = Volume.zeros(grid);
    float[] noise = new float[grid.size()];
    new SeededRandom(seed).fillGaussian(noise);
    for (int z = 0, i = 0; z < grid.nz(); z++) {
      for (int y = 0; y < grid.ny(); y++) {
        for (int x = 0; x < grid.nx(); x++, i++) {
          double dx = (x - (grid.nx() - 1) / 2.0) * grid.dxMm();
          double dy = (y - (grid.ny() - 1) / 2.0) * grid.dyMm();
          double dz = (z - (grid.nz() - 1) / 2.0) * grid.dzMm();
          boolean inside = dx * dx + dy * dy + dz * dz < 22 * 22;
          int ppb = Math.round(60 * noise[i]);
          mean.data()[i] = inside ? (ppb == 0 ? 1 : ppb) : 0;
          sd.data()[i] = inside ? 8 : -1;
        }
      }
    }
    return new ResultMaps(mean, withSd ? Optional.of(sd) : Optional.empty());
  }

  private interface Rule {
    double of(int voxel, double old);
  }

  private static ResultMaps changed(ResultMaps maps, Rule rule) {
    float[] data = maps.meanPpb().data().clone();
    boolean[] inside = maps.mask().data();
    for (int i = 0; i < data.length; i++) {
      data[i] = inside[i] ? (float) rule.of(i, data[i]) : 0;
    }
    return new ResultMaps(new Volume(maps.meanPpb().grid(), data), maps.sdPpb());
  }

  @Test
  void theSameMapAgainDiffersNowhere() {
    ResultMaps maps = ball(GRID, 1, true);
    MapChange change = MapChange.of(maps, ball(GRID, 1, true));
    assertEquals(maps.mask().count(), change.voxels());
    assertEquals(0, change.onlyOld() + change.onlyNew());
    assertEquals(0, change.sdPpb());
    assertEquals(0, change.percentile99Ppb());
    assertEquals(1, change.correlation(), 1e-12);
    assertEquals(1, change.slope(), 1e-12);
    assertEquals(0, change.beyondTwoSdPercent());
  }

  @Test
  void aMapThatIsScaledAndShiftedShowsSlopeAndBias() {
    ResultMaps old = ball(GRID, 2, false);
    MapChange change = MapChange.of(old, changed(old, (i, ppb) -> 0.75 * ppb + 10));
    double mean = change.regions().get(0).oldPpb();
    assertEquals(0.75, change.slope(), 1e-6);
    assertEquals(1, change.correlation(), 1e-6);
    assertEquals(10 - 0.25 * mean, change.biasPpb(), 1e-4);
    assertEquals(change.biasPpb() - 1.96 * change.sdPpb(), change.lowPpb(), 1e-9);
    assertEquals(change.biasPpb() + 1.96 * change.sdPpb(), change.highPpb(), 1e-9);
    assertTrue(Double.isNaN(change.beyondTwoSdPercent()), "no standard deviation to compare with");
  }

  @Test
  void figuresAreThoseOfTheSortedDifferences() {
    ResultMaps old = ball(GRID, 3, true);
    ResultMaps other = ball(GRID, 4, true);
    MapChange change = MapChange.of(old, other);
    List<Double> absolute = new ArrayList<>();
    double sum = 0;
    double squares = 0;
    int beyond = 0;
    for (int i = 0; i < GRID.size(); i++) {
      if (old.mask().data()[i]) {
        double d = other.meanPpb().data()[i] - old.meanPpb().data()[i];
        absolute.add(Math.abs(d));
        sum += d;
        squares += d * d;
        beyond += Math.abs(d) > 16 ? 1 : 0;
      }
    }
    int n = absolute.size();
    Collections.sort(absolute);
    assertEquals(sum / n, change.biasPpb(), 1e-9);
    assertEquals(
        Math.sqrt((squares - sum * sum / n) / (n - 1)), change.sdPpb(), 1e-9 * change.sdPpb());
    assertEquals(
        0.5 * (absolute.get((n - 1) / 2) + absolute.get(n / 2)), change.medianAbsolutePpb());
    long within = absolute.stream().filter(value -> value <= change.percentile95Ppb()).count();
    assertTrue(within >= 0.95 * n);
    assertTrue(
        absolute.stream().filter(value -> value < change.percentile95Ppb()).count() < 0.95 * n);
    assertTrue(change.percentile99Ppb() > change.percentile95Ppb());
    assertEquals(100.0 * beyond / n, change.beyondTwoSdPercent(), 1e-9);
    assertEquals(0, change.correlation(), 0.05, "independent noise");
  }

  @Test
  void shellsOctantsAndClassesEachCoverTheirPartOnce() {
    MapChange change = MapChange.of(ball(GRID, 5, true), ball(GRID, 6, true));
    Map<String, Integer> voxels = new HashMap<>();
    change.regions().forEach(region -> voxels.put(region.name(), region.voxels()));
    int whole = change.voxels();
    assertEquals(whole, sum(voxels, "mm deep") + sum(voxels, "deeper"));
    assertEquals(whole, sum(voxels, "left ") + sum(voxels, "right "));
    assertEquals(whole, sum(voxels, "anterior") + sum(voxels, "posterior"));
    int deep = whole - sum(voxels, "0 to 4 mm deep");
    assertEquals(deep, sum(voxels, "old "));
  }

  private static int sum(Map<String, Integer> voxels, String part) {
    return voxels.entrySet().stream()
        .filter(entry -> entry.getKey().contains(part))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  @Test
  void octantsFollowThePatientAndNotTheVoxels() {
    Orientation sagittal =
        Orientation.ofStack(new Vector3(40, -20, 30), new Vector3(0, 1, 0), new Vector3(0, 0, -1));
    Grid grid = new Grid(27, 31, 25, 2, 1.5, 2.5, sagittal);
    ResultMaps old = ball(grid, 7, true);
    double middle = grid.positionMm(13, 15, 12).z();
    MapChange change =
        MapChange.of(
            old,
            changed(
                old,
                (i, ppb) -> {
                  int x = i % 27;
                  int y = i / 27 % 31;
                  int z = i / (27 * 31);
                  return grid.positionMm(x, y, z).z() > middle ? ppb + 5 : ppb;
                }));
    for (MapChange.Region region : change.regions()) {
      if (region.name().endsWith(" superior")) {
        assertEquals(5, region.differencePpb(), 1e-9, region.name());
        assertEquals(0, region.sdOfDifferencesPpb(), 1e-5, region.name());
      } else if (region.name().endsWith(" inferior")) {
        assertEquals(0, region.differencePpb(), 1e-9, region.name());
      }
    }
  }

  @Test
  void voxelsChosenByNoiseOfTheOldMapMoveTowardsZero() {
    MapChange change = MapChange.of(ball(GRID, 8, true), ball(GRID, 9, true));
    MapChange.Region above =
        change.regions().stream()
            .filter(region -> region.name().equals("old above +50 ppb"))
            .findFirst()
            .orElseThrow();
    assertTrue(above.oldPpb() > 50);
    assertEquals(0, above.newPpb(), 10, "which is what the report warns of");
  }

  @Test
  void masksThatDifferAreCountedAndOtherVoxelsAreRefused() {
    ResultMaps old = ball(GRID, 10, false);
    float[] cut = old.meanPpb().data().clone();
    int first = 0;
    while (cut[first] == 0) {
      first++;
    }
    cut[first] = 0;
    cut[0] = 3;
    MapChange change = MapChange.of(old, new ResultMaps(new Volume(GRID, cut), Optional.empty()));
    assertEquals(1, change.onlyOld());
    assertEquals(1, change.onlyNew());
    Grid moved =
        new Grid(
            27,
            31,
            25,
            2,
            1.5,
            2.5,
            Orientation.ofStack(new Vector3(0.1, 0, 0), Vector3.X, Vector3.Y));
    assertThrows(IllegalArgumentException.class, () -> MapChange.of(old, ball(moved, 10, false)));
    ResultMaps empty = new ResultMaps(Volume.zeros(GRID), Optional.empty());
    assertThrows(IllegalArgumentException.class, () -> MapChange.of(old, empty));
  }

  @Test
  void theReportHoldsFiguresTablesAndPictures() throws Exception {
    ResultMaps old = ball(GRID, 11, true);
    ResultMaps made = changed(old, (i, ppb) -> 0.9 * ppb + 4);
    ChangeReport report =
        new ChangeReport(
            new ChangeReport.Subject("job-a", List.of("node 1", "method tkd")),
            new ChangeReport.Subject("job-b", List.of("node 2", "method tv")));
    String summary = report.write(old, made, folder.resolve("comparison"));
    JsonNode json =
        new ObjectMapper().readTree(folder.resolve("comparison/comparison.json").toFile());
    assertEquals(summary, json.path("summary").asText());
    assertEquals("job-a", json.at("/old/job").asText());
    assertEquals(0.9, json.at("/change/slope").asDouble(), 1e-6);
    assertEquals("whole mask", json.at("/change/regions/0/name").asText());
    String markdown = Files.readString(folder.resolve("comparison/comparison.md"));
    for (String part :
        List.of(summary, "method tkd", "method tv", "| slope of new on old | 0.9000 |")) {
      assertTrue(markdown.contains(part), part);
    }
    for (String picture : List.of("bland-altman.png", "difference.png")) {
      BufferedImage image = ImageIO.read(folder.resolve("comparison/" + picture).toFile());
      assertNotNull(image, picture);
      assertTrue(image.getWidth() > 300, picture);
      assertTrue(markdown.contains(picture));
    }
    BufferedImage plot = ImageIO.read(folder.resolve("comparison/bland-altman.png").toFile());
    int blue = 0;
    for (int pixel :
        plot.getRGB(0, 0, plot.getWidth(), plot.getHeight(), null, 0, plot.getWidth())) {
      blue += (pixel & 0xffffff) == 0x1f77b4 ? 1 : 0;
    }
    assertTrue(blue > 500, "voxels are drawn");
  }

  @Test
  void withoutAComparisonTheReportSaysWhy() throws Exception {
    ChangeReport report =
        new ChangeReport(
            new ChangeReport.Subject("job-a", List.of()),
            new ChangeReport.Subject("job-b", List.of("node 2")));
    assertEquals("not compared: gone", report.writeNone("gone", folder));
    String markdown = Files.readString(folder.resolve("comparison.md"));
    assertTrue(markdown.contains("not compared: gone"));
    assertFalse(Files.exists(folder.resolve("bland-altman.png")));
  }
}
