package org.qsmnode.inversion;

import java.util.List;
import java.util.Optional;
import org.qsmnode.inversion.error.PosteriorSampler;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/**
 * Result of a dipole inversion.
 *
 * @param chiPpm mean susceptibility in ppm, its mean inside the mask removed, 0 outside the mask
 * @param sdPpm standard deviation in ppm, 0 outside the mask; empty where the method gives none
 * @param findings what the method found on the way
 * @param sampler draws maps whose errors are correlated as those of the mean; empty where the
 *     method has none
 * @param reliable voxels of the mask that should be read; empty where the method does not say
 * @param warnings plain sentences for who reads the map
 * @param outsidePpm field inside the mask of sources outside that the method found, which
 *     background removal had left; empty where it looks for none
 */
public record Posterior(
    Volume chiPpm,
    Optional<Volume> sdPpm,
    InversionFindings findings,
    Optional<PosteriorSampler> sampler,
    Optional<Mask> reliable,
    List<String> warnings,
    Optional<Volume> outsidePpm) {

  public Posterior {
    sdPpm.ifPresent(sd -> chiPpm.grid().requireSameDims(sd.grid(), "sdPpm"));
    warnings = List.copyOf(warnings);
  }

  /** A result with the map, its standard deviation and its findings alone. */
  public Posterior(Volume chiPpm, Optional<Volume> sdPpm, InversionFindings findings) {
    this(chiPpm, sdPpm, findings, Optional.empty(), Optional.empty(), List.of(), Optional.empty());
  }

  /** A map alone, with what its method found of sources outside. */
  public static Posterior ofMap(
      Volume chiPpm, InversionFindings findings, Optional<Volume> outsidePpm) {
    return new Posterior(
        chiPpm,
        Optional.empty(),
        findings,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        outsidePpm);
  }

  /** Whether its method ended before it was done because the time was up. */
  public boolean ranOutOfTime() {
    return findings.ending() == Ending.TIME_BUDGET;
  }
}
