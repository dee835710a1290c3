package org.qsmnode.inversion;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/**
 * Result of a dipole inversion.
 *
 * @param chiPpm mean susceptibility in ppm, its mean inside the mask removed, 0 outside the mask
 * @param sdPpm standard deviation in ppm, 0 outside the mask; empty where the method gives none
 * @param report figures for the report, for example iterations, regularisation weight, seconds;
 *     insertion order is kept
 * @param sampler draws maps whose errors are correlated as those of the mean; empty where the
 *     method has none
 * @param reliable voxels of the mask that should be read; empty where the method does not say
 * @param warnings plain sentences for who reads the map
 */
public record Posterior(
    Volume chiPpm,
    Optional<Volume> sdPpm,
    Map<String, Object> report,
    Optional<PosteriorSampler> sampler,
    Optional<Mask> reliable,
    List<String> warnings) {

  public Posterior {
    sdPpm.ifPresent(sd -> chiPpm.grid().requireSameDims(sd.grid(), "sdPpm"));
    warnings = List.copyOf(warnings);
  }

  /** A result without sampler, reliable voxels and warnings. */
  public Posterior(Volume chiPpm, Optional<Volume> sdPpm, Map<String, Object> report) {
    this(chiPpm, sdPpm, report, Optional.empty(), Optional.empty(), List.of());
  }

  /** A figure of the report; {@code fallback} where it has none of this name. */
  double figure(String name, double fallback) {
    return report.get(name) instanceof Number figure ? figure.doubleValue() : fallback;
  }
}
