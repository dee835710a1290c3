package org.dcm4che3.net;

/** Told that an association has ended. */
public interface AssociationListener {

  void onClose(Association as);
}
