package org.qsmnode.route;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qsmnode.camel.AcceptedUsers;
import org.qsmnode.camel.DicomSecurity;

/**
 * DICOM over TLS.
 *
 * @param port that is listened on with TLS, 0 for none
 * @param security keys and trust, empty where none are set
 */
public record TlsSettings(int port, Optional<DicomSecurity> security) {

  static TlsSettings from(NodeValues values) {
    return new TlsSettings(values.whole(TlsKeys.PORT), TlsKeys.security(values));
  }

  /** The security of associations that are opened to a peer. */
  DicomSecurity security(Destination.Dicom peer) {
    if (peer.tls() && security.isEmpty()) {
      throw new IllegalArgumentException("TLS is asked for, but node.tls.key-store is not set");
    }
    return new DicomSecurity(keys(peer.tls()), peer.user().orElse(null), null);
  }

  /**
   * The security of a receiver.
   *
   * @param users required of those who associate; empty: identities are ignored
   */
  DicomSecurity receiver(boolean tls, Optional<AcceptedUsers> users) {
    return new DicomSecurity(keys(tls), null, users.orElse(null));
  }

  private DicomSecurity.@Nullable Tls keys(boolean tls) {
    return tls && security.isPresent() ? security.get().tls() : null;
  }
}
