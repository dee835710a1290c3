package org.qsmnode.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.qsmnode.derive.DerivedObjects;
import org.qsmnode.derive.DerivedSeries;
import org.qsmnode.derive.DerivedSeriesFiles;
import org.qsmnode.digest.Digests;
import org.qsmnode.field.FieldMapping;
import org.qsmnode.field.FieldSettings;
import org.qsmnode.field.LocalField;
import org.qsmnode.field.data.FieldMappingException;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.numeric.Progress;
import org.qsmnode.series.find.Acquisition;
import org.qsmnode.series.find.Outcome;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.series.header.RefusedException;
import org.qsmnode.series.pixels.AssembledAcquisition;
import org.qsmnode.series.pixels.Assembly;
import org.qsmnode.series.pixels.SourceStack;
import org.qsmnode.volume.Mask;

/**
 * From one acquisition to derived series: assemble, map the field, invert, write.
 *
 * <p>The same input, settings, software version and clock give the same files. An instance holds no
 * images and may be used by several threads.
 */
public final class Reconstruction {

  private final ReconstructionSettings settings;
  private final String softwareVersion;
  private final Clock clock;

  /**
   * A reconstruction.
   *
   * @throws IllegalStateException if the inversion needs a trained model and there is none, or it
   *     is damaged
   */
  public Reconstruction(ReconstructionSettings settings, String softwareVersion, Clock clock) {
    settings.inversion().networks();
    this.settings = settings;
    this.softwareVersion = softwareVersion;
    this.clock = clock;
  }

  public ReconstructionSettings settings() {
    return settings;
  }

  public String softwareVersion() {
    return softwareVersion;
  }

  /** This reconstruction with another clock, for results whose bytes must not depend on now. */
  public Reconstruction at(Clock other) {
    return new Reconstruction(settings, softwareVersion, other);
  }

  /**
   * SHA-256, in hexadecimal digits, of software version and settings: with the sources it decides a
   * result.
   */
  public String recipe() {
    return Digests.of(softwareVersion + "\n" + settings.digest());
  }

  /**
   * Reconstructs one acquisition into {@code out/derived/<id>} and, if asked, {@code
   * out/nifti/<id>}.
   *
   * @param files file of each SOP Instance UID of the acquisition
   * @param outputs what is written beside the classic series
   * @return the result, or the reason why the input gives none
   * @throws IOException if files cannot be read or written
   */
  public AcquisitionResult reconstruct(
      Acquisition acquisition,
      Function<String, Path> files,
      Path out,
      Outputs outputs,
      Progress progress)
      throws IOException {
    if (acquisition.outcome() != Outcome.ACCEPTED) {
      return AcquisitionResult.without(
          acquisition,
          switch (acquisition.outcome()) {
            case INCOMPLETE -> AcquisitionResult.Status.INCOMPLETE;
            case IGNORED -> AcquisitionResult.Status.IGNORED;
            default -> AcquisitionResult.Status.REFUSED;
          },
          acquisition.reason().orElse(Reason.of(ReasonCode.NO_MULTI_ECHO_GRE)),
          Map.of());
    }
    StageClock stages = new StageClock(progress, System::nanoTime);
    Optional<Path> niftiFolder =
        outputs.nifti()
            ? Optional.of(out.resolve("nifti").resolve(acquisition.id()))
            : Optional.empty();
    try {
      return new Run(acquisition, stages, outputs.objects())
          .to(files, out.resolve("derived").resolve(acquisition.id()), niftiFolder);
    } catch (RefusedException e) {
      return AcquisitionResult.without(
          acquisition, AcquisitionResult.Status.REFUSED, e.reason(), stages.close());
    }
  }

  /** One reconstruction; holds no more volumes at a time than the running stage needs. */
  private final class Run {

    private final Acquisition acquisition;
    private final StageClock stages;
    private final Set<DerivedObjects> wanted;
    private final Inversion inversion = settings.inversion();
    private final List<String> warnings;

    Run(Acquisition acquisition, StageClock stages, Set<DerivedObjects> wanted) {
      this.acquisition = acquisition;
      this.stages = stages;
      this.wanted = wanted;
      this.warnings = new ArrayList<>(acquisition.notes());
    }

    AcquisitionResult to(Function<String, Path> files, Path derived, Optional<Path> nifti)
        throws IOException, RefusedException {
      Sourced field = field(files);
      LocalField local = field.local();
      if (nifti.isPresent()) {
        stages.at("nifti", 0);
        NiftiFiles.writeField(local, nifti.get());
      }
      stages.at("inversion", 0);
      Posterior posterior = inversion.invert(local, stages);
      warnings.addAll(posterior.warnings());
      if (nifti.isPresent()) {
        stages.at("nifti", 0.5);
        NiftiFiles.writeSusceptibility(posterior, nifti.get());
      }
      stages.at(DerivedSeries.STAGE, 0);
      List<DerivedSeriesFiles> series =
          new Derivation(
                  settings, softwareVersion, clock, acquisition, field.sources(), local, derived)
              .write(posterior, wanted, warnings, stages);
      stages.at(DerivedSeries.STAGE, 1);
      return new AcquisitionResult(
          acquisition,
          AcquisitionResult.Status.RECONSTRUCTED,
          Optional.empty(),
          Optional.of(findings(field.sources(), local, posterior)),
          series,
          stages.close(),
          warnings,
          Optional.empty());
    }

    /** Assembles and maps, so that the echoes can be collected before the inversion starts. */
    private Sourced field(Function<String, Path> files) throws IOException, RefusedException {
      stages.at("assemble", 0);
      AssembledAcquisition assembled =
          new Assembly(settings.recognition()).assemble(acquisition, files);
      stages.at("assemble", 1);
      assembled.notes().stream().filter(note -> !warnings.contains(note)).forEach(warnings::add);
      FieldSettings fieldSettings = settings.field();
      if (!assembled.sources().phaseSignKnown()) {
        fieldSettings = fieldSettings.withUnknownSign();
        warnings.add("No rule covers the phase sign of this scanner; the field had to prove it.");
      }
      Optional<Mask> mask = Optional.empty();
      if (settings.mask().isPresent()) {
        mask = Optional.of(settings.mask().get().on(assembled.sources().grid()));
      }
      try {
        LocalField local = new FieldMapping(fieldSettings).map(assembled.images(), mask, stages);
        return new Sourced(assembled.sources(), local);
      } catch (FieldMappingException e) {
        throw FieldRefusal.of(e);
      }
    }

    private Findings findings(SourceStack sources, LocalField local, Posterior posterior) {
      return new Findings(
          sources.encoding(),
          sources.chopper(),
          sources.phaseSign(),
          sources.phaseSignKnown(),
          sources.phaseScaleEvidence(),
          local.grid(),
          local.fieldStrengthTesla(),
          local.b0Direction(),
          local.mask().count(),
          local.notes(),
          posterior.findings());
    }
  }

  private record Sourced(SourceStack sources, LocalField local) {}
}
