package org.qsmnode.store;

import org.jspecify.annotations.Nullable;

/**
 * Transitions of the flow at which the tests end the process or make a step fail. In production
 * nobody listens, no setting changes that, and reaching a point costs one volatile read.
 */
public enum Failpoint {
  RECEIVE_OPENED("the temporary file of an object is open"),
  RECEIVE_WRITTEN("the data set is in memory or in the temporary file, not forced"),
  RECEIVE_RENAMED("the file has its name in the spool, not forced"),
  RECEIVE_FORCED("the journal, or file and folder, are forced, the ledger has no row"),
  RECEIVE_ROW("the ledger has the row, which may be lost with the process"),
  RECEIVE_ANSWER("everything is done but the answer to the sender"),
  RECEIVE_ANSWERED("the answer is out"),

  ASSEMBLE_OBSERVED("an acquisition was noted as recognition sees it"),
  ASSEMBLE_COMPLETE("an acquisition is COMPLETE and has no job"),
  ASSEMBLE_QUEUED("the job is in the ledger and on no queue"),

  PROCESS_STARTED("the job is RUNNING, nothing was computed"),
  DERIVE_FILE("one more derived file is written"),
  PROCESS_WRITTEN("all derived files are written"),
  PROCESS_FORCED("files and folders of the result are forced, the job is not READY"),
  PROCESS_READY("the job is READY, nothing is on the queue"),

  SEND_STARTED("the delivery is SENDING, no association is open"),
  SEND_FILE("the destination answered one more object"),
  SEND_ANSWERED("the destination answered every object, the delivery is not settled"),
  SEND_DELIVERED("the delivery is DELIVERED, the message is not acknowledged"),

  COMMIT_REQUESTED("the delivery is COMMITTING, the request is not out"),
  COMMIT_ASKED("the request for commitment is out"),
  COMMIT_ANSWERED("the commitment is known and not in the ledger"),
  COMMIT_SETTLED("the delivery is DELIVERED by commitment"),

  NIGHT_LOOKED("the night knows what is to be done, and the ledger does not"),
  NIGHT_PLANNED("the list of the night is in the ledger"),
  NIGHT_STARTED("an item of the night is RUNNING, nothing was done"),
  NIGHT_ENDED("an item of the night has its outcome, and the ledger does not"),

  RETENTION_ROWS("the rows are gone, the files are there"),
  RETENTION_FILE("one more file is deleted"),
  RETENTION_DONE("rows and files are gone");

  private static volatile @Nullable Listener listener;

  private final String description;

  Failpoint(String description) {
    this.description = description;
  }

  /** What is done and what is not when the point is reached; a clause without a full stop. */
  public String description() {
    return description;
  }

  /** Tells the listener, if a test has set one. */
  public void reach() {
    Listener told = listener;
    if (told != null) {
      told.reached(this);
    }
  }

  /** Sets who is told; for tests of this package alone. */
  static void listen(@Nullable Listener next) {
    listener = next;
  }

  /** Is told on the thread that reached a point, before it goes on; may end the process. */
  @FunctionalInterface
  interface Listener {
    void reached(Failpoint point);
  }
}
