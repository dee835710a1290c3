package org.qsmnode.route;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.qsmnode.camel.AcceptedUsers;
import org.qsmnode.camel.DicomConfiguration;
import org.qsmnode.camel.PeerAddress;

/**
 * The node as a storage SCP.
 *
 * @param own own AE title, bind address and port
 * @param acceptedCallingAeTitles who may associate; empty: anybody
 * @param acceptedAddresses addresses and networks that may associate; empty: any
 * @param storingAeTitles who may store; empty: all that are accepted
 * @param maxAssociationsPerAddress open at a time; 0: all but the reserved part
 * @param reservedAssociationsPercent part that is kept for known senders
 * @param responseTimeout for answers other than to storing and retrieving
 * @param users who may associate; empty: identities are ignored
 * @param refuseOtherContent answer 0111 instead of 0000 to a known UID with other content
 * @param providesCommitment whether the node is a storage commitment SCP
 */
public record DicomSettings(
    PeerAddress own,
    List<String> acceptedCallingAeTitles,
    List<String> acceptedAddresses,
    List<String> storingAeTitles,
    int maxAssociations,
    int maxAssociationsPerCallingAe,
    int maxAssociationsPerAddress,
    int reservedAssociationsPercent,
    int receivePduBytes,
    int sendPduBytes,
    Duration associateTimeout,
    Duration idleTimeout,
    Duration releaseTimeout,
    Duration responseTimeout,
    Optional<AcceptedUsers> users,
    boolean refuseOtherContent,
    boolean providesCommitment) {

  public DicomSettings {
    acceptedCallingAeTitles = List.copyOf(acceptedCallingAeTitles);
    acceptedAddresses = List.copyOf(acceptedAddresses);
    storingAeTitles = List.copyOf(storingAeTitles);
  }

  /** PDU lengths and time-outs that hold for every association, as options of the component. */
  String options() {
    return ("receivePduLength=%d&sendPduLength=%d&associateTimeout=%d&idleTimeout=%d"
            + "&releaseTimeout=%d&responseTimeout=%d")
        .formatted(
            receivePduBytes,
            sendPduBytes,
            associateTimeout.toMillis(),
            idleTimeout.toMillis(),
            releaseTimeout.toMillis(),
            responseTimeout.toMillis());
  }

  /** Settings of an SCU that is made without an endpoint. */
  DicomConfiguration configuration(PeerAddress peer) {
    DicomConfiguration options = new DicomConfiguration();
    options.setAddress(peer.toString());
    options.setCallingAeTitle(own.aeTitle());
    options.setReceivePduLength(receivePduBytes);
    options.setSendPduLength(sendPduBytes);
    options.setAssociateTimeout((int) associateTimeout.toMillis());
    options.setIdleTimeout((int) idleTimeout.toMillis());
    options.setReleaseTimeout((int) releaseTimeout.toMillis());
    options.setResponseTimeout((int) responseTimeout.toMillis());
    return options;
  }

  static DicomSettings from(NodeValues values) {
    return new DicomSettings(
        new PeerAddress(
            values.text(NodeKeys.AE_TITLE),
            values.text(NodeKeys.BIND),
            values.whole(NodeKeys.PORT)),
        values.list(NodeKeys.ACCEPTED),
        values.list(NodeKeys.ADDRESSES),
        values.list(NodeKeys.STORING),
        values.whole(NodeKeys.ASSOCIATIONS),
        values.whole(NodeKeys.ASSOCIATIONS_PER_AE),
        values.whole(NodeKeys.ASSOCIATIONS_PER_ADDRESS),
        values.whole(NodeKeys.RESERVED_ASSOCIATIONS),
        values.whole(NodeKeys.PDU),
        values.whole(NodeKeys.SEND_PDU),
        values.duration(NodeKeys.ASSOCIATE_TIMEOUT),
        values.duration(NodeKeys.IDLE_TIMEOUT),
        values.duration(NodeKeys.RELEASE_TIMEOUT),
        values.duration(NodeKeys.RESPONSE_TIMEOUT),
        Secrets.users(NodeKeys.USERS.name(), values.text(NodeKeys.USERS)),
        values.text(NodeKeys.OTHER_CONTENT).equals("refuse"),
        Boolean.parseBoolean(values.text(CommitmentKeys.PROVIDE)));
  }
}
