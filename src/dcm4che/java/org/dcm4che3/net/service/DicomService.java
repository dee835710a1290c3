package org.dcm4che3.net.service;

import org.dcm4che3.net.DimseRQHandler;

/** Performs the operations of some SOP classes; "*" stands for any. */
public interface DicomService extends DimseRQHandler {

  String[] getSOPClasses();
}
