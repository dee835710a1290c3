package org.qsmnode.route;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.qsmnode.camel.MoveDestination;
import org.qsmnode.camel.PeerAddress;

/** The application entities that the site has named, by AE title. */
public final class Peers {

  private static final String TLS = "/tls";

  private final Map<String, Destination.Dicom> byTitle = new TreeMap<>();

  private Peers() {}

  static Peers from(NodeValues values) {
    Peers peers = new Peers();
    for (String text : values.list(NodeKeys.PEERS)) {
      boolean tls = text.endsWith(TLS);
      PeerAddress address =
          PeerAddress.parse(tls ? text.substring(0, text.length() - TLS.length()) : text);
      peers.byTitle.put(address.aeTitle(), new Destination.Dicom(address, tls, Optional.empty()));
    }
    return peers;
  }

  /** What C-MOVE can name, by AE title. */
  Map<String, MoveDestination> moveDestinations(TlsSettings tls) {
    Map<String, MoveDestination> destinations = new TreeMap<>();
    byTitle.forEach(
        (title, peer) ->
            destinations.put(title, new MoveDestination(peer.peer(), tls.security(peer))));
    return destinations;
  }

  /** All of them. */
  Collection<Destination.Dicom> all() {
    return byTitle.values();
  }

  /** The peer with an AE title. */
  Optional<Destination.Dicom> find(String aeTitle) {
    return Optional.ofNullable(byTitle.get(aeTitle));
  }
}
