package org.qsmnode.series.find;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.dcm4che3.data.UID;
import org.jspecify.annotations.Nullable;
import org.qsmnode.series.header.Component;
import org.qsmnode.series.header.Expectation;
import org.qsmnode.series.header.IndexedInstance;
import org.qsmnode.series.header.PixelLayout;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.series.header.Scanner;
import org.qsmnode.volume.Vector3;

/** Decides whether the frames of one run can be reconstructed, and if not, why. */
final class RunJudge {

  private static final double LARGEST_SLICE_GAP = 0.1;
  private static final long LARGEST_VOLUME = 1L << 30;
  private static final Set<String> DECODED =
      Set.of(
          UID.ImplicitVRLittleEndian,
          UID.ExplicitVRLittleEndian,
          UID.ExplicitVRBigEndian,
          UID.DeflatedExplicitVRLittleEndian);
  private static final Set<String> LOSSY =
      Set.of(UID.JPEGBaseline8Bit, UID.JPEGExtended12Bit, UID.JPEGLSNearLossless, UID.JPEG2000);

  private final RecognitionSettings settings;
  private final Run run;
  private final FrameTable table;
  private final boolean guessed;

  RunJudge(RecognitionSettings settings, Run run, FrameTable table, boolean guessed) {
    this.settings = settings;
    this.run = run;
    this.table = table;
    this.guessed = guessed;
  }

  Verdict judge() {
    Verdict verdict = content();
    if (verdict == null) {
      verdict = pixels();
    }
    Encoding encoding = encoding();
    if (verdict == null) {
      verdict = pairing(encoding);
    }
    if (verdict == null) {
      verdict = structure(encoding);
    }
    if (verdict == null) {
      verdict = size();
    }
    return verdict == null ? physics(encoding) : verdict;
  }

  /** What was measured at all. */
  private @Nullable Verdict content() {
    if (anyComponent(Component.AMBIGUOUS)) {
      return Verdict.refused(ReasonCode.AMBIGUOUS_COMPONENT);
    }
    boolean anyPart = run.frames().stream().anyMatch(f -> f.component().isComplexPart());
    boolean several = table.echoes() > 1;
    if (!anyPart) {
      return several
          ? Verdict.refused(
              new Reason(
                  ReasonCode.AMBIGUOUS_COMPONENT,
                  "No header entry says which images are magnitude and which are phase."))
          : ignoredSingleEcho();
    }
    boolean onlyMagnitude =
        !table.has(Component.PHASE)
            && !(table.has(Component.REAL) && table.has(Component.IMAGINARY));
    if (dismissedHere(ReasonCode.FIELD_MAP) && onlyMagnitude) {
      return Verdict.refused(ReasonCode.FIELD_MAP);
    }
    if (first().instance().scan().sequenceName().contains("fm2d")) {
      return Verdict.refused(
          onlyMagnitude ? ReasonCode.MISSING_PHASE : ReasonCode.PHASE_DIFFERENCE_ONLY);
    }
    if (table.axes().echoTimesMs()[0] <= 0) {
      return Verdict.refused(ReasonCode.ECHO_TIME_UNKNOWN);
    }
    if (!table.duplicates().isEmpty() && expectedEchoes() > table.echoes()) {
      return Verdict.refused(
          new Reason(
              ReasonCode.ECHO_TIME_UNKNOWN,
              "The header announces %d echoes, but only %d echo times occur."
                  .formatted(expectedEchoes(), table.echoes())));
    }
    if (!several && expectedEchoes() > 1) {
      return missingEchoes();
    }
    return !several && onlyMagnitude ? ignoredSingleEcho() : null;
  }

  private @Nullable Verdict pixels() {
    for (RunFrame frame : run.frames()) {
      IndexedInstance instance = frame.instance();
      if (instance.pixels().lossy() || LOSSY.contains(instance.transferSyntaxUid())) {
        return Verdict.refused(ReasonCode.LOSSY_COMPRESSION);
      }
      if (!DECODED.contains(instance.transferSyntaxUid())) {
        return Verdict.refused(ReasonCode.UNSUPPORTED_TRANSFER_SYNTAX);
      }
    }
    return null;
  }

