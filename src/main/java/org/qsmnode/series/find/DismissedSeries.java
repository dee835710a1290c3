package org.qsmnode.series.find;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.qsmnode.series.header.IndexedInstance;

/** Gathers objects and frames that were put aside into one statement per series and reason. */
final class DismissedSeries {

  private record Key(String study, String series, Dismissal dismissal, int number) {

    String text() {
      return study + '|' + series + '|' + dismissal.reason().code();
    }
  }

  private DismissedSeries() {}

  static List<Acquisition> of(
      Collection<FrameGroup.Dismissed> frames, Map<IndexedInstance, Dismissal> instances) {
    TreeMap<String, Key> keys = new TreeMap<>();
    TreeMap<String, TreeSet<String>> sops = new TreeMap<>();
    frames.forEach(d -> add(d.frame().instance(), d.dismissal(), keys, sops));
    instances.forEach((instance, dismissal) -> add(instance, dismissal, keys, sops));
    List<Acquisition> statements = new ArrayList<>();
    keys.forEach(
        (text, key) ->
            statements.add(
                statement(
                    AcquisitionId.ofSeries(key.series, key.dismissal.reason().code()),
                    key.study,
                    key.dismissal,
                    sops.getOrDefault(text, new TreeSet<>()),
                    new TreeSet<>(List.of(key.series)),
                    key.number)));
    return statements;
  }

  static Acquisition statement(
      String id,
      String study,
      Dismissal dismissal,
      TreeSet<String> sops,
      TreeSet<String> series,
      int seriesNumber) {
    return new Acquisition(
        id,
        study,
        dismissal.outcome(),
        Optional.of(dismissal.reason()),
        List.of(),
        List.copyOf(sops),
        List.copyOf(series),
        seriesNumber,
        0,
        0,
        List.of(),
        false,
        Optional.empty());
  }

  private static void add(
      IndexedInstance instance,
      Dismissal dismissal,
      TreeMap<String, Key> keys,
      TreeMap<String, TreeSet<String>> sops) {
    Key key =
        new Key(
            instance.studyInstanceUid(),
            instance.seriesInstanceUid(),
            dismissal,
            instance.place().seriesNumber());
    keys.putIfAbsent(key.text(), key);
    sops.computeIfAbsent(key.text(), k -> new TreeSet<>()).add(instance.sopInstanceUid());
  }
}
