package org.dcm4che3.net;

import org.dcm4che3.net.pdu.AAssociateRJ;
import org.dcm4che3.net.pdu.UserIdentityAC;
import org.dcm4che3.net.pdu.UserIdentityRQ;

/** Judges the user identity of an association request (PS3.7 section D.3.3.7). */
public interface UserIdentityNegotiator {

  /**
   * Returns the server's response, null for none; rejects by throwing. Unless overridden, every
   * identity is confirmed, unseen, where the requestor asks for that.
   */
  default UserIdentityAC negotiate(Association as, UserIdentityRQ userIdentity)
      throws AAssociateRJ {
    return userIdentity.isPositiveResponseRequested() ? new UserIdentityAC(new byte[0]) : null;
  }
}
