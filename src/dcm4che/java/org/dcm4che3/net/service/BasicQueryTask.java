package org.dcm4che3.net.service;

import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.PresentationContext;

/**
 * Sends one pending response for each match and then the final one (PS3.4 section C.4.1.3).
 *
 * <p>Overriding classes give the matches; a {@link DicomServiceException} ends the query with its
 * status. After another exception there is no final response.
 */
public class BasicQueryTask implements QueryTask {

  protected final Association as;
  protected final PresentationContext pc;
  protected final Attributes rq;
  protected final Attributes keys;
  protected volatile boolean canceled;
  protected boolean optionalKeysNotSupported;

  public BasicQueryTask(Association as, PresentationContext pc, Attributes rq, Attributes keys) {
    this.as = as;
    this.pc = pc;
    this.rq = rq;
    this.keys = keys;
  }

  public boolean isOptionalKeysNotSupported() {
    return optionalKeysNotSupported;
  }

  /** Sets whether matches say that an optional key was not used (FF01H instead of FF00H). */
  public void setOptionalKeysNotSupported(boolean optionalKeysNotSupported) {
    this.optionalKeysNotSupported = optionalKeysNotSupported;
  }

  @Override
  public void onCancelRQ(Association association) {
    canceled = true;
  }

  @Override
  public void run() {
    int msgId = rq.getInt(Tag.MessageID, 0);
    try {
      Attributes end;
      try {
        end = Commands.mkCFindRSP(rq, sendMatches() ? Status.Success : Status.Cancel);
      } catch (DicomServiceException e) {
        end = e.mkRSP(Dimse.C_FIND_RSP.commandField(), msgId);
      }
      as.writeDimseRSP(pc, end);
    } catch (IOException e) {
      Association.LOG.info("{}: query ended with its association", as);
    } finally {
      as.removeCancelRQHandler(msgId);
      close();
    }
  }

  private boolean sendMatches() throws IOException {
    int pending = optionalKeysNotSupported ? Status.PendingWarning : Status.Pending;
    while (!canceled && hasMoreMatches()) {
      Attributes match = adjust(nextMatch());
      if (match != null) {
        as.writeDimseRSP(pc, Commands.mkCFindRSP(rq, pending), match);
      }
    }
    return !canceled;
  }

  /** Called once at the end. */
  protected void close() {}

  protected Attributes nextMatch() throws DicomServiceException {
    return null;
  }

  protected boolean hasMoreMatches() throws DicomServiceException {
    return false;
  }

  /** Reduces a match to the keys asked for; null is not sent. */
  protected Attributes adjust(Attributes match) throws DicomServiceException {
    return match == null ? null : new Attributes(match, keys.tags());
  }
}
