package org.dcm4che3.net.pdu;

/** A-ASSOCIATE-AC PDU (PS3.8 section 9.3.3). */
public class AAssociateAC extends AAssociateRQAC {

  public AAssociateAC() {}

  @Override
  public final void setUserIdentityRQ(UserIdentityRQ userIdentityRQ) {
    throw new UnsupportedOperationException("an A-ASSOCIATE-AC carries no identity request");
  }

  @Override
  public String toString() {
    return promptTo("A-ASSOCIATE-AC", new StringBuilder(512)).toString();
  }
}
