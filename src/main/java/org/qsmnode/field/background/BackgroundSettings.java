package org.qsmnode.field.background;

import java.util.List;

/**
 * How the field of sources outside the mask is removed; only the parameters of the chosen method
 * influence the result.
 *
 * @param method one of {@link #METHODS}; default joint
 * @param pdfIterations most conjugate gradient steps of both projections; default 30
 * @param pdfTolerance relative residual at which they stop; default 0.002
 * @param pdfMarginMm space for background sources around the mask; default 16
 * @param innerPpm standard deviation of the susceptibility inside the mask that the joint
 *     projection expects; default 0.03
 * @param sharpLargestMm largest radius of V-SHARP; default 12
 * @param sharpThreshold spectrum of the largest sphere under which V-SHARP does not divide; default
 *     0.05
 * @param ismvRadiusMm radius of the iterated spherical mean; default 5
 */
public record BackgroundSettings(
    String method,
    int pdfIterations,
    double pdfTolerance,
    double pdfMarginMm,
    double innerPpm,
    double sharpLargestMm,
    double sharpThreshold,
    double ismvRadiusMm) {

  /**
   * Projection onto dipole fields with and without sources inside, V-SHARP, Laplacian boundary
   * values, iterated mean.
   */
  public static final List<String> METHODS = List.of("joint", "pdf", "vsharp", "lbv", "ismv");

  public BackgroundSettings {
    require(METHODS.contains(method), "method must be one of " + METHODS);
    require(pdfIterations > 0, "pdfIterations must be positive");
    require(pdfTolerance > 0 && pdfTolerance < 1, "pdfTolerance must be between 0 and 1");
    require(pdfMarginMm >= 0, "pdfMarginMm must not be negative");
    require(innerPpm > 0, "innerPpm must be positive");
    require(sharpLargestMm > 0, "sharpLargestMm must be positive");
    require(sharpThreshold > 0 && sharpThreshold < 1, "sharpThreshold must be between 0 and 1");
    require(ismvRadiusMm > 0, "ismvRadiusMm must be positive");
  }

  public static BackgroundSettings defaults() {
    return new BackgroundSettings("joint", 30, 0.002, 16, 0.03, 12, 0.05, 5);
  }

  /** These settings with another method. */
  public BackgroundSettings withMethod(String method) {
    return new BackgroundSettings(
        method,
        pdfIterations,
        pdfTolerance,
        pdfMarginMm,
        innerPpm,
        sharpLargestMm,
        sharpThreshold,
        ismvRadiusMm);
  }

  public BackgroundRemoval removal() {
    return new ShimmedRemoval(
        switch (method) {
          case "vsharp" -> new VSharp(sharpLargestMm, sharpThreshold);
          case "lbv" -> new LaplacianBoundary();
          case "ismv" -> new IteratedMean(ismvRadiusMm);
          case "pdf" -> new DipoleProjection(pdfMarginMm, pdfIterations, pdfTolerance);
          default -> new JointProjection(pdfMarginMm, pdfIterations, pdfTolerance, innerPpm);
        });
  }

  /** Name and parameters of the method, for the configuration digest. */
  public String canonical() {
    BackgroundRemoval removal = removal();
    return removal.name() + " " + removal.parameters();
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
