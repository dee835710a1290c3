package org.dcm4che3.net.service;

import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.pdu.PresentationContext;

/** A service that takes the data set of a request parsed. */
public abstract class AbstractDicomService implements DicomService {

  private final String[] sopClasses;

  protected AbstractDicomService(String... sopClasses) {
    this.sopClasses = sopClasses.clone();
  }

  @Override
  public final String[] getSOPClasses() {
    return sopClasses.clone();
  }

  @Override
  public void onClose(Association as) {}

  @Override
  public void onDimseRQ(
      Association as, PresentationContext pc, Dimse dimse, Attributes cmd, PDVInputStream data)
      throws IOException {
    onDimseRQ(as, pc, dimse, cmd, data == null ? null : data.readDataset(pc.getTransferSyntax()));
  }

  protected abstract void onDimseRQ(
      Association as, PresentationContext pc, Dimse dimse, Attributes cmd, Attributes data)
      throws IOException;
}
