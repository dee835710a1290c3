package org.qsmnode.route;

import java.time.Duration;
import java.util.Optional;
import org.qsmnode.camel.PeerAddress;

/**
 * The PACS that is queried and retrieved from.
 *
 * @param peer empty when there is none
 * @param move C-MOVE to this node instead of C-GET
 * @param retrieveTimeout from one answer of a retrieval to the next
 * @param lateAfter age of a study from which its identity is asked again before a result is sent
 */
public record PacsSettings(
    Optional<Destination.Dicom> peer, boolean move, Duration retrieveTimeout, Duration lateAfter) {

  static PacsSettings from(NodeValues values) {
    String title = values.text(CommitmentKeys.PACS_AET);
    return new PacsSettings(
        title.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Destination.Dicom(
                    new PeerAddress(
                        title,
                        values.text(CommitmentKeys.PACS_HOST),
                        values.whole(CommitmentKeys.PACS_PORT)),
                    Boolean.parseBoolean(values.text(CommitmentKeys.PACS_TLS)),
                    Secrets.user(
                        "node.pacs",
                        values.text(CommitmentKeys.PACS_USER),
                        values.text(CommitmentKeys.PACS_PASSWORD)))),
        values.text(CommitmentKeys.PACS_RETRIEVE).equals("move"),
        values.duration(CommitmentKeys.PACS_RETRIEVE_TIMEOUT),
        values.duration(CommitmentKeys.LATE_AFTER));
  }
}
