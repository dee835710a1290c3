package org.dcm4che3.net;

import java.io.IOException;
import org.dcm4che3.net.pdu.AAssociateAC;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.UserIdentityAC;

/** Decides about requested associations (PS3.8 section 9.3.4 for the reasons of a rejection). */
public class AssociationHandler {

  private static final int PROTOCOL_VERSION_BIT = 1;
  private static final String DICOM_APPLICATION_CONTEXT = "1.2.840.10008.3.1.1.1";

  private UserIdentityNegotiator userIdNegotiator = new UserIdentityNegotiator() {};

  public AssociationHandler() {}

  public UserIdentityNegotiator getUserIdNegotiator() {
    return userIdNegotiator;
  }

  /** Sets who judges identities. */
  public void setUserIdNegotiator(UserIdentityNegotiator userIdNegotiator) {
    this.userIdNegotiator = userIdNegotiator;
  }

  /** Returns the answer to a request, or throws the rejection. */
  protected AAssociateAC negotiate(Association as, AAssociateRQ rq) throws IOException {
    if ((rq.getProtocolVersion() & PROTOCOL_VERSION_BIT) == 0) {
      throw new AAssociateRJ(
          AAssociateRJ.RESULT_REJECTED_PERMANENT,
          AAssociateRJ.SOURCE_SERVICE_PROVIDER_ACSE,
          AAssociateRJ.REASON_PROTOCOL_VERSION_NOT_SUPPORTED);
    }
    if (!DICOM_APPLICATION_CONTEXT.equals(rq.getApplicationContext())) {
      throw userRejection(AAssociateRJ.REASON_APP_CTX_NAME_NOT_SUPPORTED);
    }
    ApplicationEntity ae = as.getApplicationEntity();
    if (ae == null
        || !ae.isAssociationAcceptor()
        || !ae.getConnections().contains(as.getConnection())) {
      throw userRejection(AAssociateRJ.REASON_CALLED_AET_NOT_RECOGNIZED);
    }
    if (!ae.isAcceptedCallingAETitle(rq.getCallingAET())) {
      throw userRejection(AAssociateRJ.REASON_CALLING_AET_NOT_RECOGNIZED);
    }
    UserIdentityAC userIdentity =
        userIdNegotiator != null && rq.getUserIdentityRQ() != null
            ? userIdNegotiator.negotiate(as, rq.getUserIdentityRQ())
            : null;
    if (ae.getDevice().isLimitOfAssociationsExceeded(rq)) {
      throw new AAssociateRJ(
          AAssociateRJ.RESULT_REJECTED_TRANSIENT,
          AAssociateRJ.SOURCE_SERVICE_PROVIDER_PRES,
          AAssociateRJ.REASON_LOCAL_LIMIT_EXCEEDED);
    }
    return makeAAssociateAC(as, rq, userIdentity);
  }

  /** Negotiates window, roles and presentation contexts. */
  protected AAssociateAC makeAAssociateAC(
      Association as, AAssociateRQ rq, UserIdentityAC userIdentity) throws IOException {
    ApplicationEntity ae = as.getApplicationEntity();
    Connection conn = as.getConnection();
    AAssociateAC ac = new AAssociateAC();
    ac.setCalledAET(rq.getCalledAET());
    ac.setCallingAET(rq.getCallingAET());
    ac.setReservedBytes(rq.getReservedBytes());
    ac.setMaxPDULength(conn.getReceivePDULength());
    ac.setMaxOpsInvoked(smallerWindow(rq.getMaxOpsInvoked(), conn.getMaxOpsPerformed()));
    ac.setMaxOpsPerformed(smallerWindow(rq.getMaxOpsPerformed(), conn.getMaxOpsInvoked()));
    ac.setUserIdentityAC(userIdentity);
    for (PresentationContext pc : rq.getPresentationContexts()) {
      ac.addPresentationContext(ae.negotiate(rq, ac, pc));
    }
    return ac;
  }

  /** Called once when an association has ended. */
  protected void onClose(Association as) {
    DimseRQHandler handler = as.getApplicationEntity().getDimseRQHandler();
    if (handler != null) {
      handler.onClose(as);
    }
  }

  static int smallerWindow(int a, int b) {
    if (a == 0 || b == 0) {
      return Math.max(a, b);
    }
    return Math.min(a, b);
  }

  private static AAssociateRJ userRejection(int reason) {
    return new AAssociateRJ(
        AAssociateRJ.RESULT_REJECTED_PERMANENT, AAssociateRJ.SOURCE_SERVICE_USER, reason);
  }
}
