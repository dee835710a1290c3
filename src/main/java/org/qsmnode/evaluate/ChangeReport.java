package org.qsmnode.evaluate;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.qsmnode.picture.LinePlot;
import org.qsmnode.picture.SlicePicture;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/**
 * Report of a new result beside an older one: {@value #JSON}, {@value #MARKDOWN} and two pictures
 * in a folder of their own.
 */
public final class ChangeReport {

  /** Figures; the member {@code summary} is one sentence. */
  public static final String JSON = "comparison.json";

  /** The report as Markdown for a person. */
  public static final String MARKDOWN = "comparison.md";

  private static final int MOST_POINTS = 4000;
  private static final int PICTURE_WIDTH = 700;

  private final Subject before;
  private final Subject after;

  /**
   * A result by its name and what made it, neither of them about the patient.
   *
   * @param job name of the result
   * @param software versions of what made it
   */
  public record Subject(String job, List<String> software) {

    public Subject {
      software = List.copyOf(software);
    }
  }

  public ChangeReport(Subject before, Subject after) {
    this.before = before;
    this.after = after;
  }

  /**
   * Compares and writes into {@code folder}, which is made.
   *
   * @return the change in one line
   * @throws IllegalArgumentException if the results cannot be compared
   */
  public String write(ResultMaps old, ResultMaps made, Path folder) throws IOException {
    MapChange change = MapChange.of(old, made);
    Files.createDirectories(folder);
    Mask common = old.mask().and(made.mask());
    png(blandAltman(change, old, made, common).draw(), folder.resolve("bland-altman.png"));
    png(montage(change, old, made, common), folder.resolve("difference.png"));
    text(change.summary(), tables(change), Map.of("change", change), folder);
    return change.summary();
  }

  /** Writes why there is no comparison. */
  public String writeNone(String reason, Path folder) throws IOException {
    Files.createDirectories(folder);
    String summary = "not compared: " + reason;
    text(summary, "", Map.of(), folder);
    return summary;
  }

  private void text(String summary, String tables, Map<String, Object> figures, Path folder)
      throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("summary", summary);
    all.put("old", before);
    all.put("new", after);
    all.putAll(figures);
    FigureJson.write(all, folder.resolve(JSON));
    Files.writeString(
        folder.resolve(MARKDOWN),
        """
        # New result beside the old one

        %s

        - old: %s, made by %s
        - new: %s, made by %s
        %s\
        """
            .formatted(
                summary,
                before.job(),
                String.join("; ", before.software()),
                after.job(),
                String.join("; ", after.software()),
                tables));
  }

  private static String tables(MapChange change) {
    MarkdownTable figures = new MarkdownTable(List.of("figure, new less old", "value"));
    row(figures, "voxels that both have", change.voxels(), 0);
    row(figures, "voxels of the old one only", change.onlyOld(), 0);
    row(figures, "voxels of the new one only", change.onlyNew(), 0);
    row(figures, "mean difference, ppb", change.biasPpb(), 2);
    row(figures, "SD of differences, ppb", change.sdPpb(), 2);
    row(figures, "lower limit of agreement, ppb", change.lowPpb(), 2);
    row(figures, "upper limit of agreement, ppb", change.highPpb(), 2);
    row(figures, "median absolute difference, ppb", change.medianAbsolutePpb(), 2);
    row(figures, "95 % of absolute differences within, ppb", change.percentile95Ppb(), 2);
    row(figures, "99 % of absolute differences within, ppb", change.percentile99Ppb(), 2);
    row(figures, "correlation", change.correlation(), 4);
    row(figures, "slope of new on old", change.slope(), 4);
    row(figures, "beyond 2 old SD, % of voxels", change.beyondTwoSdPercent(), 2);
    MarkdownTable regions =
        new MarkdownTable(
            List.of(
                "region",
                "voxels",
                "old",
                "new",
                "new - old",
                "SD of differences",
                "old SD",
                "new SD"));
    for (MapChange.Region region : change.regions()) {
      regions.add(
          List.of(
              region.name(),
              Integer.toString(region.voxels()),
              MarkdownTable.number(region.oldPpb(), 1),
              MarkdownTable.number(region.newPpb(), 1),
              MarkdownTable.number(region.differencePpb(), 1),
              MarkdownTable.number(region.sdOfDifferencesPpb(), 1),
              MarkdownTable.number(region.oldSdPpb(), 1),
              MarkdownTable.number(region.newSdPpb(), 1)));
    }
    return """

    %s
    ## Regions, means in ppb

    No region is a tissue or an organ. Depth is the distance to the rim of the voxels that both
    have; octants lie about their centre along the axes of the patient. The last regions hold
    voxels deeper than %.0f mm by their value in the old map: chosen by one map, they move
    towards 0 in the other even if nothing but noise differs.

    %s
    ![Bland-Altman](bland-altman.png)
    ![old, new and difference](difference.png)
    """
        .formatted(figures, ChangeRegions.SURE_MM, regions);
  }

  private static void row(MarkdownTable table, String name, double value, int digits) {
    table.add(List.of(name, MarkdownTable.number(value, digits)));
  }

  /** Evenly chosen voxels, and the means of the regions. */
  private static LinePlot blandAltman(
      MapChange change, ResultMaps old, ResultMaps made, Mask common) {
    double[] x = MapChange.inside(old.meanPpb(), common);
    double[] y = MapChange.inside(made.meanPpb(), common);
    int points = Math.min(MOST_POINTS, x.length);
    int[] chosen =
        IntStream.range(0, points).map(p -> (int) ((long) p * x.length / points)).toArray();
    double[] means = IntStream.of(chosen).mapToDouble(i -> 0.5 * (x[i] + y[i])).toArray();
    double[] differences = IntStream.of(chosen).mapToDouble(i -> y[i] - x[i]).toArray();
    List<MapChange.Region> regions = change.regions();
    double[] ends = {
      IntStream.range(0, points).mapToDouble(p -> means[p]).min().orElse(0),
      IntStream.range(0, points).mapToDouble(p -> means[p]).max().orElse(0)
    };
    return new LinePlot("new less old, bland-altman", "mean of old and new, ppb", "difference, ppb")
        .points(points + " voxels", means, differences)
        .points(
            "regions",
            regions.stream().mapToDouble(r -> 0.5 * (r.oldPpb() + r.newPpb())).toArray(),
            regions.stream().mapToDouble(MapChange.Region::differencePpb).toArray())
        .guide("mean", ends, both(change.biasPpb()))
        .guide("limits of agreement", ends, both(change.lowPpb()))
        .guide("", ends, both(change.highPpb()));
  }

  private static double[] both(double value) {
    return new double[] {value, value};
  }

  private static BufferedImage montage(
      MapChange change, ResultMaps old, ResultMaps made, Mask common) {
    float[] difference = made.meanPpb().data().clone();
    for (int i = 0; i < difference.length; i++) {
      difference[i] -= old.meanPpb().data()[i];
    }
    double reach = Math.max(1, Math.ceil(change.percentile99Ppb()));
    return SlicePicture.montage(
        List.of(
            new SlicePicture.Panel("old -150..150 ppb", old.meanPpb(), common, -150, 150),
            new SlicePicture.Panel("new -150..150 ppb", made.meanPpb(), common, -150, 150),
            new SlicePicture.Panel(
                "new - old -%.0f..%.0f ppb".formatted(reach, reach),
                new Volume(common.grid(), difference),
                common,
                -reach,
                reach)),
        PICTURE_WIDTH);
  }

  private static void png(BufferedImage image, Path file) throws IOException {
    ImageIO.write(image, "png", file.toFile());
  }
}
