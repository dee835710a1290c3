package org.qsmnode.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.qsmnode.camel.Part10Header;
import org.qsmnode.camel.ReferencedInstance;
import org.qsmnode.store.InstanceRow;
import org.qsmnode.store.Ledger;
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
      Optional<Path> file =
          received.isPresent()
              ? Optional.of(spool.file(received.get().path()))
              : ledger.results().path(instance.sopInstanceUid()).map(results::resolve);
      if (file.isEmpty()) {
        return NO_SUCH_OBJECT;
      }
      if (!Files.isRegularFile(file.get())) {
        LOG.error("object {} is in the ledger and not on the disk", instance.sopInstanceUid());
        return PROCESSING_FAILURE;
      }
      return Part10Header.read(file.get()).sopClassUid().equals(instance.sopClassUid())
          ? KEPT
          : OTHER_CLASS;
    } catch (IOException e) {
      LOG.error("object {} cannot be read", instance.sopInstanceUid(), e);
      return PROCESSING_FAILURE;
    }
  }
}
