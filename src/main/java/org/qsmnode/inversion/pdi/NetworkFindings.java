package org.qsmnode.inversion.pdi;

import java.util.List;
import org.qsmnode.inversion.InversionFindings;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.network.Engine;

/**
 * What all results of a network say of their making.
 *
 * @param engine engine and device of the network
 * @param start findings of the map that the network corrected
 * @param medianFieldSdPpb noise of the field
 * @param excessNoisePpb errors of the field beyond its noise, root mean square
 * @param hiddenExcessPpb the largest such errors that the noise would hide
 * @param warnings plain sentences for who reads the map
 */
public record NetworkFindings(
    String modelName,
    String modelVersion,
    String modelSha256,
    String engine,
    InversionFindings start,
    double medianFieldSdPpb,
    double excessNoisePpb,
    double hiddenExcessPpb,
    List<String> warnings) {

  public NetworkFindings {
    warnings = List.copyOf(warnings);
  }

  /** Findings about a network of {@code model} that corrected {@code start} into a map. */
  public static NetworkFindings of(
      PdiModel model, Engine engine, Posterior start, PdiInputs inputs, List<String> warnings) {
    return new NetworkFindings(
        model.identity().name(),
        model.identity().version(),
        model.identity().sha256(),
        engine.name() + " on " + engine.device(),
        start.findings(),
        1000 * inputs.medianSdPpm(),
        1000 * inputs.excessNoisePpm(),
        1000 * inputs.hiddenExcessPpm(),
        warnings);
  }
}
