package org.qsmnode.series.find;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.qsmnode.series.header.Component;

/**
 * Picks one reconstruction where a scanner sent several of one set of data. The choice is the pair
 * that covers most, of one distortion state, not distortion-corrected, with equal image types.
 *
 * @param chosen frames to go on with
 * @param superseded frames of the reconstructions not picked
 */
record VariantChoice(List<RunFrame> chosen, List<RunFrame> superseded) {

  private record Variant(List<String> signature, List<RunFrame> frames, Set<Integer> places) {

    List<String> distortion() {
      return signature.stream().filter(VariantChoice::isDistortionToken).toList();
    }
  }

  private record Pair(@Nullable Variant first, @Nullable Variant second) {

    int coverage() {
      if (first == null || second == null) {
        return first != null ? first.places.size() : second != null ? second.places.size() : 0;
      }
      return Math.min(first.places.size(), second.places.size());
    }

    boolean sameDistortion() {
      return first == null || second == null || first.distortion().equals(second.distortion());
    }

    boolean uncorrected() {
      return Stream.of(first, second).noneMatch(v -> v != null && !v.distortion().isEmpty());
    }

    boolean sameSignature() {
      return first == null || second == null || first.signature.equals(second.signature);
    }

    String text() {
      return (first == null ? "" : first.signature)
          + "|"
          + (second == null ? "" : second.signature);
    }
  }

  private static final Comparator<Pair> BEST_FIRST =
      Comparator.comparingInt((Pair p) -> -p.coverage())
          .thenComparing(p -> !p.sameDistortion())
          .thenComparing(p -> !p.uncorrected())
          .thenComparing(p -> !p.sameSignature())
          .thenComparing(Pair::text);

  static VariantChoice of(Run run, Axes axes) {
    List<RunFrame> chosen = new ArrayList<>();
    for (Encoding encoding : Encoding.values()) {
      List<Variant> first = variants(run, axes, encoding.first());
      List<Variant> second = variants(run, axes, encoding.second());
      List<Pair> pairs = new ArrayList<>();
      for (Variant a : first) {
        for (Variant b : second) {
          pairs.add(new Pair(a, b));
        }
      }
      if (pairs.isEmpty()) {
        first.forEach(a -> pairs.add(new Pair(a, null)));
        second.forEach(b -> pairs.add(new Pair(null, b)));
      }
      pairs.stream()
          .min(BEST_FIRST)
          .ifPresent(
              pair ->
                  Stream.of(pair.first, pair.second)
                      .forEach(
                          v -> {
                            if (v != null) {
                              chosen.addAll(v.frames);
                            }
                          }));
    }
    Set<RunFrame> kept = new HashSet<>(chosen);
    List<RunFrame> superseded =
        run.frames().stream()
            .filter(f -> f.component().isComplexPart() && !kept.contains(f))
            .toList();
    return new VariantChoice(chosen, superseded);
  }

  /** Whether a token says that pixels were moved to correct gradient nonlinearity. */
  static boolean isDistortionToken(String token) {
    return token.equals("DIS2D") || token.equals("DIS3D");
  }

  /** Signatures that claim no common place are one variant: they only name contrasts. */
  private static List<Variant> variants(Run run, Axes axes, Component component) {
    TreeMap<String, Variant> bySignature = new TreeMap<>();
    for (RunFrame frame : run.frames()) {
      if (frame.component() == component) {
        List<String> signature = frame.signature();
        Variant variant =
            bySignature.computeIfAbsent(
                String.join("\\", signature),
                k -> new Variant(signature, new ArrayList<>(), new HashSet<>()));
        variant.frames.add(frame);
        variant.places.add(axes.cell(frame));
      }
    }
    List<Variant> merged = new ArrayList<>();
    for (Variant next :
        bySignature.values().stream()
            .sorted(Comparator.comparingInt((Variant v) -> -v.places.size()))
            .toList()) {
      Variant host = null;
      for (Variant variant : merged) {
        if (host == null && next.places.stream().noneMatch(variant.places::contains)) {
          host = variant;
        }
      }
      if (host == null) {
        merged.add(next);
      } else {
        host.frames.addAll(next.frames);
        host.places.addAll(next.places);
      }
    }
    return merged;
  }
}
