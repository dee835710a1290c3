package org.qsmnode.series.pixels;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.qsmnode.series.find.Acquisition;
import org.qsmnode.series.find.AcquisitionPlan;
import org.qsmnode.series.find.AcquisitionPlan.PlannedFrame;
import org.qsmnode.series.find.Encoding;
import org.qsmnode.series.find.PhaseSign;
import org.qsmnode.series.find.RecognitionSettings;
import org.qsmnode.series.header.Component;
import org.qsmnode.series.header.PhaseScale;
import org.qsmnode.series.header.PixelLayout;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.series.header.RefusedException;
import org.qsmnode.series.header.ValueScale;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.MultiEcho;
import org.qsmnode.volume.Volume;

/** Reads the pixels of an accepted acquisition into volumes, one file after the other. */
public final class Assembly {

  /** Magnitude and phase of all echoes; field mapping needs as much again. */
  private static final long MOST_VOLUME_BYTES = Runtime.getRuntime().maxMemory() / 2;

  private final RecognitionSettings settings;

  public Assembly(RecognitionSettings settings) {
    this.settings = settings;
  }

  /**
   * Volumes of an accepted acquisition: magnitude, and phase in radians that grows with field.
   *
   * @param files where the object with a SOP Instance UID lies
   * @throws RefusedException if the pixels turn out not to be usable
   * @throws IllegalArgumentException if the acquisition was not accepted
   */
  public AssembledAcquisition assemble(Acquisition acquisition, Function<String, Path> files)
      throws RefusedException, IOException {
    AcquisitionPlan plan =
        acquisition
            .plan()
            .orElseThrow(() -> new IllegalArgumentException("acquisition was not accepted"));
    VolumeReader reader = new VolumeReader(plan);
    SourceCollector sources = new SourceCollector(plan);
    requireRoom(plan);
    for (Map.Entry<String, List<PlannedFrame>> object : byObject(plan).entrySet()) {
      StoredObject stored = StoredObject.read(files.apply(object.getKey()));
      Attributes dataset = stored.dataSet();
      reader.take(dataset, object.getValue());
      dataset.remove(Tag.PixelData);
      sources.take(stored, object.getValue());
    }
    List<float[]> first = reader.first();
    List<float[]> second = reader.second();
    if (plan.componentsGuessed()) {
      GuessProof.require(plan.encoding(), first, second);
    }
    PhaseSign sign = PhaseSign.of(plan.scanner(), settings);
    String evidence = toMagnitudeAndPhase(plan, first, second, sign.sign());
    Grid grid = plan.grid();
    int sliceSize = grid.nx() * grid.ny();
    Chopper chopper = SliceChopper.detect(first.get(0), second.get(0), sliceSize);
    if (chopper == Chopper.UNCLEAR) {
      throw new RefusedException(Reason.of(ReasonCode.SLICE_SIGN));
    }
    List<String> notes = new ArrayList<>(acquisition.notes());
    if (chopper == Chopper.APPLIED) {
      second.forEach(phase -> SliceChopper.remove(phase, sliceSize));
      notes.add("Every second slice came with opposite sign; this was undone.");
    }
    double[] echoTimes = plan.echoTimesMs().stream().mapToDouble(te -> te / 1000).toArray();
    if (PhaseLine.isDefined(echoTimes) && PhaseLine.sharpness(1, second, first) < PhaseLine.BENT) {
      notes.add(
          "Phase does not grow evenly over the first echoes, as with bipolar readout or flow.");
    }
    MultiEcho images =
        new MultiEcho(
            volumes(grid, first),
            volumes(grid, second),
            echoTimes,
            plan.fieldStrengthTesla(),
            grid.orientation().toVoxelAxes(plan.b0Direction()));
    SourceStack stack =
        new SourceStack(
            acquisition.id(),
            grid,
            sources.slices(),
            plan.encoding(),
            chopper,
            sign.sign(),
            sign.known(),
            evidence);
    return new AssembledAcquisition(images, stack, notes);
  }

  private static String toMagnitudeAndPhase(
      AcquisitionPlan plan, List<float[]> first, List<float[]> second, int sign)
      throws RefusedException {
    if (plan.encoding() == Encoding.REAL_IMAGINARY) {
      for (int echo = 0; echo < first.size(); echo++) {
        polar(first.get(echo), second.get(echo), sign);
      }
      return "angle of real and imaginary images";
    }
    List<ValueScale> scales = new ArrayList<>();
    Set<ValueScale> seen = new HashSet<>();
    PixelLayout layout = plan.frames().get(0).pixels();
    for (PlannedFrame frame : plan.frames()) {
      if (frame.component() == Component.PHASE) {
        layout = frame.pixels();
        if (seen.add(frame.scale())) {
          scales.add(frame.scale());
        }
      }
    }
    double[] te = plan.echoTimesMs().stream().mapToDouble(Double::doubleValue).toArray();
    PhaseScale scale =
        new PhaseScaleRule(plan.scanner().vendor(), scales, layout).decide(second, first, te);
    second.forEach(phase -> scale.apply(phase, sign));
    return scale.evidence();
  }

  /** Real and imaginary part become magnitude and phase in place. */
  private static void polar(float[] real, float[] imaginary, int sign) {
    for (int i = 0; i < real.length; i++) {
      double re = real[i];
      double im = imaginary[i];
      real[i] = (float) Math.sqrt(re * re + im * im);
      imaginary[i] = PhaseScale.wrap(sign * Math.atan2(im, re));
    }
  }

  private static List<Volume> volumes(Grid grid, List<float[]> data) {
    return data.stream().map(values -> new Volume(grid, values)).toList();
  }

  /** Frames by object; an object's repeated frames come after those they repeat. */
  private static Map<String, List<PlannedFrame>> byObject(AcquisitionPlan plan) {
    Map<String, List<PlannedFrame>> objects = new LinkedHashMap<>();
    plan.frames().stream()
        .sorted(Comparator.comparing(PlannedFrame::repeated))
        .forEach(f -> objects.computeIfAbsent(f.sopInstanceUid(), k -> new ArrayList<>()).add(f));
    return objects;
  }

  /** Volumes take their memory at once; what cannot fit is said before. */
  private static void requireRoom(AcquisitionPlan plan) throws RefusedException {
    long bytes = 2L * plan.echoTimesMs().size() * plan.grid().size() * Float.BYTES;
    if (bytes > MOST_VOLUME_BYTES) {
      throw new RefusedException(
          new Reason(
              ReasonCode.PROCESSING_FAILED,
              "The images take %d MiB; the heap takes %d MiB."
                  .formatted(bytes >> 20, MOST_VOLUME_BYTES >> 20)));
    }
  }
}
