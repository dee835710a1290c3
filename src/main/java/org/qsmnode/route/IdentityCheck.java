package org.qsmnode.route;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.io.DicomInputStream;
import org.qsmnode.camel.DicomStatusException;
import org.qsmnode.store.InstanceRow;
import org.qsmnode.store.JobRow;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.Urgency;

/**
 * Asks the PACS for the patient of a study before a late result is sent: patients are merged and
 * studies are moved while results wait.
 */
final class IdentityCheck {

  private final Ledger ledger;
  private final NodeSettings settings;
  private final Optional<Pacs> pacs;
  private final Clock clock;

  IdentityCheck(Ledger ledger, NodeSettings settings, Optional<Pacs> pacs, Clock clock) {
    this.ledger = ledger;
    this.settings = settings;
    this.pacs = pacs;
    this.clock = clock;
  }

  /** True when the result of a job is late, so that its identity has to be asked for. */
  boolean isLate(JobRow job) {
    return pacs.isPresent()
        && (job.urgency() == Urgency.NIGHT
            || ledger.instances().ofStudy(job.studyInstanceUid()).stream()
                .map(InstanceRow::receivedAt)
                .max(java.time.Instant::compareTo)
                .map(last -> last.plus(settings.pacs().lateAfter()).isBefore(clock.instant()))
                .orElse(true));
  }

  /**
   * Why a result must not be sent, empty when it may.
   *
   * @param file one object of the result
   * @throws IOException if the PACS cannot be asked now
   */
  Optional<String> objection(JobRow job, Path file)
      throws IOException, DicomStatusException, InterruptedException {
    Optional<Attributes> inPacs = pacs.orElseThrow().study(job.studyInstanceUid());
    if (inPacs.isEmpty()) {
      return Optional.of("the PACS does not have the study any more");
    }
    List<String> different = StudyIdentity.differences(header(file), inPacs.get());
    return different.isEmpty()
        ? Optional.empty()
        : Optional.of("the PACS has another " + String.join(", ", different));
  }

  private static Attributes header(Path file) throws IOException {
    try (DicomInputStream in = new DicomInputStream(file.toFile())) {
      return in.readDataset(Tag.PixelData);
    }
  }
}
