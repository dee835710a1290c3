package org.dcm4che3.net;

/** Told that the peer wants an operation to end (PS3.7 section 9.3.2.3). */
public interface CancelRQHandler {

  void onCancelRQ(Association as);
}
