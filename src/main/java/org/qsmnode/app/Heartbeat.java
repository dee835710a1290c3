package org.qsmnode.app;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.qsmnode.route.MachineSettings;
import org.qsmnode.route.NodeRole;
import org.qsmnode.store.Leases;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.LedgerException;
import org.qsmnode.store.NodeClaim;
import org.qsmnode.store.NodeRow;
import org.qsmnode.store.Nodes;
import org.qsmnode.store.ProcessIdentity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claim of this process on its node's name, and the signs of life that keep it. With each sign
 * of life goes a look at the others: what a silent node has in hand is taken back. A node whose
 * name another process has taken, or whose embedded ledger has closed itself, cannot go on and says
 * so. A database server that is away is waited for.
 */
final class Heartbeat implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  /** Milliseconds between two looks at a name that a silent process holds. */
  private static final int LOOK_MILLIS = 200;

  /** An interrupt amid a statement would close the file of the embedded database. */
  private static final int LAST_BEAT_SECONDS = 30;

  private final Ledger ledger;
  private final NodeClaim claim;
  private final MachineSettings machine;
  private final Consumer<String> over;
  private final ScheduledExecutorService timer;
  private long answeredAt = System.nanoTime();
  private long steadySince = answeredAt;

  private Heartbeat(
      Ledger ledger, NodeClaim claim, MachineSettings machine, Consumer<String> over) {
    this.ledger = ledger;
    this.claim = claim;
    this.machine = machine;
    this.over = over;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "heartbeat");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Claims the name and keeps it. A name that a process of another machine holds is waited for. The
   * wait ends when the lease has run out or that process shows a sign of life.
   *
   * @param over is told, in a sentence, that the node cannot go on
   * @throws IllegalStateException if a process that is alive holds the name
   */
  static Heartbeat begin(Ledger ledger, MachineSettings machine, Consumer<String> over)
      throws InterruptedException {
    Heartbeat heartbeat = new Heartbeat(ledger, claim(ledger.nodes(), machine), machine, over);
    long beat = machine.beat().toMillis();
    heartbeat.timer.scheduleWithFixedDelay(heartbeat::beat, beat, beat, TimeUnit.MILLISECONDS);
    return heartbeat;
  }

  private static NodeClaim claim(Nodes nodes, MachineSettings machine) throws InterruptedException {
    ProcessIdentity own = ProcessIdentity.own();
    Instant seen = Instant.MAX;
    while (true) {
      Optional<NodeClaim> claim =
          nodes.claim(machine.name(), own, NodeRole.text(machine.roles()), machine.lease());
      if (claim.isPresent()) {
        return claim.get();
      }
      Optional<NodeRow> holder = nodes.find(machine.name());
      if (holder.isPresent()) {
        Instant until = holder.get().leaseUntil();
        if (holder.get().process().isHere() || until.isAfter(seen)) {
          throw new IllegalStateException(
              "another process runs as node %s (process %d); give this one another node.name"
                  .formatted(machine.name(), holder.get().process().pid()));
        }
        if (until.isBefore(seen)) {
          LOG.warn("node {} is held by a process elsewhere until {}; waits", machine.name(), until);
          seen = until;
        }
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  /** The claim. */
  NodeClaim claim() {
    return claim;
  }

  private void beat() {
    try {
      if (ledger.nodes().renew(claim, machine.lease())) {
        answered();
      } else {
        over.accept(
            ledger.nodes().find(machine.name()).isPresent()
                ? "another process has taken the name " + machine.name()
                : "the database has lost the claim of this node, and maybe more, in a crash");
      }
    } catch (LedgerException e) {
      long silentNanos = System.nanoTime() - answeredAt;
      LOG.warn("the ledger has not answered for {} s", TimeUnit.NANOSECONDS.toSeconds(silentNanos));
      if (ledger.database().hasClosedItself()) {
        over.accept("the embedded database has closed itself: " + e.getMessage());
      } else if (ledger.database().isOfOneProcess() && silentNanos > machine.lease().toNanos()) {
        over.accept("the embedded database does not answer: " + e.getMessage());
      }
    } catch (RuntimeException | Error e) {
      LOG.error("a sign of life failed; the next is given all the same", e);
    }
  }

  /** After an outage that all nodes saw, each first has the time of a lease to renew its own. */
  private void answered() {
    long now = System.nanoTime();
    if (now - answeredAt > machine.lease().toNanos() / 2) {
      steadySince = now;
    }
    answeredAt = now;
    if (now - steadySince >= machine.lease().toNanos()) {
      Leases.TakenBack back = ledger.leases().takeBack();
      if (back.total() > 0) {
        LOG.warn(
            "a node is silent: {} jobs, {} deliveries and {} items of the night wait again",
            back.jobs(),
            back.deliveries(),
            back.items());
      }
    }
  }

  /** Gives the name back, after a sign of life that is on its way. */
  @Override
  public void close() {
    timer.shutdown();
    try {
      if (!timer.awaitTermination(LAST_BEAT_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the last sign of life still waits for the ledger");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ledger.nodes().release(claim);
  }
}
