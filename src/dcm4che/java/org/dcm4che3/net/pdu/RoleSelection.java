package org.dcm4che3.net.pdu;

/** SCP/SCU role selection sub-item (PS3.7 section D.3.3.4). */
public class RoleSelection {

  private final String sopClassUID;
  private final boolean scu;
  private final boolean scp;

  public RoleSelection(String sopClassUID, boolean scu, boolean scp) {
    this.sopClassUID = sopClassUID;
    this.scu = scu;
    this.scp = scp;
  }

  public final String getSOPClassUID() {
    return sopClassUID;
  }

  public final boolean isSCU() {
    return scu;
  }

  public final boolean isSCP() {
    return scp;
  }

  @Override
  public String toString() {
    return "RoleSelection[sop: " + sopClassUID + ", scu: " + scu + ", scp: " + scp + "]";
  }
}
