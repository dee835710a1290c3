package org.qsmnode.route;

import java.time.Duration;
import java.util.Set;

/**
 * What a node is among those that share its ledger.
 *
 * @param name its name, held by one process at a time
 * @param roles what it does
 * @param lease silence after which it counts as dead, by the clock of the database
 */
public record MachineSettings(String name, Set<NodeRole> roles, Duration lease) {

  /** Signs of life in the time of a lease: a few may be lost. */
  private static final int BEATS_PER_LEASE = 6;

  public MachineSettings {
    roles = Set.copyOf(roles);
  }

  static MachineSettings from(NodeValues values) {
    return new MachineSettings(
        values.text(MachineKeys.NAME),
        NodeRole.parse(values.list(MachineKeys.ROLES)),
        values.duration(MachineKeys.LEASE));
  }

  /** Whether this node does something. */
  public boolean has(NodeRole role) {
    return roles.contains(role);
  }

  /** Interval at which the lease is renewed. */
  public Duration beat() {
    return lease.dividedBy(BEATS_PER_LEASE);
  }
}
