package org.qsmnode.inversion.classic;

import org.qsmnode.inversion.Ending;
import org.qsmnode.inversion.InversionFindings;

/**
 * What {@link GaussianInversion} found.
 *
 * @param field which field was explained
 * @param iterations steps of conjugate gradients for the mean
 * @param relativeResidual of the mean's system of equations
 * @param converged whether mean and samples came within the tolerance
 * @param priorGradientPpmPerMm standard deviation of the prior's differences
 * @param noiseFactor standard deviation of the noise over the stated one, or in ppm where none was
 *     stated
 * @param noiseFitted whether the field came with a standard deviation of its noise
 * @param chiSquaredPerVoxel squared residual over noise, per known voxel
 * @param knownVoxels voxels whose field is known
 * @param samples draws of the posterior
 * @param sampleIterations steps for all of them
 */
record GaussianFindings(
    String method,
    FieldChoice field,
    int iterations,
    double relativeResidual,
    boolean converged,
    double priorGradientPpmPerMm,
    double noiseFactor,
    boolean noiseFitted,
    double chiSquaredPerVoxel,
    int knownVoxels,
    int maskVoxels,
    int samples,
    int sampleIterations,
    long seed,
    double seconds)
    implements InversionFindings {

  @Override
  public Ending ending() {
    return converged ? Ending.CONVERGED : Ending.STEP_LIMIT;
  }
}
