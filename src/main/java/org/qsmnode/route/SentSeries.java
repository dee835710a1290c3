package org.qsmnode.route;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.qsmnode.camel.Part10Header;
import org.qsmnode.camel.StoreReport;
import org.qsmnode.store.DeliveryRow;
import org.qsmnode.store.Ledger;

/** Records in the audit trail which series were sent where. */
final class SentSeries {

  private final AuditTrail audit;
  private final Ledger ledger;

  SentSeries(AuditTrail audit, Ledger ledger) {
    this.audit = audit;
    this.ledger = ledger;
  }

  void began(DeliveryRow delivery, Destination.Place place, List<Path> files) {
    if (!(place instanceof Destination.Folder)) {
      audit.began(transfer(delivery, place, files));
    }
  }

  /**
   * Records the end of an attempt.
   *
   * @param place where the files went, never {@link Destination.Sender}
   * @param report empty where the attempt failed altogether
   */
  void ended(
      DeliveryRow delivery,
      Destination.Place place,
      List<Path> files,
      Optional<StoreReport> report) {
    AuditTrail.Transfer transfer = transfer(delivery, place, files);
    int stored = report.map(StoreReport::stored).orElse(0L).intValue();
    boolean complete = report.map(StoreReport::complete).orElse(false);
    Map<String, Integer> objects = stored == 0 ? Map.of() : Map.of(sopClass(files), stored);
    if (place instanceof Destination.Folder) {
      audit.exported(transfer, objects, complete);
    } else {
      audit.ended(transfer, objects, false, complete);
    }
  }

  private static String sopClass(List<Path> files) {
    try {
      return Part10Header.read(files.get(0)).sopClassUid();
    } catch (IOException e) {
      return "unknown";
    }
  }

  private AuditTrail.Transfer transfer(
      DeliveryRow delivery, Destination.Place place, List<Path> files) {
    return new AuditTrail.Transfer(
        audit.own(),
        party(place),
        ledger.jobs().find(delivery.jobId()).orElseThrow().studyInstanceUid(),
        audit.patientId(files.get(0)));
  }

  private static AuditMessage.Party party(Destination.Place place) {
    if (place instanceof Destination.Dicom dicom) {
      return AuditMessage.Party.ae(dicom.peer().aeTitle(), dicom.peer().host());
    }
    if (place instanceof Destination.Stow stow) {
      return new AuditMessage.Party(stow.url().toString(), "", stow.url().getHost());
    }
    return new AuditMessage.Party(
        place instanceof Destination.Folder folder ? folder.folder().toUri().toString() : "unknown",
        "",
        "");
  }
}
