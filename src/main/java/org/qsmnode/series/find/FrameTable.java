package org.qsmnode.series.find;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.qsmnode.series.header.Component;

/** Frames by component, echo and slice. */
final class FrameTable {

  private final Axes axes;
  private final Map<Component, @Nullable RunFrame[][]> cells = new EnumMap<>(Component.class);
  private final List<RunFrame> duplicates = new ArrayList<>();

  FrameTable(Collection<RunFrame> frames, Axes axes) {
    this.axes = axes;
    for (RunFrame frame : frames.stream().sorted(RunFrame.ORDER).toList()) {
      @Nullable RunFrame[][] table =
          cells.computeIfAbsent(
              frame.component(),
              c -> new RunFrame[axes.echoTimesMs().length][axes.slicesMm().length]);
      @Nullable RunFrame[] row = table[axes.echo(frame)];
      int slice = axes.slice(frame);
      if (row[slice] == null) {
        row[slice] = frame;
      } else {
        duplicates.add(frame);
      }
    }
  }

  Axes axes() {
    return axes;
  }

  int echoes() {
    return axes.echoTimesMs().length;
  }

  int slices() {
    return axes.slicesMm().length;
  }

  /** Frames whose place another frame with a lower number already fills. */
  List<RunFrame> duplicates() {
    return duplicates;
  }

  boolean has(Component component) {
    return cells.containsKey(component);
  }

  @Nullable RunFrame at(Component component, int echo, int slice) {
    @Nullable RunFrame[][] table = cells.get(component);
    return table == null ? null : table[echo][slice];
  }

  /** Slices of a component at an echo. */
  int count(Component component, int echo) {
    int count = 0;
    for (int slice = 0; slice < slices(); slice++) {
      if (at(component, echo, slice) != null) {
        count++;
      }
    }
    return count;
  }

  /** Echo indices at which the component has any slice. */
  TreeSet<Integer> echoesOf(Component component) {
    TreeSet<Integer> echoes = new TreeSet<>();
    for (int echo = 0; echo < echoes(); echo++) {
      if (count(component, echo) > 0) {
        echoes.add(echo);
      }
    }
    return echoes;
  }

  /** Whether both components of an encoding fill every echo and slice. */
  boolean isComplete(Encoding encoding) {
    for (Component component : List.of(encoding.first(), encoding.second())) {
      for (int echo = 0; echo < echoes(); echo++) {
        if (count(component, echo) != slices()) {
          return false;
        }
      }
    }
    return true;
  }

  /** Places of an encoding that no frame fills. */
  int missing(Encoding encoding) {
    int missing = 0;
    for (Component component : List.of(encoding.first(), encoding.second())) {
      for (int echo = 0; echo < echoes(); echo++) {
        missing += slices() - count(component, echo);
      }
    }
    return missing;
  }
}
