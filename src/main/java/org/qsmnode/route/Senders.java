package org.qsmnode.route;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.qsmnode.store.DeliveryRow;
import org.qsmnode.store.InstanceRow;
import org.qsmnode.store.JobRow;
import org.qsmnode.store.Ledger;

/** Who sent the objects that a result was made of. */
final class Senders {

  private final Ledger ledger;
  private final Peers peers;

  Senders(Ledger ledger, Peers peers) {
    this.ledger = ledger;
    this.peers = peers;
  }

  /** Calling AE titles of the sources of a job. */
  Set<String> titles(JobRow job) {
    Set<String> sources = Set.copyOf(job.sources());
    return ledger.instances().ofStudy(job.studyInstanceUid()).stream()
        .filter(row -> sources.contains(row.sopInstanceUid()))
        .map(InstanceRow::callingAe)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The DICOM peer that a destination means for a delivery, empty when there is none. */
  Optional<Destination.Dicom> resolve(Destination destination, DeliveryRow delivery) {
    if (destination.place() instanceof Destination.Dicom dicom) {
      return Optional.of(dicom);
    }
    return destination.place() instanceof Destination.Sender ? of(delivery) : Optional.empty();
  }

  /** The first of them that is a known peer. */
  private Optional<Destination.Dicom> of(DeliveryRow delivery) {
    return ledger.jobs().find(delivery.jobId()).stream()
        .flatMap(job -> titles(job).stream())
        .flatMap(title -> peers.find(title).stream())
        .findFirst();
  }
}
