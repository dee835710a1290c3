package org.qsmnode.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The course of a training, a line per validation, kept as a CSV file. */
final class Curve {

  private static final String HEAD =
      "step,trainLogLoss,validLogLoss,validNrmsePercent,startNrmsePercent,meanZSquare";

  /**
   * One validation.
   *
   * @param step optimiser steps done
   * @param trainLogLoss mean of z^2 / 2 + log sd over the patches since the last validation
   * @param validLogLoss the same over the validation cases
   * @param validNrmsePercent mean over validation cases of the demeaned relative error
   * @param startNrmsePercent the same of the start maps
   * @param meanZSquare mean squared error over variance
   */
  record Point(
      int step,
      double trainLogLoss,
      double validLogLoss,
      double validNrmsePercent,
      double startNrmsePercent,
      double meanZSquare) {

    String line() {
      return String.format(
          Locale.ROOT,
          "%d,%.4f,%.4f,%.2f,%.2f,%.3f",
          step,
          trainLogLoss,
          validLogLoss,
          validNrmsePercent,
          startNrmsePercent,
          meanZSquare);
    }

    static Point of(String line) {
      String[] f = line.split(",");
      return new Point(
          Integer.parseInt(f[0]),
          number(f[1]),
          number(f[2]),
          number(f[3]),
          number(f[4]),
          number(f[5]));
    }

    private static double number(String text) {
      return Double.parseDouble(text);
    }
  }

  private final Path file;
  private final List<Point> points = new ArrayList<>();

  /** Reads what there is up to {@code lastStep} and forgets the rest. */
  Curve(Path file, int lastStep) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      Files.readAllLines(file).stream()
          .skip(1)
          .map(Point::of)
          .filter(point -> point.step() <= lastStep)
          .forEach(points::add);
    }
  }

  /** Adds a validation with its figures as the file holds them, and writes the file. */
  void add(Point point) throws IOException {
    points.add(Point.of(point.line()));
    StringBuilder text = new StringBuilder(HEAD).append('\n');
    points.forEach(one -> text.append(one.line()).append('\n'));
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, text);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  List<Point> points() {
    return List.copyOf(points);
  }
}
