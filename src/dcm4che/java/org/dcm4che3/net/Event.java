package org.dcm4che3.net;

/**
 * Events of the upper layer protocol machine with their row of PS3.8 Table 9-10.
 *
 * <p>Each row names the action per state from Sta1 to Sta13; a dash is an event that cannot happen
 * in that state and is refused.
 */
enum Event {
  A_ASSOCIATE_REQUEST("AE1 - - - - - - - - - - - -"),
  TRANSPORT_CONNECT_CONFIRM("- - - AE2 - - - - - - - - -"),
  A_ASSOCIATE_AC_PDU("- AA1 AA8 - AE3 AA8 AA8 AA8 AA8 AA8 AA8 AA8 AA6"),
  A_ASSOCIATE_RJ_PDU("- AA1 AA8 - AE4 AA8 AA8 AA8 AA8 AA8 AA8 AA8 AA6"),
  TRANSPORT_CONNECT_INDICATION("AE5 - - - - - - - - - - - -"),
  A_ASSOCIATE_RQ_PDU("- AE6 AA8 - AA8 AA8 AA8 AA8 AA8 AA8 AA8 AA8 AA7"),
  A_ASSOCIATE_RESPONSE_ACCEPT("- - AE7 - - - - - - - - - -"),
  A_ASSOCIATE_RESPONSE_REJECT("- - AE8 - - - - - - - - - -"),
  P_DATA_REQUEST("- - - - - DT1 - AR7 - - - - -"),
  P_DATA_TF_PDU("- AA1 AA8 - AA8 DT2 AR6 AA8 AA8 AA8 AA8 AA8 AA6"),
  A_RELEASE_REQUEST("- - - - - AR1 - - - - - - -"),
  A_RELEASE_RQ_PDU("- AA1 AA8 - AA8 AR2 AR8 AA8 AA8 AA8 AA8 AA8 AA6"),
  A_RELEASE_RP_PDU("- AA1 AA8 - AA8 AA8 AR3 AA8 AA8 AR10 AR3 AA8 AA6"),
  A_RELEASE_RESPONSE("- - - - - - - AR4 AR9 - - AR4 -"),
  A_ABORT_REQUEST("- - AA1 AA2 AA1 AA1 AA1 AA1 AA1 AA1 AA1 AA1 -"),
  A_ABORT_PDU("- AA2 AA3 - AA3 AA3 AA3 AA3 AA3 AA3 AA3 AA3 AA2"),
  TRANSPORT_CLOSED("- AA5 AA4 AA4 AA4 AA4 AA4 AA4 AA4 AA4 AA4 AA4 AR5"),
  ARTIM_EXPIRED("- AA2 - - - - - - - - - - AA2"),
  UNRECOGNIZED_OR_INVALID_PDU("- AA1 AA8 - AA8 AA8 AA8 AA8 AA8 AA8 AA8 AA8 AA7");

  private final Action[] actions;

  Event(String row) {
    String[] cells = row.split(" ");
    actions = new Action[cells.length];
    for (int i = 0; i < cells.length; i++) {
      actions[i] = cells[i].equals("-") ? null : Action.valueOf(cells[i]);
    }
  }

  /** Returns the action of this event in a state, or null where PS3.8 knows none. */
  Action actionIn(State state) {
    return actions[state.ordinal()];
  }
}
