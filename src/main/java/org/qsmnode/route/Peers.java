package org.qsmnode.route;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
      peers.byTitle.put(address.aeTitle(), new Destination.Dicom(address, tls));
    }
    return peers;
  }

  /** Addresses by AE title, of those that are reached without TLS. */
  Map<String, PeerAddress> addresses() {
    Map<String, PeerAddress> addresses = new TreeMap<>();
    byTitle.forEach(
        (title, peer) -> {
          if (!peer.tls()) {
            addresses.put(title, peer.peer());
          }
        });
    return addresses;
  }

  /** The peer with an AE title. */
  Optional<Destination.Dicom> find(String aeTitle) {
    return Optional.ofNullable(byTitle.get(aeTitle));
  }
}
