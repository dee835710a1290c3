package org.qsmnode.inversion;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What total variation measured of a field.
 *
 * @param lambdaPerPpmPerMm strength of the prior: weight of total variation against half the
 *     squared residual over noise, 1/(ppm/mm)
 * @param noiseFactor standard deviation of the noise over the stated one, or in ppm where none was
 *     stated
 * @param noiseFitted whether the field came with a standard deviation of its noise
 */
public record NoiseAndPrior(
    @JsonProperty("lambdaPerPpmPerMm") double lambdaPerPpmPerMm,
    @JsonProperty("noiseFactor") double noiseFactor,
    @JsonProperty("noiseFitted") boolean noiseFitted) {}
