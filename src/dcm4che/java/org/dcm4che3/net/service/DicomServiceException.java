package org.dcm4che3.net.service;

import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Commands;

/** A response other than success: its status and what PS3.7 Annex C lets accompany it. */
public class DicomServiceException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Longest value of Error Comment (0000,0902), VR LO. */
  private static final int MAX_ERROR_COMMENT_LENGTH = 64;

  private final transient Attributes rsp;
  private transient Attributes dataset;

  public DicomServiceException(int status) {
    rsp = new Attributes();
    setStatus(status);
  }

  /** Makes a response that tells the message as its error comment. */
  public DicomServiceException(int status, String message) {
    this(status, message, true);
  }

  public DicomServiceException(int status, String message, boolean errorComment) {
    super(message);
    rsp = new Attributes();
    setStatus(status);
    if (errorComment) {
      setErrorComment(message);
    }
  }

  /** Makes a response that tells the cause's message as its error comment. */
  public DicomServiceException(int status, Throwable cause) {
    this(status, cause, true);
  }

  public DicomServiceException(int status, Throwable cause, boolean errorComment) {
    super(cause);
    rsp = new Attributes();
    setStatus(status);
    if (errorComment) {
      setErrorComment(initialCauseOf(cause).getMessage());
    }
  }

  public static Throwable initialCauseOf(Throwable e) {
    Throwable initial = e;
    while (initial.getCause() != null) {
      initial = initial.getCause();
    }
    return initial;
  }

  private void setStatus(int status) {
    rsp.setInt(Tag.Status, VR.US, status);
  }

  public int getStatus() {
    return rsp.getInt(Tag.Status, 0);
  }

  public DicomServiceException setUID(int tag, String value) {
    rsp.setString(tag, VR.UI, value);
    return this;
  }

  /** Sets the error comment, cut to the 64 characters its value may have; null sets none. */
  public DicomServiceException setErrorComment(String comment) {
    if (comment != null) {
      String printable = comment.replaceAll("[\\\\\\p{Cntrl}]", " ");
      int length = Math.min(printable.length(), MAX_ERROR_COMMENT_LENGTH);
      rsp.setString(Tag.ErrorComment, VR.LO, printable.substring(0, length));
    }
    return this;
  }

  public DicomServiceException setErrorID(int id) {
    rsp.setInt(Tag.ErrorID, VR.US, id);
    return this;
  }

  public DicomServiceException setOffendingElements(int... tags) {
    rsp.setInt(Tag.OffendingElement, VR.AT, tags);
    return this;
  }

  public DicomServiceException setAttributeIdentifierList(int... tags) {
    rsp.setInt(Tag.AttributeIdentifierList, VR.AT, tags);
    return this;
  }

  /** Makes the response to a message. */
  public Attributes mkRSP(int cmdField, int msgId) {
    Attributes command = new Attributes(rsp);
    command.setInt(Tag.CommandField, VR.US, cmdField);
    command.setInt(Tag.MessageIDBeingRespondedTo, VR.US, msgId);
    command.setInt(Tag.CommandDataSetType, VR.US, Commands.NO_DATASET);
    return command;
  }

  public final Attributes getDataset() {
    return dataset;
  }

  public final DicomServiceException setDataset(Attributes dataset) {
    this.dataset = dataset;
    return this;
  }
}
