package org.qsmnode.camel;

import java.io.IOException;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.AssociationHandler;
import org.dcm4che3.net.pdu.AAssociateAC;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.dcm4che3.net.pdu.AAssociateRQ;

/**
 * Counts the associations of each calling AE and rejects, as transient, one too many (PS3.8 9.3.4).
 */
final class CallerLimit extends AssociationHandler {

  private final OpenAssociations open;
  private final int perCallingAe;

  CallerLimit(OpenAssociations open, int perCallingAe) {
    this.open = open;
    this.perCallingAe = perCallingAe;
  }

  @Override
  protected AAssociateAC negotiate(Association association, AAssociateRQ request)
      throws IOException {
    String callingAeTitle = request.getCallingAET();
    AAssociateAC accepted = super.negotiate(association, request);
    if (!open.open(callingAeTitle, perCallingAe)) {
      throw new AAssociateRJ(
          AAssociateRJ.RESULT_REJECTED_TRANSIENT,
          AAssociateRJ.SOURCE_SERVICE_PROVIDER_PRES,
          AAssociateRJ.REASON_LOCAL_LIMIT_EXCEEDED);
    }
    association.addAssociationListener(closed -> open.closed(callingAeTitle));
    return accepted;
  }
}
