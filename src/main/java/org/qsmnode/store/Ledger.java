package org.qsmnode.store;

import java.time.Clock;

/**
 * The ledger: every fact that steps hand to each other, in one database.
 *
 * @param database the database under it
 */
public record Ledger(
    Database database,
    Nodes nodes,
    Leases leases,
    Instances instances,
    Acquisitions acquisitions,
    Jobs jobs,
    Results results,
    Deliveries deliveries,
    Commitments commitments,
    Reviews reviews,
    Reprocessing reprocessing,
    Retention retention) {

  public static Ledger on(Database database, Clock clock) {
    return new Ledger(
        database,
        new Nodes(database),
        new Leases(database, clock),
        new Instances(database),
        new Acquisitions(database, clock),
        new Jobs(database, clock),
        new Results(database),
        new Deliveries(database, clock),
        new Commitments(database, clock),
        new Reviews(database, clock),
        new Reprocessing(database, clock),
        new Retention(database));
  }
}
