package org.qsmnode.route;

import java.time.Duration;
import java.util.Optional;
import org.qsmnode.camel.PeerAddress;

/**
 * The PACS that is queried and retrieved from.
 *
 * @param peer empty when there is none
 * @param move C-MOVE to this node instead of C-GET
 * @param lateAfter age of a study from which its identity is asked again before a result is sent
 */
public record PacsSettings(
    Optional<PeerAddress> peer, boolean tls, boolean move, Duration lateAfter) {

  static PacsSettings from(NodeValues values) {
    String title = values.text(CommitmentKeys.PACS_AET);
    return new PacsSettings(
        title.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new PeerAddress(
                    title,
                    values.text(CommitmentKeys.PACS_HOST),
                    values.whole(CommitmentKeys.PACS_PORT))),
        Boolean.parseBoolean(values.text(CommitmentKeys.PACS_TLS)),
        values.text(CommitmentKeys.PACS_RETRIEVE).equals("move"),
        values.duration(CommitmentKeys.LATE_AFTER));
  }
}
