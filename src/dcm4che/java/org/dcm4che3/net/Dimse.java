package org.dcm4che3.net;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;

/** DIMSE messages by their Command Field (0000,0100), PS3.7 section E.1. */
public enum Dimse {
  C_STORE_RQ(0x0001, Tag.AffectedSOPClassUID, Tag.AffectedSOPInstanceUID),
  C_STORE_RSP(0x8001, Tag.AffectedSOPClassUID, Tag.AffectedSOPInstanceUID),
  C_GET_RQ(0x0010, Tag.AffectedSOPClassUID, 0),
  C_GET_RSP(0x8010, Tag.AffectedSOPClassUID, 0),
  C_FIND_RQ(0x0020, Tag.AffectedSOPClassUID, 0),
  C_FIND_RSP(0x8020, Tag.AffectedSOPClassUID, 0),
  C_MOVE_RQ(0x0021, Tag.AffectedSOPClassUID, 0),
  C_MOVE_RSP(0x8021, Tag.AffectedSOPClassUID, 0),
  C_ECHO_RQ(0x0030, Tag.AffectedSOPClassUID, 0),
  C_ECHO_RSP(0x8030, Tag.AffectedSOPClassUID, 0),
  N_EVENT_REPORT_RQ(0x0100, Tag.AffectedSOPClassUID, Tag.AffectedSOPInstanceUID),
  N_EVENT_REPORT_RSP(0x8100, Tag.AffectedSOPClassUID, Tag.AffectedSOPInstanceUID),
  N_GET_RQ(0x0110, Tag.RequestedSOPClassUID, Tag.RequestedSOPInstanceUID),
  N_GET_RSP(0x8110, Tag.AffectedSOPClassUID, Tag.AffectedSOPInstanceUID),
  N_SET_RQ(0x0120, Tag.RequestedSOPClassUID, Tag.RequestedSOPInstanceUID),
  N_SET_RSP(0x8120, Tag.AffectedSOPClassUID, Tag.AffectedSOPInstanceUID),
  N_ACTION_RQ(0x0130, Tag.RequestedSOPClassUID, Tag.RequestedSOPInstanceUID),
  N_ACTION_RSP(0x8130, Tag.AffectedSOPClassUID, Tag.AffectedSOPInstanceUID),
  N_CREATE_RQ(0x0140, Tag.AffectedSOPClassUID, Tag.AffectedSOPInstanceUID),
  N_CREATE_RSP(0x8140, Tag.AffectedSOPClassUID, Tag.AffectedSOPInstanceUID),
  N_DELETE_RQ(0x0150, Tag.RequestedSOPClassUID, Tag.RequestedSOPInstanceUID),
  N_DELETE_RSP(0x8150, Tag.AffectedSOPClassUID, Tag.AffectedSOPInstanceUID),
  C_CANCEL_RQ(0x0FFF, 0, 0);

  private static final int RESPONSE = 0x8000;

  private final int commandField;
  private final int tagOfSOPClassUID;
  private final int tagOfSOPInstanceUID;

  Dimse(int commandField, int tagOfSOPClassUID, int tagOfSOPInstanceUID) {
    this.commandField = commandField;
    this.tagOfSOPClassUID = tagOfSOPClassUID;
    this.tagOfSOPInstanceUID = tagOfSOPInstanceUID;
  }

  public int commandField() {
    return commandField;
  }

  public int tagOfSOPClassUID() {
    return tagOfSOPClassUID;
  }

  public int tagOfSOPInstanceUID() {
    return tagOfSOPInstanceUID;
  }

  public boolean isRSP() {
    return (commandField & RESPONSE) != 0;
  }

  public boolean isCService() {
    return (commandField & 0x100) == 0;
  }

  public int commandFieldOfRSP() {
    return commandField | RESPONSE;
  }

  /**
   * Finds the message of a command field.
   *
   * @throws IllegalArgumentException if PS3.7 knows no such message
   */
  public static Dimse valueOf(int commandField) {
    for (Dimse dimse : values()) {
      if (dimse.commandField == commandField) {
        return dimse;
      }
    }
    throw new IllegalArgumentException(
        "unknown command field " + Integer.toHexString(commandField) + "H");
  }

  /** Tells message ID and status of a command; identifiers and comments stay out of logs. */
  public String toString(Attributes cmd) {
    StringBuilder sb = new StringBuilder(name());
    int tag = isRSP() ? Tag.MessageIDBeingRespondedTo : Tag.MessageID;
    sb.append('[').append(cmd.getInt(tag, 0));
    if (isRSP()) {
      sb.append(", status: ").append(Integer.toHexString(cmd.getInt(Tag.Status, -1))).append('H');
    }
    return sb.append(']').toString();
  }
}