  /** Real and imaginary images are preferred where both are complete: they carry no scale. */
  private Encoding encoding() {
    if (table.isComplete(Encoding.REAL_IMAGINARY)) {
      return Encoding.REAL_IMAGINARY;
    }
    boolean complexOnly =
        !table.has(Component.PHASE) && table.has(Component.REAL) && table.has(Component.IMAGINARY);
    return complexOnly ? Encoding.REAL_IMAGINARY : Encoding.MAGNITUDE_PHASE;
  }

  private @Nullable Verdict pairing(Encoding encoding) {
    TreeSet<Integer> first = table.echoesOf(encoding.first());
    TreeSet<Integer> second = table.echoesOf(encoding.second());
    if (encoding == Encoding.MAGNITUDE_PHASE && second.isEmpty()) {
      return Verdict.refused(
          dismissedHere(ReasonCode.FILTERED_PHASE)
              ? ReasonCode.FILTERED_PHASE
              : ReasonCode.MISSING_PHASE);
    }
    if (encoding == Encoding.MAGNITUDE_PHASE && first.isEmpty()) {
      return Verdict.refused(ReasonCode.MISSING_MAGNITUDE);
    }
    boolean difference =
        first.size() == 2 && second.size() == 1 && Objects.equals(first.last(), second.last());
    if (difference && table.count(encoding.second(), second.last()) == table.slices()) {
      return Verdict.refused(ReasonCode.PHASE_DIFFERENCE_ONLY);
    }
    if (!first.equals(second)) {
      return Verdict.incomplete(
          first.size() > second.size() ? ReasonCode.MISSING_PHASE : ReasonCode.MISSING_MAGNITUDE,
          "There are %d echoes of %s but %d of %s."
              .formatted(
                  first.size(),
                  encoding.first().name().toLowerCase(Locale.ROOT),
                  second.size(),
                  encoding.second().name().toLowerCase(Locale.ROOT)));
    }
    return null;
  }

  private @Nullable Verdict structure(Encoding encoding) {
    int missing = table.missing(encoding);
    if (missing > 0) {
      int all = 2 * table.echoes() * table.slices();
      return Verdict.incomplete(
          ReasonCode.MISSING_SLICE, "%d of %d images are missing.".formatted(missing, all));
    }
    if (table.slices() < 2) {
      return Verdict.refused(ReasonCode.TOO_FEW_SLICES);
    }
    Reason problem = StackGeometry.problem(positions(encoding), table.axes().normal());
    if (problem != null) {
      return Verdict.of(
          problem.code() == ReasonCode.MISSING_SLICE ? Outcome.INCOMPLETE : Outcome.REFUSED,
          problem);
    }
    if (expected(Expectation::slices) > table.slices()) {
      return Verdict.incomplete(
          ReasonCode.MISSING_SLICE,
          "%d of %d slices are here.".formatted(table.slices(), expected(Expectation::slices)));
    }
    if (expectedEchoes() > table.echoes()) {
      return missingEchoes();
    }
    return missingConcatenationParts();
  }

  private @Nullable Verdict missingConcatenationParts() {
    Set<String> parts =
        run.frames().stream()
            .map(f -> f.instance().expectation())
            .filter(e -> e.concatenationParts() > 0)
            .map(e -> e.concatenationUid() + '|' + e.concatenationPart())
            .collect(Collectors.toSet());
    long announced =
        run.frames().stream()
            .map(f -> f.instance().expectation())
            .filter(e -> e.concatenationParts() > 0)
            .map(e -> List.of(e.concatenationUid(), e.concatenationParts()))
            .distinct()
            .mapToLong(e -> ((Integer) e.get(1)).longValue())
            .sum();
    return parts.size() < announced
        ? Verdict.incomplete(
            ReasonCode.INCOMPLETE,
            "%d of %d parts of a concatenation are here.".formatted(parts.size(), announced))
        : null;
  }

