package org.qsmnode.series.find;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.qsmnode.series.header.Component;
import org.qsmnode.series.header.FrameFacts;
import org.qsmnode.series.header.FrameKind;
import org.qsmnode.series.header.IndexedInstance;
import org.qsmnode.series.header.PixelLayout;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.series.header.Vendor;
import org.qsmnode.volume.Vector3;

/**
 * Finds multi-echo gradient-echo acquisitions among the objects of a study.
 *
 * <p>A pure function: the result depends on the set of objects, not on their order. Every object
 * ends up in an acquisition that says what becomes of it.
 */
public final class Recognition {

  private static final Comparator<Acquisition> ORDER =
      Comparator.comparing(Acquisition::studyInstanceUid)
          .thenComparingInt(Acquisition::seriesNumber)
          .thenComparing(Acquisition::outcome)
          .thenComparing(Acquisition::id)
          .thenComparing(a -> String.join("|", a.sopInstanceUids()));

  /** No patient is larger; header values beyond it are damage. */
  private static final double FARTHEST_MM = 1e5;

  private final RecognitionSettings settings;

  public Recognition(RecognitionSettings settings) {
    this.settings = settings;
  }

  /** The acquisitions of all studies that occur in {@code instances}. */
  public List<Acquisition> recognise(Collection<IndexedInstance> instances) {
    return recognise(instances, Set.of());
  }

  /**
   * The acquisitions of all studies that occur in {@code instances}.
   *
   * @param conflictingUids SOP Instance UIDs known to name several objects of different content;
   *     what they belong to is refused
   */
  public List<Acquisition> recognise(
      Collection<IndexedInstance> instances, Set<String> conflictingUids) {
    TreeMap<String, IndexedInstance> distinct = new TreeMap<>();
    Set<String> conflicting = new HashSet<>(conflictingUids);
    for (IndexedInstance instance : instances) {
      IndexedInstance other = distinct.get(instance.sopInstanceUid());
      if (other != null && !other.equals(instance)) {
        conflicting.add(instance.sopInstanceUid());
      }
      distinct.merge(instance.sopInstanceUid(), instance, Recognition::canonical);
    }
    return answers(distinct, conflicting);
  }

  private List<Acquisition> answers(
      TreeMap<String, IndexedInstance> instances, Set<String> conflicting) {
    List<Acquisition> found = new ArrayList<>();
    List<FrameGroup.Dismissed> dismissed = new ArrayList<>();
    Map<IndexedInstance, Dismissal> without = new IdentityHashMap<>();
    for (FrameGroup group : groups(instances.values(), dismissed, without)) {
      Set<FrameGroup.Dismissed> absorbed = new HashSet<>();
      Vector3 normal = group.normal();
      if (normal != null && !group.usable().isEmpty()) {
        for (Run run : RunSplitter.split(group, normal)) {
          judge(run, normal, conflicting, found, dismissed, absorbed);
        }
      }
      group.dismissed().stream().filter(d -> !absorbed.contains(d)).forEach(dismissed::add);
    }
    found.addAll(DismissedSeries.of(dismissed, without));
    found.addAll(studiesWithoutAny(instances.values(), found));
    return uniqueIds(found);
  }

  private List<FrameGroup> groups(
      Collection<IndexedInstance> instances,
      List<FrameGroup.Dismissed> dismissed,
      Map<IndexedInstance, Dismissal> without) {
    Map<String, List<FrameGroup>> byKey = new TreeMap<>();
    for (IndexedInstance instance : instances) {
      Dismissal whole = Dismissal.of(instance);
      if (whole != null) {
        without.put(instance, whole);
        continue;
      }
      List<FrameGroup> candidates =
          byKey.computeIfAbsent(FrameGroup.discreteKey(instance), k -> new ArrayList<>());
      Vendor vendor = instance.scanner().vendor();
      for (FrameFacts facts : instance.frames()) {
        RunFrame frame = new RunFrame(instance, facts, ComponentRule.decide(vendor, facts.kind()));
        Dismissal dismissal = Dismissal.of(vendor, facts.kind(), frame.component());
        if (dismissal == null && !hasGeometry(frame)) {
          dismissal =
              new Dismissal(
                  Outcome.REFUSED,
                  new Reason(
                      ReasonCode.IRREGULAR_GEOMETRY,
                      "Position, orientation, pixel spacing or matrix size is missing."));
          dismissed.add(new FrameGroup.Dismissed(frame, dismissal));
          continue;
        }
        FrameGroup group = groupOf(candidates, frame);
        if (dismissal == null) {
          group.add(frame);
        } else {
          group.add(frame, dismissal);
        }
      }
    }
    return byKey.values().stream().flatMap(List::stream).toList();
  }

  private static FrameGroup groupOf(List<FrameGroup> candidates, RunFrame frame) {
    for (FrameGroup group : candidates) {
      if (group.accepts(frame)) {
        return group;
      }
    }
    FrameGroup group = new FrameGroup(frame);
    candidates.add(group);
    return group;
  }

  private static boolean hasGeometry(RunFrame frame) {
    FrameKind kind = frame.kind();
    PixelLayout pixels = frame.instance().pixels();
    Vector3 position = frame.facts().positionMm();
    return position != null
        && position.norm() < FARTHEST_MM
        && StackGeometry.normal(kind) != null
        && isLength(kind.rowSpacingMm())
        && isLength(kind.columnSpacingMm())
        && pixels.rows() > 0
        && pixels.columns() > 0;
  }

  private static boolean isLength(double millimetres) {
    return millimetres > 0 && millimetres < FARTHEST_MM;
  }

