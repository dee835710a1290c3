package org.dcm4che3.net.pdu;

/** User identity sub-item of an A-ASSOCIATE-AC (PS3.7 section D.3.3.7.2). */
public class UserIdentityAC {

  private final byte[] serverResponse;

  public UserIdentityAC(byte[] serverResponse) {
    this.serverResponse = serverResponse.clone();
  }

  public final byte[] getServerResponse() {
    return serverResponse.clone();
  }

  @Override
  public String toString() {
    return "UserIdentity[server response: " + serverResponse.length + " bytes]";
  }
}
