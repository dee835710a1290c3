package org.qsmnode.route;

import java.util.Optional;
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

  /** The security of a connection that has to be secure. */
  DicomSecurity required() {
    return security.orElseThrow(
        () -> new IllegalArgumentException("TLS is asked for, but node.tls.key-store is not set"));
  }
}
