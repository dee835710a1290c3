package org.qsmnode.route;

import java.io.IOException;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.LedgerException;
import org.qsmnode.store.Spool;

/** Up while the ledger answers and the spool takes objects. */
public final class NodeHealth extends AbstractHealthCheck {

  private final Ledger ledger;
  private final Spool spool;

  public NodeHealth(Ledger ledger, Spool spool) {
    super("qsmnode", "node");
    this.ledger = ledger;
    this.spool = spool;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    try {
      builder.detail("instances", ledger.instances().count());
      if (spool.isFull()) {
        builder.message("the spool's disk is at its reserve").down();
      } else {
        builder.up();
      }
    } catch (LedgerException | IOException e) {
      builder.message("the ledger or the spool does not answer").down();
    }
  }
}
