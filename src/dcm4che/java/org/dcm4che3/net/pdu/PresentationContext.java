package org.dcm4che3.net.pdu;

/** One presentation context, proposed or answered (PS3.8 sections 9.3.2.2 and 9.3.3.2). */
public class PresentationContext {

  public static final int ACCEPTANCE = 0;
  public static final int USER_REJECTION = 1;
  public static final int PROVIDER_REJECTION = 2;
  public static final int ABSTRACT_SYNTAX_NOT_SUPPORTED = 3;
  public static final int TRANSFER_SYNTAX_NOT_SUPPORTED = 4;

  private final int pcid;
  private final int result;
  private final String abstractSyntax;
  private final String[] transferSyntaxes;

  /** Makes a context; its id should be odd, but even ones occur (PS3.8 section 9.3.2.2). */
  public PresentationContext(
      int pcid, int result, String abstractSyntax, String... transferSyntaxes) {
    if (pcid < 1 || pcid > 255) {
      throw new IllegalArgumentException("presentation context id not in 1..255: " + pcid);
    }
    this.pcid = pcid;
    this.result = result;
    this.abstractSyntax = abstractSyntax;
    this.transferSyntaxes = transferSyntaxes.clone();
  }

  public PresentationContext(int pcid, String abstractSyntax, String... transferSyntaxes) {
    this(pcid, ACCEPTANCE, abstractSyntax, transferSyntaxes);
  }

  public PresentationContext(int pcid, int result, String transferSyntax) {
    this(pcid, result, null, new String[] {transferSyntax});
  }

  public final int getPCID() {
    return pcid;
  }

  public final int getResult() {
    return result;
  }

  public boolean isAccepted() {
    return result == ACCEPTANCE;
  }

  public final String getAbstractSyntax() {
    return abstractSyntax;
  }

  public final String[] getTransferSyntaxes() {
    return transferSyntaxes.clone();
  }

  public boolean containsTransferSyntax(String transferSyntax) {
    for (String each : transferSyntaxes) {
      if (transferSyntax.equals(each)) {
        return true;
      }
    }
    return false;
  }

  public String getTransferSyntax() {
    return transferSyntaxes.length == 0 ? null : transferSyntaxes[0];
  }

  @Override
  public String toString() {
    return "PresentationContext[id: "
        + pcid
        + ", result: "
        + result
        + (abstractSyntax == null ? "" : ", as: " + abstractSyntax)
        + ", ts: "
        + String.join(", ", transferSyntaxes)
        + "]";
  }
}
