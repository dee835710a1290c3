package org.dcm4che3.net;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/** Makes the command sets of requests and responses (PS3.7 section 9.3). */
public class Commands {

  /** Command Data Set Type (0000,0800) of a message without data set. */
  public static final int NO_DATASET = 0x0101;

  private static final int WITH_DATASET = 0x0000;

  public Commands() {}

  public static Attributes mkCStoreRQ(int msgId, String cuid, String iuid, int priority) {
    Attributes rq = mkRQ(msgId, Dimse.C_STORE_RQ, WITH_DATASET);
    rq.setString(Tag.AffectedSOPClassUID, VR.UI, cuid);
    rq.setString(Tag.AffectedSOPInstanceUID, VR.UI, iuid);
    rq.setInt(Tag.Priority, VR.US, priority);
    return rq;
  }

  public static Attributes mkCStoreRQ(
      int msgId,
      String cuid,
      String iuid,
      int priority,
      String moveOriginatorAET,
      int moveOriginatorMsgId) {
    Attributes rq = mkCStoreRQ(msgId, cuid, iuid, priority);
    rq.setString(Tag.MoveOriginatorApplicationEntityTitle, VR.AE, moveOriginatorAET);
    rq.setInt(Tag.MoveOriginatorMessageID, VR.US, moveOriginatorMsgId);
    return rq;
  }

  public static Attributes mkCStoreRSP(Attributes cmd, int status) {
    return mkRSP(cmd, status, Dimse.C_STORE_RQ);
  }

  public static Attributes mkCFindRQ(int msgId, String cuid, int priority) {
    return mkCRQ(msgId, Dimse.C_FIND_RQ, cuid, priority);
  }

  public static Attributes mkCFindRSP(Attributes cmd, int status) {
    return mkRSP(cmd, status, Dimse.C_FIND_RQ);
  }

  public static Attributes mkCGetRQ(int msgId, String cuid, int priority) {
    return mkCRQ(msgId, Dimse.C_GET_RQ, cuid, priority);
  }

  public static Attributes mkCGetRSP(Attributes cmd, int status) {
    return mkRSP(cmd, status, Dimse.C_GET_RQ);
  }

  public static Attributes mkCMoveRQ(int msgId, String cuid, int priority, String destination) {
    Attributes rq = mkCRQ(msgId, Dimse.C_MOVE_RQ, cuid, priority);
    rq.setString(Tag.MoveDestination, VR.AE, destination);
    return rq;
  }

  public static Attributes mkCMoveRSP(Attributes cmd, int status) {
    return mkRSP(cmd, status, Dimse.C_MOVE_RQ);
  }

  public static Attributes mkNEventReportRQ(
      int msgId, String cuid, String iuid, int eventTypeID, Attributes data) {
    int datasetType = data == null ? NO_DATASET : WITH_DATASET;
    Attributes rq = mkRQ(msgId, Dimse.N_EVENT_REPORT_RQ, datasetType);
    rq.setString(Tag.AffectedSOPClassUID, VR.UI, cuid);
    rq.setString(Tag.AffectedSOPInstanceUID, VR.UI, iuid);
    rq.setInt(Tag.EventTypeID, VR.US, eventTypeID);
    return rq;
  }

  /** Makes the response to an event report, with its event type (PS3.7 section 10.3.1.2). */
  public static Attributes mkNEventReportRSP(Attributes cmd, int status) {
    Attributes rsp = mkRSP(cmd, status, Dimse.N_EVENT_REPORT_RQ);
    rsp.setInt(Tag.EventTypeID, VR.US, cmd.getInt(Tag.EventTypeID, 0));
    return rsp;
  }

