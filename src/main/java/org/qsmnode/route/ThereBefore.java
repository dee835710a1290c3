package org.qsmnode.route;

import java.io.IOException;
import java.util.Optional;
import org.qsmnode.camel.DicomStatusException;
import org.qsmnode.camel.StoreReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objects that a destination refuses with 0111, because it knows their UIDs. They came with an
 * earlier attempt whose answer was lost. UIDs of results follow from their pixels and sources, so
 * that another object cannot have them. The refusal stands only where the destination, asked by
 * C-FIND, says that it lacks one of them.
 */
final class ThereBefore {

  private static final Logger LOG = LoggerFactory.getLogger(ThereBefore.class);

  private final DicomPeers peers;

  ThereBefore(DicomPeers peers) {
    this.peers = peers;
  }

  /**
   * Settles the duplicates of a report.
   *
   * @param peer whom to ask; empty where the destination cannot be queried
   */
  StoreReport settle(
      StoreReport report,
      String studyInstanceUid,
      String seriesInstanceUid,
      Optional<Destination.Dicom> peer)
      throws InterruptedException {
    if (report.duplicates().isEmpty()) {
      return report;
    }
    try {
      boolean there =
          peer.isEmpty()
              || new Pacs(peers, peer.get())
                  .has(studyInstanceUid, seriesInstanceUid, report.duplicates());
      return there ? report.withDuplicatesStored() : report;
    } catch (IOException | DicomStatusException e) {
      LOG.warn(
          "{} answers 0111 and cannot be asked for the objects, which count as stored: {}",
          peer.orElseThrow().peer().aeTitle(),
          e.getMessage());
      return report.withDuplicatesStored();
    }
  }
}
