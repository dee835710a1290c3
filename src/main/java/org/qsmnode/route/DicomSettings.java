package org.qsmnode.route;

import java.time.Duration;
import java.util.List;
import org.qsmnode.camel.PeerAddress;

/**
 * The node as a storage SCP.
 *
 * @param own own AE title, bind address and port
 * @param acceptedCallingAeTitles who may associate; empty: anybody
 * @param acceptedAddresses addresses and networks that may associate; empty: any
 * @param storingAeTitles who may store; empty: all that are accepted
 * @param refuseOtherContent answer 0111 instead of 0000 to a known UID with other content
 */
public record DicomSettings(
    PeerAddress own,
    List<String> acceptedCallingAeTitles,
    List<String> acceptedAddresses,
    List<String> storingAeTitles,
    int maxAssociations,
    int maxAssociationsPerCallingAe,
    int receivePduBytes,
    Duration associateTimeout,
    Duration idleTimeout,
    boolean refuseOtherContent) {

  public DicomSettings {
    acceptedCallingAeTitles = List.copyOf(acceptedCallingAeTitles);
    acceptedAddresses = List.copyOf(acceptedAddresses);
    storingAeTitles = List.copyOf(storingAeTitles);
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
        values.whole(NodeKeys.PDU),
        values.duration(NodeKeys.ASSOCIATE_TIMEOUT),
        values.duration(NodeKeys.IDLE_TIMEOUT),
        values.text(NodeKeys.OTHER_CONTENT).equals("refuse"));
  }
}
