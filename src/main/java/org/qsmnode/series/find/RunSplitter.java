package org.qsmnode.series.find;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.qsmnode.series.header.Component;
import org.qsmnode.series.header.SeriesPlace;
import org.qsmnode.series.header.Vendor;
import org.qsmnode.volume.Vector3;

/**
 * Separates repetitions inside a group. First by a gap in acquisition time; then, only where images
 * would claim one place, by acquisition number and temporal position; then by series.
 */
final class RunSplitter {

  private static final double SAME_RUN_SECONDS = 60;

  private RunSplitter() {}

  /** Frames of one series, acquisition number and temporal position. */
  private static final class Unit {
    private final List<RunFrame> frames = new ArrayList<>();
    private final Set<String> places = new HashSet<>();
    private double medianSeconds = Double.NaN;

    SeriesPlace place() {
      return frames.get(0).instance().place();
    }

    String block() {
      return "%010d|%010d"
          .formatted(place().acquisitionNumber(), frames.get(0).kind().temporalPosition());
    }
  }

  private static final Comparator<Unit> BY_SERIES =
      Comparator.comparingInt((Unit u) -> u.place().seriesNumber())
          .thenComparing(u -> u.place().seriesInstanceUid())
          .thenComparing(Unit::block);

  /** The runs in a group whose frames all have position and orientation along {@code normal}. */
  static List<Run> split(FrameGroup group, Vector3 normal) {
    Axes axes = Axes.of(group.usable(), normal);
    List<Run> runs = new ArrayList<>();
    for (List<Unit> together : byTime(units(group, axes))) {
      for (List<Unit> block : byNumber(together)) {
        for (List<Unit> run : bySeries(block)) {
          runs.add(
              new Run(
                  group,
                  run.stream().flatMap(u -> u.frames.stream()).sorted(RunFrame.ORDER).toList()));
        }
      }
    }
    return runs;
  }

  private static List<Unit> units(FrameGroup group, Axes axes) {
    TreeMap<String, Unit> units = new TreeMap<>();
    for (RunFrame frame : group.usable()) {
      SeriesPlace place = frame.instance().place();
      int temporal = frame.kind().temporalPosition();
      String key = place.seriesInstanceUid() + '|' + place.acquisitionNumber() + '|' + temporal;
      Unit unit = units.computeIfAbsent(key, k -> new Unit());
      unit.frames.add(frame);
      if (claimsPlace(frame)) {
        unit.places.add(axes.cell(frame) + "|" + frame.signature());
      }
    }
    for (Unit unit : units.values()) {
      double[] times =
          unit.frames.stream()
              .mapToDouble(f -> f.instance().place().acquisitionSeconds())
              .filter(Double::isFinite)
              .toArray();
      unit.medianSeconds = times.length == 0 ? Double.NaN : StackGeometry.median(times);
    }
    return units.values().stream().sorted(BY_SERIES).toList();
  }

  /** Frames without a component claim no place, except where turns of a maker can name them. */
  private static boolean claimsPlace(RunFrame frame) {
    return frame.component().isComplexPart()
        || frame.component() == Component.UNKNOWN
            && frame.instance().scanner().vendor() == Vendor.GE;
  }

  private static List<List<Unit>> byTime(List<Unit> units) {
    List<Unit> timed =
        units.stream()
            .filter(u -> Double.isFinite(u.medianSeconds))
            .sorted(
                Comparator.comparingDouble((Unit u) -> u.medianSeconds).thenComparing(BY_SERIES))
            .toList();
    List<List<Unit>> clusters = new ArrayList<>();
    double last = Double.NEGATIVE_INFINITY;
    for (Unit unit : timed) {
      if (unit.medianSeconds - last > SAME_RUN_SECONDS) {
        clusters.add(new ArrayList<>());
      }
      clusters.get(clusters.size() - 1).add(unit);
      last = unit.medianSeconds;
    }
    for (Unit unit : units) {
      if (!Double.isFinite(unit.medianSeconds)) {
        nearest(clusters, unit).add(unit);
      }
    }
    return clusters;
  }

  private static List<Unit> nearest(List<List<Unit>> clusters, Unit unit) {
    if (clusters.isEmpty()) {
      clusters.add(new ArrayList<>());
    }
    List<Unit> best = clusters.get(0);
    long distance = Long.MAX_VALUE;
    for (List<Unit> cluster : clusters) {
      for (Unit other : cluster) {
        long d = Math.abs((long) other.place().seriesNumber() - unit.place().seriesNumber());
        if (d < distance) {
          distance = d;
          best = cluster;
        }
      }
    }
    return best;
  }

  private static List<List<Unit>> byNumber(List<Unit> units) {
    TreeMap<String, List<Unit>> blocks = new TreeMap<>();
    for (Unit unit : units) {
      blocks.computeIfAbsent(unit.block(), k -> new ArrayList<>()).add(unit);
    }
    Set<String> seen = new HashSet<>();
    for (List<Unit> block : blocks.values()) {
      Set<String> places = new HashSet<>();
      block.forEach(u -> places.addAll(u.places));
      for (String place : places) {
        if (!seen.add(place)) {
          return List.copyOf(blocks.values());
        }
      }
    }
    return List.of(units);
  }

  private static List<List<Unit>> bySeries(List<Unit> units) {
    List<List<Unit>> runs = new ArrayList<>();
    List<Set<String>> taken = new ArrayList<>();
    for (Unit unit : units.stream().sorted(BY_SERIES).toList()) {
      int fit = 0;
      while (fit < runs.size() && !disjoint(taken.get(fit), unit.places)) {
        fit++;
      }
      if (fit == runs.size()) {
        runs.add(new ArrayList<>());
        taken.add(new HashSet<>());
      }
      runs.get(fit).add(unit);
      taken.get(fit).addAll(unit.places);
    }
    return runs;
  }

  private static boolean disjoint(Set<String> taken, Set<String> places) {
    return places.stream().noneMatch(taken::contains);
  }
}