  public static Attributes mkNActionRQ(
      int msgId, String cuid, String iuid, int actionTypeID, Attributes data) {
    int datasetType = data == null ? NO_DATASET : WITH_DATASET;
    Attributes rq = mkRQ(msgId, Dimse.N_ACTION_RQ, datasetType);
    rq.setString(Tag.RequestedSOPClassUID, VR.UI, cuid);
    rq.setString(Tag.RequestedSOPInstanceUID, VR.UI, iuid);
    rq.setInt(Tag.ActionTypeID, VR.US, actionTypeID);
    return rq;
  }

  /** Makes the response to an action, with its action type (PS3.7 section 10.3.5.2). */
  public static Attributes mkNActionRSP(Attributes cmd, int status) {
    Attributes rsp = mkRSP(cmd, status, Dimse.N_ACTION_RQ);
    rsp.setInt(Tag.ActionTypeID, VR.US, cmd.getInt(Tag.ActionTypeID, 0));
    return rsp;
  }

  public static Attributes mkCCancelRQ(int msgId) {
    Attributes rq = new Attributes();
    rq.setInt(Tag.CommandField, VR.US, Dimse.C_CANCEL_RQ.commandField());
    rq.setInt(Tag.CommandDataSetType, VR.US, NO_DATASET);
    rq.setInt(Tag.MessageIDBeingRespondedTo, VR.US, msgId);
    return rq;
  }

  public static Attributes mkCEchoRQ(int msgId, String cuid) {
    Attributes rq = mkRQ(msgId, Dimse.C_ECHO_RQ, NO_DATASET);
    rq.setString(Tag.AffectedSOPClassUID, VR.UI, cuid);
    return rq;
  }

  public static Attributes mkEchoRSP(Attributes cmd, int status) {
    return mkRSP(cmd, status, Dimse.C_ECHO_RQ);
  }

  /** Makes a response without data set that repeats the identifiers of its request. */
  public static Attributes mkRSP(Attributes rq, int status, Dimse rqCmd) {
    Attributes rsp = new Attributes();
    rsp.setInt(Tag.CommandField, VR.US, rqCmd.commandFieldOfRSP());
    rsp.setInt(Tag.CommandDataSetType, VR.US, NO_DATASET);
    rsp.setInt(Tag.Status, VR.US, status);
    rsp.setInt(Tag.MessageIDBeingRespondedTo, VR.US, rq.getInt(Tag.MessageID, 0));
    copy(rq, rqCmd.tagOfSOPClassUID(), rsp, Tag.AffectedSOPClassUID);
    copy(rq, rqCmd.tagOfSOPInstanceUID(), rsp, Tag.AffectedSOPInstanceUID);
    return rsp;
  }

  /** Says whether a data set follows a command. */
  public static boolean hasDataset(Attributes cmd) {
    return cmd.getInt(Tag.CommandDataSetType, NO_DATASET) != NO_DATASET;
  }

  static void setHasDataset(Attributes cmd, boolean hasDataset) {
    cmd.setInt(Tag.CommandDataSetType, VR.US, hasDataset ? WITH_DATASET : NO_DATASET);
  }

  private static Attributes mkRQ(int msgId, Dimse dimse, int datasetType) {
    Attributes rq = new Attributes();
    rq.setInt(Tag.CommandField, VR.US, dimse.commandField());
    rq.setInt(Tag.MessageID, VR.US, msgId);
    rq.setInt(Tag.CommandDataSetType, VR.US, datasetType);
    return rq;
  }

  private static Attributes mkCRQ(int msgId, Dimse dimse, String cuid, int priority) {
    Attributes rq = mkRQ(msgId, dimse, WITH_DATASET);
    rq.setString(Tag.AffectedSOPClassUID, VR.UI, cuid);
    rq.setInt(Tag.Priority, VR.US, priority);
    return rq;
  }

  private static void copy(Attributes rq, int rqTag, Attributes rsp, int rspTag) {
    if (rqTag != 0) {
      String uid = rq.getString(rqTag);
      if (uid != null) {
        rsp.setString(rspTag, VR.UI, uid);
      }
    }
  }
}
