package org.qsmnode.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.qsmnode.camel.Part10Header;
import org.qsmnode.camel.ReferencedInstance;
import org.qsmnode.digest.Digests;
import org.qsmnode.store.InstanceRow;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.ResultSeries;
import org.qsmnode.store.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the node can promise to keep: received objects, and its own results, that are on the disk.
 */
final class KeptObjects {

  private static final Logger LOG = LoggerFactory.getLogger(KeptObjects.class);
  private static final int KEPT = 0;
  private static final int PROCESSING_FAILURE = 0x0110;
  private static final int NO_SUCH_OBJECT = 0x0112;
  private static final int OTHER_CLASS = 0x0119;

  private final Ledger ledger;
  private final Spool spool;
  private final Path results;

  KeptObjects(Ledger ledger, Spool spool, Path results) {
    this.ledger = ledger;
    this.spool = spool;
    this.results = results;
  }

  /** 0000 for an object that is kept, else a Failure Reason of PS3.3 C.14.1.1. */
  int reason(ReferencedInstance instance) {
    try {
      Optional<InstanceRow> received = ledger.instances().find(instance.sopInstanceUid());
      if (received.isPresent()) {
        Path file = spool.file(received.get().path());
        return reason(instance, file, Files.isRegularFile(file));
      }
      Optional<ResultSeries.ResultFile> made = ledger.results().file(instance.sopInstanceUid());
      if (made.isEmpty()) {
        return NO_SUCH_OBJECT;
      }
      Path file = results.resolve(made.get().path());
      return reason(instance, file, Digests.matches(file, made.get().digest()));
    } catch (IOException e) {
      LOG.error("object {} cannot be read", instance.sopInstanceUid(), e);
      return PROCESSING_FAILURE;
    }
  }

  private static int reason(ReferencedInstance instance, Path file, boolean whole)
      throws IOException {
    if (!whole) {
      LOG.error("object {} is in the ledger and not on the disk", instance.sopInstanceUid());
      return PROCESSING_FAILURE;
    }
    return Part10Header.read(file).sopClassUid().equals(instance.sopClassUid())
        ? KEPT
        : OTHER_CLASS;
  }
}
