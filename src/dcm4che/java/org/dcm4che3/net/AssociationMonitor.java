package org.dcm4che3.net;

import org.dcm4che3.net.pdu.AAssociateRJ;

/** Told how the negotiation of each association of a device ended. */
public interface AssociationMonitor {

  /** An association this device requested is open. */
  void onAssociationEstablished(Association as);

  /** An association could not be negotiated. */
  void onAssociationFailed(Association as, Throwable e);

  /** This device rejected an association. */
  void onAssociationRejected(Association as, AAssociateRJ aarj);

  /** This device accepted an association. */
  void onAssociationAccepted(Association as);
}
