package org.dcm4che3.net.pdu;

/** SOP class extended negotiation sub-item (PS3.7 section D.3.3.5). */
public class ExtendedNegotiation {

  private final String sopClassUID;
  private final byte[] information;

  public ExtendedNegotiation(String sopClassUID, byte[] information) {
    this.sopClassUID = sopClassUID;
    this.information = information.clone();
  }

  public final String getSOPClassUID() {
    return sopClassUID;
  }

  public final byte[] getInformation() {
    return information.clone();
  }

  public final byte getField(int index, byte defaultValue) {
    return index < information.length ? information[index] : defaultValue;
  }

  @Override
  public String toString() {
    return "ExtendedNegotiation[sop: " + sopClassUID + ", bytes: " + information.length + "]";
  }
}
