package org.qsmnode.series.find;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.qsmnode.series.header.Component;
import org.qsmnode.series.header.Vendor;

/**
 * Components of GE images whose private data were removed: magnitude, real and imaginary, or
 * magnitude and phase, take turns by instance number. Only where the counts divide exactly; the
 * pixels must confirm it later.
 */
final class ComponentGuess {

  private static final Component[] OF_TWO = {Component.PHASE, Component.MAGNITUDE};
  private static final Component[] OF_THREE = {
    Component.IMAGINARY, Component.MAGNITUDE, Component.REAL
  };

  private ComponentGuess() {}

  /** The frames with guessed components, or the frames as they are where nothing can be guessed. */
  static List<RunFrame> of(List<RunFrame> frames, Axes axes) {
    boolean unnamed =
        frames.stream()
            .allMatch(
                f ->
                    f.component() == Component.UNKNOWN
                        && f.instance().scanner().vendor() == Vendor.GE
                        && f.instance().place().instanceNumber() > 0);
    if (!unnamed) {
      return frames;
    }
    Map<Integer, Integer> perPlace = new HashMap<>();
    frames.forEach(f -> perPlace.merge(axes.cell(f), 1, Integer::sum));
    int kinds = perPlace.values().iterator().next();
    if (kinds < 2 || kinds > 3 || perPlace.values().stream().anyMatch(n -> n != kinds)) {
      return frames;
    }
    Component[] turn = kinds == 2 ? OF_TWO : OF_THREE;
    return frames.stream()
        .map(f -> f.as(turn[f.instance().place().instanceNumber() % kinds]))
        .toList();
  }
}
