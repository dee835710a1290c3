package org.qsmnode.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Names of nodes, each held by one process at a time. A name is held while its lease is renewed.
 * The clock of the database decides when a lease has run out, so that the clocks of machines may
 * differ.
 */
public final class Nodes {

  /** Condition on a row in hand: its worker's lease holds. */
  static final String WORKER_LIVES =
      "EXISTS (SELECT 1 FROM nodes n WHERE n.worker = %s.worker"
          + " AND n.lease_until > CURRENT_TIMESTAMP)";

  private static final String LEASE = "CURRENT_TIMESTAMP + CAST(? AS BIGINT) * INTERVAL '1' SECOND";
  private static final int WORKER_DIGITS = 12;

  private final Database database;

  public Nodes(Database database) {
    this.database = database;
  }

  /**
   * Takes a name that is free, was released, whose lease has run out, or whose process is known to
   * have ended. A process is known to have ended where it ran on this machine and is gone. It is
   * also where the database is a file that only one process can open.
   *
   * @param lease whole seconds for which the claim holds without renewal
   * @return empty while another process holds the name
   */
  public Optional<NodeClaim> claim(
      String name, ProcessIdentity process, String roles, Duration lease) {
    NodeClaim claim = new NodeClaim(name, name + "/" + digits());
    try {
      return database.writeDurably(
          sql -> {
            Optional<NodeRow> held =
                sql.first(Nodes::row, select("WHERE name = ? FOR UPDATE"), name);
            if (held.isPresent() && isHeld(held.get())) {
              return Optional.empty();
            }
            sql.update("DELETE FROM nodes WHERE name = ?", name);
            sql.update(
                "INSERT INTO nodes (name, worker, place, pid, started_ticks, roles, lease_until)"
                    + " VALUES (?, ?, ?, ?, ?, ?, "
                    + LEASE
                    + ")",
                name,
                claim.worker(),
                process.place(),
                process.pid(),
                process.startedTicks(),
                roles,
                lease.toSeconds());
            return Optional.of(claim);
          });
    } catch (LedgerException e) {
      if (Database.isDuplicate(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private boolean isHeld(NodeRow row) {
    return row.live() && !database.isOfOneProcess() && !row.process().hasEnded();
  }

  private static String digits() {
    return UUID.randomUUID().toString().replace("-", "").substring(0, WORKER_DIGITS);
  }

  /** Renews a lease; false when another process has taken the name since. */
  public boolean renew(NodeClaim claim, Duration lease) {
    return database.write(
        sql ->
            sql.updateOne(
                "UPDATE nodes SET lease_until = " + LEASE + " WHERE worker = ?",
                lease.toSeconds(),
                claim.worker()));
  }

  /** Gives the name back: what this life still has in hand may be taken at once. */
  public void release(NodeClaim claim) {
    database.writeDurably(sql -> sql.update("DELETE FROM nodes WHERE worker = ?", claim.worker()));
  }

  /** A node by its name. */
  public Optional<NodeRow> find(String name) {
    return database.read(sql -> sql.first(Nodes::row, select("WHERE name = ?"), name));
  }

  /** Every node that was not released, by name. */
  public List<NodeRow> all() {
    return database.read(sql -> sql.list(Nodes::row, select("ORDER BY name")));
  }

  private static String select(String condition) {
    return "SELECT nodes.*, lease_until > CURRENT_TIMESTAMP AS live FROM nodes " + condition;
  }

  private static NodeRow row(ResultSet row) throws SQLException {
    return new NodeRow(
        row.getString("name"),
        row.getString("worker"),
        new ProcessIdentity(
            row.getString("place"), row.getLong("pid"), row.getLong("started_ticks")),
        row.getString("roles"),
        Sql.instant(row, "lease_until"),
        row.getBoolean("live"));
  }
}
