package org.qsmnode.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.qsmnode.derive.DerivationFacts;
import org.qsmnode.derive.DerivationIdentity;
import org.qsmnode.derive.DerivedMaps;
import org.qsmnode.derive.DerivedObjects;
import org.qsmnode.derive.DerivedSeries;
import org.qsmnode.derive.DerivedSeriesFiles;
import org.qsmnode.derive.ModelIdentity;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.numeric.Progress;
import org.qsmnode.series.find.Acquisition;
import org.qsmnode.series.find.Encoding;
import org.qsmnode.series.pixels.SourceStack;

/** From the maps of one acquisition to derived series on disk. */
final class Derivation {

  private final ReconstructionSettings settings;
  private final String softwareVersion;
  private final Clock clock;
  private final Acquisition acquisition;
  private final SourceStack sources;
  private final LocalField local;
  private final Path folder;

  Derivation(
      ReconstructionSettings settings,
      String softwareVersion,
      Clock clock,
      Acquisition acquisition,
      SourceStack sources,
      LocalField local,
      Path folder) {
    this.settings = settings;
    this.softwareVersion = softwareVersion;
    this.clock = clock;
    this.acquisition = acquisition;
    this.sources = sources;
    this.local = local;
    this.folder = folder;
  }

  /**
   * Writes the classic series, and what else is wanted.
   *
   * @param warnings gets a sentence for what a reader should know
   */
  List<DerivedSeriesFiles> write(
      Posterior posterior, Set<DerivedObjects> wanted, List<String> warnings, Progress progress)
      throws IOException {
    DerivedMaps maps = new DerivedMaps(posterior.chiPpm(), posterior.sdPpm(), local.mask());
    DerivationIdentity identity = identity(settings.inversion(), settings.digest());
    DerivationFacts facts = facts(posterior);
    DerivedSeries writer = new DerivedSeries(settings.derivation(), clock, progress);
    List<DerivedSeriesFiles> series =
        new ArrayList<>(writer.write(sources, maps, identity, facts, folder));
    if (wanted.contains(DerivedObjects.PARAMETRIC_MAP)) {
      series.addAll(writer.writeFloat(sources, maps, identity, facts, folder));
    }
    if (wanted.contains(DerivedObjects.REFERENCE)) {
      Inversion reference = settings.reference();
      if (reference.name().equals(settings.inversion().name())) {
        warnings.add("No reference series: the method is that of the reference.");
      } else {
        series.add(reference(reference, writer, progress));
      }
    }
    series.forEach(one -> warn(one, warnings));
    return series;
  }

  private DerivedSeriesFiles reference(Inversion reference, DerivedSeries writer, Progress progress)
      throws IOException {
    Posterior other =
        reference.invert(local, (stage, fraction) -> progress.at("reference", fraction));
    return writer.writeReference(
        sources,
        other.chiPpm(),
        local.mask(),
        identity(reference, settings.referenceDigest()),
        facts(other),
        folder);
  }

  private DerivationIdentity identity(Inversion inversion, String digest) {
    return new DerivationIdentity(
        inversion.name(),
        inversion.parameters(),
        softwareVersion,
        inversion.networks().stream()
            .map(model -> new ModelIdentity(model.name(), model.version(), model.sha256()))
            .toList(),
        digest);
  }

  private static void warn(DerivedSeriesFiles one, List<String> warnings) {
    if (one.saturatedVoxels() > 0) {
      warnings.add(
          "%s: %d voxels are beyond the range that can be stored."
              .formatted(one.kind().folder(), one.saturatedVoxels()));
    }
    if (one.notFiniteVoxels() > 0) {
      warnings.add(
          "%s: %d voxels of the mask have no value."
              .formatted(one.kind().folder(), one.notFiniteVoxels()));
    }
  }

  private DerivationFacts facts(Posterior posterior) {
    List<String> actions = new ArrayList<>();
    posterior
        .findings()
        .networkEngine()
        .ifPresent(engine -> actions.add("Network engine: " + engine + "."));
    actions.addAll(posterior.warnings());
    actions.add("Phase to radians: " + sources.phaseScaleEvidence() + ".");
    actions.add(sources.phaseSign() < 0 ? "Phase negated." : "Phase sign kept.");
    actions.add("Slice chopper: " + sources.chopper().name().toLowerCase(Locale.ROOT) + ".");
    actions.add("Field settings: " + settings.field().canonical() + ".");
    return new DerivationFacts(
        acquisition.echoTimesSeconds().stream().mapToDouble(Double::doubleValue).toArray(),
        sources.encoding() == Encoding.MAGNITUDE_PHASE ? "M/P" : "R/I",
        actions,
        settings
            .mask()
            .map(UserMask::description)
            .orElse("brain outline found in the magnitude, trimmed by phase quality"));
  }
}