  private void judge(
      Run run,
      Vector3 normal,
      Set<String> conflicting,
      List<Acquisition> found,
      List<FrameGroup.Dismissed> dismissed,
      Set<FrameGroup.Dismissed> absorbed) {
    List<RunFrame> frames = ComponentGuess.of(run.frames(), Axes.of(run.frames(), normal));
    boolean guessed = frames.get(0).component() != run.frames().get(0).component();
    boolean anyPart = frames.stream().anyMatch(f -> f.component().isComplexPart());
    List<RunFrame> relevant =
        anyPart ? frames.stream().filter(f -> f.component() != Component.UNKNOWN).toList() : frames;
    VariantChoice choice =
        VariantChoice.of(new Run(run.group(), relevant), Axes.of(relevant, normal));
    Set<RunFrame> superseded = new HashSet<>(choice.superseded());
    List<RunFrame> used = relevant.stream().filter(f -> !superseded.contains(f)).toList();
    Run narrowed = new Run(run.group(), used);
    FrameTable table = new FrameTable(used, Axes.of(used, normal));
    Verdict verdict =
        used.stream().anyMatch(f -> conflicting.contains(f.instance().sopInstanceUid()))
            ? Verdict.refused(ReasonCode.UID_CONFLICT)
            : new RunJudge(settings, narrowed, table, guessed).judge();
    List<RunFrame> members = new ArrayList<>(used);
    if (verdict.reason().map(r -> r.code() == ReasonCode.FIELD_MAP).orElse(false)) {
      for (FrameGroup.Dismissed d : run.group().dismissed()) {
        if (d.dismissal().reason().code() == ReasonCode.FIELD_MAP) {
          members.add(d.frame());
          absorbed.add(d);
        }
      }
    }
    found.add(acquisition(AcquisitionId.of(run), members, table, verdict));
    for (RunFrame frame : frames) {
      if (superseded.contains(frame) || !relevant.contains(frame)) {
        ReasonCode code =
            superseded.contains(frame) ? ReasonCode.SUPERSEDED : ReasonCode.DERIVED_IMAGE;
        dismissed.add(
            new FrameGroup.Dismissed(frame, new Dismissal(Outcome.IGNORED, Reason.of(code))));
      }
    }
  }

  private static Acquisition acquisition(
      String id, List<RunFrame> members, FrameTable table, Verdict verdict) {
    TreeSet<String> sops = new TreeSet<>();
    TreeSet<String> series = new TreeSet<>();
    members.forEach(
        f -> {
          sops.add(f.instance().sopInstanceUid());
          series.add(f.instance().seriesInstanceUid());
        });
    RunFrame lead = leading(table, members);
    List<Double> echoTimes = new ArrayList<>();
    for (double te : table.axes().echoTimesMs()) {
      echoTimes.add(te / 1000);
    }
    return new Acquisition(
        id,
        lead.instance().studyInstanceUid(),
        verdict.outcome(),
        verdict.reason(),
        verdict.notes(),
        List.copyOf(sops),
        List.copyOf(series),
        lead.instance().place().seriesNumber(),
        table.echoes(),
        table.slices(),
        echoTimes,
        verdict.countReached(),
        verdict.plan());
  }

  private static RunFrame leading(FrameTable table, List<RunFrame> members) {
    for (Component component : List.of(Component.MAGNITUDE, Component.REAL, Component.PHASE)) {
      for (int slice = 0; slice < table.slices(); slice++) {
        @Nullable RunFrame frame = table.at(component, 0, slice);
        if (frame != null) {
          return frame;
        }
      }
    }
    return members.get(0);
  }

  private static List<Acquisition> studiesWithoutAny(
      Collection<IndexedInstance> instances, List<Acquisition> found) {
    Set<String> answered = new HashSet<>();
    for (Acquisition acquisition : found) {
      if (acquisition.outcome() != Outcome.IGNORED) {
        answered.add(acquisition.studyInstanceUid());
      }
    }
    TreeMap<String, TreeSet<String>> silent = new TreeMap<>();
    for (IndexedInstance instance : instances) {
      if (!instance.own() && !answered.contains(instance.studyInstanceUid())) {
        silent
            .computeIfAbsent(instance.studyInstanceUid(), k -> new TreeSet<>())
            .add(instance.sopInstanceUid());
      }
    }
    List<Acquisition> statements = new ArrayList<>();
    silent.forEach(
        (study, sops) ->
            statements.add(
                DismissedSeries.statement(
                    AcquisitionId.ofStudy(study),
                    study,
                    new Dismissal(Outcome.REFUSED, Reason.of(ReasonCode.NO_MULTI_ECHO_GRE)),
                    sops,
                    new TreeSet<>(),
                    0)));
    return statements;
  }

  private static List<Acquisition> uniqueIds(List<Acquisition> found) {
    List<Acquisition> ordered = found.stream().sorted(ORDER).toList();
    Map<String, Integer> seen = new HashMap<>();
    List<Acquisition> unique = new ArrayList<>(ordered.size());
    for (Acquisition acquisition : ordered) {
      int ordinal = seen.merge(acquisition.id(), 1, Integer::sum);
      unique.add(
          ordinal == 1
              ? acquisition
              : acquisition.withId(AcquisitionId.ofOrdinal(acquisition.id(), ordinal)));
    }
    return unique;
  }

  /** Of two records with one UID, the one whose text sorts first, so that order does not matter. */
  private static IndexedInstance canonical(IndexedInstance a, IndexedInstance b) {
    return a.equals(b) || a.toJson().compareTo(b.toJson()) <= 0 ? a : b;
  }
}
