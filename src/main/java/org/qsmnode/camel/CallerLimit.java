package org.qsmnode.camel;

import java.io.IOException;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.AssociationHandler;
import org.dcm4che3.net.UserIdentityNegotiator;
import org.dcm4che3.net.pdu.AAssociateAC;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.UserIdentityAC;
import org.dcm4che3.net.pdu.UserIdentityRQ;
import org.jspecify.annotations.Nullable;
import org.qsmnode.series.header.OwnIdentity;

/**
 * Rejects who comes from an address that is not accepted. Counts the associations of each caller
 * and rejects, as transient, one too many (PS3.8 9.3.4). Where users are named, everybody else but
 * the exempt peers is rejected.
 */
final class CallerLimit extends AssociationHandler {

  private final OpenAssociations open;
  private final SilentConnections silent;
  private final int most;
  private final int perCallingAe;
  private final @Nullable AcceptedUsers users;
  private final AcceptedAddresses addresses;

  CallerLimit(
      OpenAssociations open,
      SilentConnections silent,
      int most,
      int perCallingAe,
      @Nullable AcceptedUsers users,
      AcceptedAddresses addresses) {
    this.addresses = addresses;
    this.open = open;
    this.silent = silent;
    this.most = most;
    this.perCallingAe = perCallingAe;
    this.users = users;
    setUserIdNegotiator(new Confirmation(users != null));
  }

  /**
   * Confirms an identity that was admitted, where the requestor wants to know. Without named users
   * none is looked at, and so none confirmed.
   */
  private record Confirmation(boolean looksAtUsers) implements UserIdentityNegotiator {

    @Override
    public @Nullable UserIdentityAC negotiate(Association association, UserIdentityRQ identity) {
      return looksAtUsers && identity.isPositiveResponseRequested()
          ? new UserIdentityAC(new byte[0])
          : null;
    }
  }

  @Override
  protected AAssociateAC negotiate(Association association, AAssociateRQ request)
      throws IOException {
    silent.spoke(association);
    if (!addresses.accepts(association.getSocket().getInetAddress())) {
      throw new AAssociateRJ(
          AAssociateRJ.RESULT_REJECTED_PERMANENT,
          AAssociateRJ.SOURCE_SERVICE_USER,
          AAssociateRJ.REASON_CALLING_AET_NOT_RECOGNIZED);
    }
    if (users != null && !users.admit(request, association.getSocket().getInetAddress())) {
      throw new AAssociateRJ(
          AAssociateRJ.RESULT_REJECTED_PERMANENT,
          AAssociateRJ.SOURCE_SERVICE_USER,
          AAssociateRJ.REASON_NO_REASON_GIVEN);
    }
    AAssociateAC accepted = super.negotiate(association, request);
    accepted.setImplClassUID(OwnIdentity.IMPLEMENTATION_CLASS_UID);
    accepted.setImplVersionName(OwnIdentity.IMPLEMENTATION_VERSION_NAME);
    OpenAssociations.Place place =
        open.open(DicomEvent.Caller.of(association), most, perCallingAe)
            .orElseThrow(
                () ->
                    new AAssociateRJ(
                        AAssociateRJ.RESULT_REJECTED_TRANSIENT,
                        AAssociateRJ.SOURCE_SERVICE_PROVIDER_PRES,
                        AAssociateRJ.REASON_LOCAL_LIMIT_EXCEEDED));
    association.addAssociationListener(closed -> open.closed(place));
    return accepted;
  }
}
