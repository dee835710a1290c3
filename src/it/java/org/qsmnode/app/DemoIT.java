package org.qsmnode.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration that a newcomer runs first. */
class DemoIT {

  @TempDir Path folder;

  @Test
  void aSeriesOfTestDicomComesBackAsTwoSeriesWithAPicture() throws IOException {
    Path out = folder.resolve("demo");
    CommandRun run = CommandRun.of("demo", "--out", out.toString());
    assertEquals(ExitStatus.DONE, run.status(), run.err());
    long mean = objects(out.resolve("derived").resolve("qsm-mean"));
    assertTrue(mean > 0, "objects of the mean came back");
    assertEquals(mean, objects(out.resolve("derived").resolve("qsm-sd")));
    BufferedImage picture = ImageIO.read(out.resolve("montage.png").toFile());
    assertTrue(picture.getWidth() >= 600, () -> "width " + picture.getWidth());
    assertTrue(run.out().contains("qsm-mean") && run.out().contains("qsm-sd"), run.out());
    Matcher correlation = Pattern.compile("correlation (0\\.[0-9]+)").matcher(run.out());
    assertTrue(correlation.find(), run.out());
    assertTrue(Double.parseDouble(correlation.group(1)) > 0.8, run.out());
  }

  private static long objects(Path series) throws IOException {
    try (Stream<Path> files = Files.list(series)) {
      return files.filter(file -> file.toString().endsWith(".dcm")).count();
    }
  }
}