  private @Nullable Verdict size() {
    if (table.echoes() < settings.minimumEchoes()) {
      return Verdict.refused(
          new Reason(
              ReasonCode.TOO_FEW_ECHOES,
              "There are %d echoes; the configured minimum is %d."
                  .formatted(table.echoes(), settings.minimumEchoes())));
    }
    PixelLayout pixels = first().instance().pixels();
    if ((long) pixels.rows() * pixels.columns() * table.slices() > LARGEST_VOLUME) {
      return Verdict.refused(
          new Reason(
              ReasonCode.IRREGULAR_GEOMETRY, "The volume has more voxels than are handled."));
    }
    if (table.slices() < settings.minimumSlices()) {
      return Verdict.refused(
          new Reason(
              ReasonCode.TOO_FEW_SLICES,
              "There are %d slices; the configured minimum is %d."
                  .formatted(table.slices(), settings.minimumSlices())));
    }
    return null;
  }

  private Verdict physics(Encoding encoding) {
    RunFrame first = first();
    Scanner scanner = first.instance().scanner();
    var grid = StackGeometry.grid(positions(encoding), first.kind(), first.instance().pixels());
    double thickness = first.kind().sliceThicknessMm();
    boolean flat = first.instance().scan().acquisitionType().equals("2D");
    if (flat && grid.dzMm() > (1 + LARGEST_SLICE_GAP) * thickness) {
      return Verdict.refused(ReasonCode.SLICE_GAPS);
    }
    OptionalDouble field = FieldStrength.tesla(scanner);
    if (field.isEmpty()) {
      return Verdict.refused(ReasonCode.FIELD_STRENGTH_UNKNOWN);
    }
    Optional<Vector3> b0 = Magnet.direction(scanner, field.getAsDouble(), settings);
    if (b0.isEmpty()) {
      return Verdict.refused(ReasonCode.VERTICAL_FIELD);
    }
    AcquisitionPlan plan =
        new AcquisitionPlan(
            encoding,
            grid,
            DoubleStream.of(table.axes().echoTimesMs()).boxed().toList(),
            field.getAsDouble(),
            b0.get(),
            scanner,
            PlannedFrames.of(table, encoding),
            guessed);
    List<String> notes = RunNotes.of(table, encoding, plan, settings);
    return new Verdict(
        Outcome.ACCEPTED, Optional.empty(), notes, countReached(), Optional.of(plan));
  }

  private boolean countReached() {
    boolean enhanced = run.frames().stream().allMatch(f -> f.facts().frameNumber() > 0);
    return expectedEchoes() > 0 && (enhanced || expected(Expectation::slices) > 0);
  }

  private Verdict missingEchoes() {
    return Verdict.incomplete(
        ReasonCode.INCOMPLETE,
        "%d of %d announced echoes are here.".formatted(table.echoes(), expectedEchoes()));
  }

  private static Verdict ignoredSingleEcho() {
    return Verdict.of(Outcome.IGNORED, Reason.of(ReasonCode.SINGLE_ECHO));
  }

  private List<Vector3> positions(Encoding encoding) {
    List<Vector3> positions = new ArrayList<>(table.slices());
    for (int slice = 0; slice < table.slices(); slice++) {
      RunFrame frame = table.at(encoding.first(), 0, slice);
      Vector3 position = frame == null ? null : frame.facts().positionMm();
      if (position != null) {
        positions.add(position);
      }
    }
    return positions;
  }

  private RunFrame first() {
    return run.frames().get(0);
  }

  private boolean anyComponent(Component component) {
    return run.frames().stream().anyMatch(f -> f.component() == component);
  }

  private boolean dismissedHere(ReasonCode code) {
    return run.group().dismissed().stream().anyMatch(d -> d.dismissal().reason().code() == code);
  }

  private int expectedEchoes() {
    return expected(Expectation::echoes);
  }

  private int expected(ToIntFunction<Expectation> count) {
    return run.frames().stream()
        .mapToInt(f -> count.applyAsInt(f.instance().expectation()))
        .max()
        .orElse(0);
  }
}
