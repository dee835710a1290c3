package org.qsmnode.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/**
 * Everything that is known about a map with a reference; what its input does not allow is absent.
 *
 * @param accuracy over the mask
 * @param similarity over the mask
 * @param regions labelled regions
 * @param calcification the largest one
 * @param uncertainty over the mask
 * @param strata parts of the mask by name
 */
public record Evaluation(
    Accuracy accuracy,
    Similarity similarity,
    Optional<RegionMeans> regions,
    Optional<CalcificationScore> calcification,
    Optional<Uncertainty> uncertainty,
    Map<String, Stratum> strata) {

  /** Regions with fewer voxels are left out of region figures. */
  public static final int LEAST_REGION_VOXELS = 8;

  /** A reference that varies less than this counts as constant. */
  private static final double LEAST_VARIANCE_PPM2 = 1e-12;

  /**
   * Figures about the standard deviation.
   *
   * @param unrelatedRegions region means as if voxels erred independently
   * @param sampledRegions region means by samples of the posterior
   * @param unrelatedSpectrum power of errors over that of voxels that err independently
   * @param sampledSpectrum power of errors over that of samples
   */
  public record Uncertainty(
      Calibration calibration,
      ProperScores scores,
      ReliabilityCurve reliability,
      Sparsification sparsification,
      Optional<RegionCoverage> unrelatedRegions,
      Optional<RegionCoverage> sampledRegions,
      SpectralRatio unrelatedSpectrum,
      Optional<SpectralRatio> sampledSpectrum) {

    Map<String, Object> figures() {
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("calibration", calibration);
      figures.put("scores", scores);
      figures.put("reliability", reliability);
      figures.put("sparsification", sparsification);
      unrelatedRegions.ifPresent(value -> figures.put("unrelatedRegions", value));
      sampledRegions.ifPresent(value -> figures.put("sampledRegions", value));
      figures.put("unrelatedSpectrum", unrelatedSpectrum);
      sampledSpectrum.ifPresent(value -> figures.put("sampledSpectrum", value));
      return figures;
    }
  }

  /**
   * A part of the mask.
   *
   * @param nrmsePercent root mean squared error over that of the reference, both demeaned in the
   *     part; NaN where the reference is constant
   * @param rmsePpb root mean squared error, maps demeaned in the whole mask
   * @param calibration of the part, where there is a standard deviation in it
   * @param reliability likewise
   * @param sparsification likewise
   */
  public record Stratum(
      int voxels,
      double nrmsePercent,
      double rmsePpb,
      Optional<Calibration> calibration,
      Optional<ReliabilityCurve> reliability,
      Optional<Sparsification> sparsification) {

    /** Without the curves, which are long and drawn only. */
    Map<String, Object> figures() {
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("voxels", voxels);
      figures.put("nrmsePercent", nrmsePercent);
      figures.put("rmsePpb", rmsePpb);
      calibration.ifPresent(value -> figures.put("calibration", value));
      return figures;
    }
  }

  /**
   * What is compared.
   *
   * @param mask voxels that count
   * @param labels numbers as {@code simulate} writes them
   * @param samples draws from the posterior, empty for none
   * @param b0 main field in voxel axes
   */
  public record Input(
      Volume chiPpm,
      Optional<Volume> sdPpm,
      Volume referencePpm,
      Mask mask,
      Optional<Volume> labels,
      List<Volume> samples,
      Vector3 b0) {}

  /** All figures by name, records below; what is absent has no entry. */
  public Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("accuracy", accuracy);
    figures.put("similarity", similarity);
    regions.ifPresent(value -> figures.put("regions", value));
    calcification.ifPresent(value -> figures.put("calcification", value));
    uncertainty.ifPresent(value -> figures.put("uncertainty", value.figures()));
    Map<String, Object> parts = new LinkedHashMap<>();
    strata.forEach((name, part) -> parts.put(name, part.figures()));
    figures.put("strata", parts);
    return figures;
  }

  /** All figures. */
  public static Evaluation of(Input in) {
    MaskedPair pair = MaskedPair.of(in.chiPpm(), in.referencePpm(), in.mask());
    Map<String, Stratum> strata = new LinkedHashMap<>();
    in.labels()
        .map(labels -> Strata.of(labels, in.mask()))
        .orElseGet(() -> Strata.ofDepth(in.mask()))
        .forEach((name, part) -> strata.put(name, stratum(in, pair, part)));
    return new Evaluation(
        Accuracy.of(in.chiPpm(), in.referencePpm(), in.mask()),
        Similarity.of(pair),
        in.labels()
            .map(
                labels ->
                    RegionMeans.of(
                        in.chiPpm(), in.referencePpm(), labels, in.mask(), LEAST_REGION_VOXELS)),
        in.labels()
            .flatMap(
                labels -> CalcificationScore.of(in.chiPpm(), in.referencePpm(), labels, in.mask())),
        in.sdPpm().map(sd -> uncertainty(in, sd)),
        strata);
  }

  private static Uncertainty uncertainty(Input in, Volume sd) {
    Errors errors = Errors.of(in.chiPpm(), sd, in.referencePpm(), in.mask(), in.mask());
    Optional<Volume> labels = in.labels();
    boolean drawn = !in.samples().isEmpty();
    return new Uncertainty(
        Calibration.of(errors),
        ProperScores.of(errors),
        ReliabilityCurve.of(errors),
        Sparsification.of(errors),
        labels.map(
            l ->
                RegionCoverage.unrelated(
                    in.chiPpm(), sd, in.referencePpm(), l, in.mask(), LEAST_REGION_VOXELS)),
        labels
            .filter(l -> drawn)
            .map(
                l ->
                    RegionCoverage.sampled(
                        in.chiPpm(),
                        in.samples(),
                        in.referencePpm(),
                        l,
                        in.mask(),
                        LEAST_REGION_VOXELS)),
        SpectralRatio.unrelated(in.chiPpm(), sd, in.referencePpm(), in.mask(), in.b0()),
        drawn
            ? Optional.of(
                SpectralRatio.sampled(
                    in.chiPpm(), in.samples(), in.referencePpm(), in.mask(), in.b0()))
            : Optional.empty());
  }

  private static Stratum stratum(Input in, MaskedPair pair, Mask part) {
    double squares = 0;
    double mapMean = RegionMeans.mean(pair.map(), part);
    double referenceMean = RegionMeans.mean(pair.reference(), part);
    double own = 0;
    double size = 0;
    for (int i = 0; i < part.data().length; i++) {
      if (part.data()[i]) {
        double map = pair.map()[i];
        double reference = pair.reference()[i];
        squares += Math.pow(map - reference, 2);
        own += Math.pow(map - mapMean - reference + referenceMean, 2);
        size += Math.pow(reference - referenceMean, 2);
      }
    }
    Optional<Errors> stated =
        in.sdPpm()
            .map(sd -> Errors.of(in.chiPpm(), sd, in.referencePpm(), in.mask(), part))
            .filter(errors -> errors.count() > 0);
    return new Stratum(
        part.count(),
        size > part.count() * LEAST_VARIANCE_PPM2 ? 100 * Math.sqrt(own / size) : Double.NaN,
        1000 * Math.sqrt(squares / part.count()),
        stated.map(Calibration::of),
        stated.map(ReliabilityCurve::of),
        stated.map(Sparsification::of));
  }
}
