package org.qsmnode.evaluate;

import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.qsmnode.evaluate.Evaluation.Uncertainty;

/** One column of a comparison; NaN where a case or method lacks it. */
enum Figure {
  NRMSE("NRMSE %", 1, e -> e.accuracy().nrmsePercent()),
  DETRENDED("detr. %", 1, e -> e.accuracy().detrendedPercent()),
  XSIM("XSIM", 3, e -> e.accuracy().xsimG7()),
  HFEN("HFEN %", 1, e -> e.accuracy().hfenPercent()),
  NUCLEI_SLOPE("DGM slope", 3, e -> e.regions().map(RegionMeans::nucleiSlope).orElse(Double.NaN)),
  WITHIN1("1 sd %", 1, uncertain(u -> u.calibration().within1Percent())),
  WITHIN2("2 sd %", 1, uncertain(u -> u.calibration().within2Percent())),
  WITHIN3("3 sd %", 1, uncertain(u -> u.calibration().within3Percent())),
  SQUARED_Z("mean z2", 2, uncertain(u -> u.calibration().meanSquaredZ())),
  SPEARMAN("Spearman", 2, uncertain(u -> u.calibration().spearman())),
  SPEARMAN_IF_RIGHT("if right", 2, uncertain(u -> u.calibration().spearmanIfRight())),
  NLL("NLL", 2, uncertain(u -> u.scores().nll())),
  CRPS("CRPS ppb", 2, uncertain(u -> 1000 * u.scores().crpsPpm())),
  SHARPNESS("mean sd ppb", 1, uncertain(u -> 1000 * u.calibration().meanSdPpm())),
  ECE("ECE", 3, uncertain(u -> u.scores().regressionEce())),
  ENCE("ENCE", 3, uncertain(u -> u.scores().ence())),
  AUSE("AUSE", 3, uncertain(u -> u.sparsification().ause())),
  AURG("AURG", 3, uncertain(u -> u.sparsification().aurg())),
  UNRELATED_REGIONS(
      "regions in 2 sd %, voxels unrelated",
      0,
      uncertain(u -> u.unrelatedRegions().map(RegionCoverage::within2Percent).orElse(Double.NaN))),
  SAMPLED_REGIONS(
      "regions in 2 sd %, samples",
      0, uncertain(u -> u.sampledRegions().map(RegionCoverage::within2Percent).orElse(Double.NaN))),
  CONE(
      "power ratio at D = 0",
      2,
      uncertain(u -> u.sampledSpectrum().orElse(u.unrelatedSpectrum()).ratio()[0])),
  AXIS(
      "at largest D",
      2,
      uncertain(
          u -> {
            double[] ratio = u.sampledSpectrum().orElse(u.unrelatedSpectrum()).ratio();
            return ratio[ratio.length - 1];
          }));

  final String title;
  final int digits;
  private final ToDoubleFunction<Evaluation> value;

  Figure(String title, int digits, ToDoubleFunction<Evaluation> value) {
    this.title = title;
    this.digits = digits;
    this.value = value;
  }

  double of(Score score) {
    return value.applyAsDouble(score.evaluation());
  }

  private static ToDoubleFunction<Evaluation> uncertain(Function<Uncertainty, Double> figure) {
    return evaluation -> evaluation.uncertainty().map(figure).orElse(Double.NaN);
  }
}
