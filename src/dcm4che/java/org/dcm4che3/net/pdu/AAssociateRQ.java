package org.dcm4che3.net.pdu;

/** A-ASSOCIATE-RQ PDU (PS3.8 section 9.3.2). */
public class AAssociateRQ extends AAssociateRQAC {

  private static final int MAX_CONTEXTS = 128;

  public AAssociateRQ() {}

  @Override
  public final void setUserIdentityAC(UserIdentityAC userIdentityAC) {
    throw new UnsupportedOperationException("an A-ASSOCIATE-RQ carries no server response");
  }

  public boolean containsPresentationContextFor(String abstractSyntax) {
    return getPresentationContexts().stream()
        .anyMatch(pc -> abstractSyntax.equals(pc.getAbstractSyntax()));
  }

  public boolean containsPresentationContextFor(String abstractSyntax, String transferSyntax) {
    return getPresentationContexts().stream()
        .anyMatch(
            pc ->
                abstractSyntax.equals(pc.getAbstractSyntax())
                    && pc.containsTransferSyntax(transferSyntax));
  }

  /**
   * Proposes one abstract syntax with one transfer syntax in a context of its own.
   *
   * @return false if that pair was proposed already
   * @throws IllegalStateException if all 128 context identifiers are taken
   */
  public boolean addPresentationContextFor(String abstractSyntax, String transferSyntax) {
    if (containsPresentationContextFor(abstractSyntax, transferSyntax)) {
      return false;
    }
    addPresentationContext(new PresentationContext(nextId(), abstractSyntax, transferSyntax));
    return true;
  }

  @Override
  public String toString() {
    return promptTo("A-ASSOCIATE-RQ", new StringBuilder(512)).toString();
  }

  private int nextId() {
    for (int i = 0; i < MAX_CONTEXTS; i++) {
      if (getPresentationContext(2 * i + 1) == null) {
        return 2 * i + 1;
      }
    }
    throw new IllegalStateException("no more than 128 presentation contexts fit an association");
  }
}
