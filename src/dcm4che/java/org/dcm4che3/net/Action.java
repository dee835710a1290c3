package org.dcm4che3.net;

/**
 * Actions of the upper layer protocol machine and the state each leads to (PS3.8 Tables 9-6 to
 * 9-9).
 */
enum Action {
  /** Issue TRANSPORT CONNECT request primitive to local transport service. */
  AE1(State.Sta4),
  /** Send A-ASSOCIATE-RQ PDU. */
  AE2(State.Sta5),
  /** Issue A-ASSOCIATE confirmation (accept) primitive. */
  AE3(State.Sta6),
  /** Issue A-ASSOCIATE confirmation (reject) primitive and close transport connection. */
  AE4(State.Sta1),
  /** Issue transport connection response primitive; start ARTIM timer. */
  AE5(State.Sta2),
  /** Stop ARTIM timer; issue A-ASSOCIATE indication primitive. */
  AE6(State.Sta3),
  /** Send A-ASSOCIATE-AC PDU. */
  AE7(State.Sta6),
  /** Send A-ASSOCIATE-RJ PDU and start ARTIM timer. */
  AE8(State.Sta13),
  /** Send P-DATA-TF PDU. */
  DT1(State.Sta6),
  /** Send P-DATA indication primitive. */
  DT2(State.Sta6),
  /** Send A-RELEASE-RQ PDU. */
  AR1(State.Sta7),
  /** Issue A-RELEASE indication primitive. */
  AR2(State.Sta8),
  /** Issue A-RELEASE confirmation primitive and close transport connection. */
  AR3(State.Sta1),
  /** Issue A-RELEASE-RP PDU and start ARTIM timer. */
  AR4(State.Sta13),
  /** Stop ARTIM timer. */
  AR5(State.Sta1),
  /** Issue P-DATA indication. */
  AR6(State.Sta7),
  /** Issue P-DATA-TF PDU. */
  AR7(State.Sta8),
  /** Issue A-RELEASE indication (release collision): the requestor's next state; see Sta10. */
  AR8(State.Sta9),
  /** Send A-RELEASE-RP PDU. */
  AR9(State.Sta11),
  /** Issue A-RELEASE confirmation primitive. */
  AR10(State.Sta12),
  /** Send A-ABORT PDU (service-user source) and start (or restart) ARTIM timer. */
  AA1(State.Sta13),
  /** Stop ARTIM timer if running; close transport connection. */
  AA2(State.Sta1),
  /** Issue A-ABORT or A-P-ABORT indication; close transport connection. */
  AA3(State.Sta1),
  /** Issue A-P-ABORT indication primitive. */
  AA4(State.Sta1),
  /** Stop ARTIM timer. */
  AA5(State.Sta1),
  /** Ignore PDU. */
  AA6(State.Sta13),
  /** Send A-ABORT PDU. */
  AA7(State.Sta13),
  /**
   * Send A-ABORT PDU (service-provider source), issue an A-P-ABORT indication, start ARTIM timer.
   */
  AA8(State.Sta13);

  private final State next;

  Action(State next) {
    this.next = next;
  }

  State next(boolean requestor) {
    return this == AR8 && !requestor ? State.Sta10 : next;
  }
}
