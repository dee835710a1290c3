package org.qsmnode.route;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.qsmnode.store.DiskReserve;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.LedgerException;
import org.qsmnode.store.Spool;

/**
 * Up while the ledger answers, the spool takes objects, the queues take messages and every sweep
 * succeeds. Studies that are held are told and do not make the node down: the others go on.
 */
public final class NodeHealth extends AbstractHealthCheck {

  private static final int HELD_THAT_ARE_NAMED = 10;

  private final Ledger ledger;
  private final Spool spool;
  private final DiskReserve work;
  private final List<Sweep> sweeps;

  /**
   * The health of a node.
   *
   * @param work reserve of the disk that holds database and queues
   */
  NodeHealth(Ledger ledger, Spool spool, DiskReserve work, List<Sweep> sweeps) {
    super("qsmnode", "node");
    this.ledger = ledger;
    this.spool = spool;
    this.work = work;
    this.sweeps = sweeps;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    List<String> troubles = new ArrayList<>();
    if (ledger.database().isDamaged()) {
      troubles.add("the ledger's database is damaged; stop the node and restore a backup");
    }
    sweeps.forEach(sweep -> sweep.trouble().ifPresent(troubles::add));
    try {
      builder.detail("instances", ledger.instances().count());
      builder.detail("studies.held", ledger.instances().countHeld());
      ledger
          .instances()
          .held(HELD_THAT_ARE_NAMED)
          .forEach(
              study ->
                  builder.detail(
                      "studies.held." + study.studyInstanceUid(), study.heldReason().orElse("")));
      if (spool.isFull()) {
        troubles.add("the spool's disk is at its reserve; objects are answered A700");
      }
      if (work.isReached()) {
        troubles.add("the work folder's disk is at its reserve; jobs and deliveries wait");
      }
    } catch (LedgerException | IOException e) {
      troubles.add("the ledger or the spool does not answer");
    }
    if (troubles.isEmpty()) {
      builder.up();
    } else {
      builder.message(String.join("; ", troubles)).down();
    }
  }
}
