package org.qsmnode.series.find;

import java.util.ArrayList;
import java.util.List;

/** Sentences worth telling about an acquisition that was accepted. */
final class RunNotes {

  private static final double INTERPOLATED = 0.75;

  private RunNotes() {}

  static List<String> of(
      FrameTable table, Encoding encoding, AcquisitionPlan plan, RecognitionSettings settings) {
    List<String> notes = new ArrayList<>();
    if (table.echoes() < RecognitionSettings.RECOMMENDED_ECHOES) {
      notes.add(
          "Short echo train: %d echoes where at least %d are recommended."
              .formatted(table.echoes(), RecognitionSettings.RECOMMENDED_ECHOES));
    }
    RunFrame phase = table.at(encoding.second(), 0, 0);
    if (phase != null) {
      if (phase.signature().stream().anyMatch(VariantChoice::isDistortionToken)) {
        notes.add("The images were corrected for distortion, which interpolates across wraps.");
      }
      if (plan.grid().dzMm() < INTERPOLATED * phase.kind().sliceThicknessMm()) {
        notes.add("Slices were interpolated by the scanner (ZIP).");
      }
    }
    if (!table.duplicates().isEmpty()) {
      notes.add(
          "%d images claim a place that another fills; they are used only if their pixels agree."
              .formatted(table.duplicates().size()));
    }
    if (!PhaseSign.of(plan.scanner(), settings).known()) {
      notes.add("The sign of phase is not known for this scanner; the field must prove it.");
    }
    if (plan.componentsGuessed()) {
      notes.add("Components were told apart by instance number; the pixels must prove it.");
    }
    if (Math.abs(plan.b0Direction().z()) < 0.5) {
      notes.add("The main field is vertical.");
    }
    return notes;
  }
}
