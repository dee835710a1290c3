package org.qsmnode.inversion.pdi;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Optional;
import org.qsmnode.inversion.InversionFindings;

/**
 * What {@link PdiInversion} found.
 *
 * @param views of the volume that the network saw
 * @param unread voxels of the mask that should not be read
 */
record PdiFindings(
    String method,
    @JsonUnwrapped NetworkFindings network,
    int views,
    UnreadVoxels unread,
    double seconds)
    implements InversionFindings {

  @Override
  public Optional<String> networkEngine() {
    return Optional.of(network.engine());
  }
}
