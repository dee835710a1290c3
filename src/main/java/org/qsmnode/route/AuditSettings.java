package org.qsmnode.route;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.qsmnode.camel.DicomSecurity;

/**
 * Where audit messages go and what they hold.
 *
 * @param folder of the files, empty for no records at all
 * @param keep how long files are kept; empty: for ever
 * @param syslog repository that gets them too, {@code udp://host:port} or {@code tls://host:port}
 * @param security keys for TLS
 * @param patientId whether patients are named by Patient ID
 */
public record AuditSettings(
    Optional<Path> folder,
    Optional<Duration> keep,
    Optional<URI> syslog,
    Optional<DicomSecurity.Tls> security,
    boolean patientId) {

  private static final String OFF = "off";
  static final String TLS = "tls";

  /** No records. */
  public static final AuditSettings NONE =
      new AuditSettings(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);

  static AuditSettings from(NodeValues values, Path work) {
    String folder = values.text(AuditKeys.FOLDER);
    String syslog = values.text(AuditKeys.SYSLOG);
    Optional<DicomSecurity.Tls> security =
        TlsKeys.security(values).flatMap(keys -> Optional.ofNullable(keys.tls()));
    Optional<URI> repository =
        syslog.isEmpty() ? Optional.empty() : Optional.of(URI.create(syslog));
    if (folder.equals(OFF) && repository.isPresent()) {
      throw new IllegalArgumentException(
          "node.audit.syslog forwards records, which node.audit.directory has switched off");
    }
    if (repository.filter(uri -> uri.getScheme().equals(TLS)).isPresent() && security.isEmpty()) {
      throw new IllegalArgumentException("node.audit.syslog over TLS needs node.tls.key-store");
    }
    return new AuditSettings(
        folder.equals(OFF)
            ? Optional.empty()
            : Optional.of(
                folder.isEmpty()
                    ? work.resolve("audit")
                    : Path.of(folder).toAbsolutePath().normalize()),
        values.durationOrNever(AuditKeys.KEEP),
        repository,
        security,
        Boolean.parseBoolean(values.text(AuditKeys.PATIENT_ID)));
  }
}
