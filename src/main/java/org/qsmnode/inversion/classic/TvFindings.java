package org.qsmnode.inversion.classic;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;
import org.qsmnode.inversion.Ending;
import org.qsmnode.inversion.InversionFindings;
import org.qsmnode.inversion.NoiseAndPrior;

/**
 * What {@link TvInversion} found.
 *
 * @param iterations steps that were taken
 * @param relativeChange change of the map in the last step relative to the map
 * @param converged whether that is within the tolerance
 * @param stop why it ended
 * @param chiSquaredPerVoxel squared residual over noise, per known voxel
 * @param residualOnFieldPerVoxel inner product of residual and field over noise, per known voxel;
 *     the rule for lambda aims at 1
 * @param knownVoxels voxels whose field is known
 * @param secondsPerStep of the longest step
 * @param outsideWeight what a difference of sources outside the mask counts, 1 as inside
 * @param outsideCheck what came of the check of errors beyond noise; null for a method without it
 */
record TvFindings(
    String method,
    int iterations,
    double relativeChange,
    boolean converged,
    Ending stop,
    @JsonUnwrapped NoiseAndPrior measured,
    double chiSquaredPerVoxel,
    double residualOnFieldPerVoxel,
    int knownVoxels,
    int maskVoxels,
    double secondsPerStep,
    double seconds,
    double outsideWeight,
    @JsonInclude(JsonInclude.Include.NON_NULL) OutsideCheck.@Nullable Verdict outsideCheck)
    implements InversionFindings {

  @Override
  public Ending ending() {
    return stop;
  }
}
