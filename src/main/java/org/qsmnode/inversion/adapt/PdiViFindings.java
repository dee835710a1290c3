package org.qsmnode.inversion.adapt;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qsmnode.inversion.Ending;
import org.qsmnode.inversion.InversionFindings;
import org.qsmnode.inversion.pdi.NetworkFindings;
import org.qsmnode.inversion.pdi.UnreadVoxels;

/**
 * What {@link PdiViInversion} found.
 *
 * @param looks how many networks were asked
 * @param views of the volume that the last one saw
 * @param secondStart findings of the start map of the second look; null without one
 * @param secondLookSha256 digest of the network of the second look; null if the model has none
 * @param unread voxels of the mask that should not be read
 */
record PdiViFindings(
    String method,
    @JsonUnwrapped NetworkFindings network,
    @JsonUnwrapped AdaptationFindings adaptation,
    int looks,
    int views,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable InversionFindings secondStart,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secondLookSha256,
    UnreadVoxels unread,
    double budgetSeconds,
    double seconds)
    implements InversionFindings {

  @Override
  public Ending ending() {
    return adaptation.stop();
  }

  @Override
  public Optional<String> networkEngine() {
    return Optional.of(network.engine());
  }
}
