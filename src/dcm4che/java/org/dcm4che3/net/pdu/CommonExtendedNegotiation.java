package org.dcm4che3.net.pdu;

/** SOP class common extended negotiation sub-item (PS3.7 section D.3.3.6). */
public class CommonExtendedNegotiation {

  private final String sopClassUID;
  private final String serviceClassUID;
  private final String[] relatedGeneralSOPClassUIDs;

  public CommonExtendedNegotiation(
      String sopClassUID, String serviceClassUID, String... relatedGeneralSOPClassUIDs) {
    this.sopClassUID = sopClassUID;
    this.serviceClassUID = serviceClassUID;
    this.relatedGeneralSOPClassUIDs = relatedGeneralSOPClassUIDs.clone();
  }

  public final String getSOPClassUID() {
    return sopClassUID;
  }

  public final String getServiceClassUID() {
    return serviceClassUID;
  }

  public String[] getRelatedGeneralSOPClassUIDs() {
    return relatedGeneralSOPClassUIDs.clone();
  }

  @Override
  public String toString() {
    return "CommonExtendedNegotiation[sop: "
        + sopClassUID
        + ", service: "
        + serviceClassUID
        + ", related: "
        + String.join(", ", relatedGeneralSOPClassUIDs)
        + "]";
  }
}
