package org.dcm4che3.net;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.dcm4che3.net.pdu.AAbort;
import org.dcm4che3.net.pdu.AAssociateAC;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.AAssociateRQAC;
import org.dcm4che3.net.pdu.CommonExtendedNegotiation;
import org.dcm4che3.net.pdu.ExtendedNegotiation;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.RoleSelection;
import org.dcm4che3.net.pdu.UserIdentityAC;
import org.dcm4che3.net.pdu.UserIdentityRQ;

/**
 * Decodes the variable field of A-ASSOCIATE-RQ and A-ASSOCIATE-AC PDUs (PS3.8 sections 9.3.2 and
 * 9.3.3).
 *
 * <p>Every length is held against what is really there; whatever does not fit is an invalid PDU.
 * Items of unknown type are skipped, as PS3.8 asks.
 */
final class AssociateDecoder {

  private static final int AE_TITLE_LENGTH = 16;
  private static final int RESERVED_LENGTH = 32;

  private final byte[] buf;
  private int pos;
  private int end;

  private AssociateDecoder(byte[] buf, int start, int length) {
    this.buf = buf;
    this.pos = start;
    this.end = start + length;
  }

  static AAssociateRQ decodeRQ(byte[] buf, int start, int length) throws AAbort {
    AAssociateRQ rq = new AAssociateRQ();
    new AssociateDecoder(buf, start, length).decode(rq);
    return rq;
  }

  static AAssociateAC decodeAC(byte[] buf, int start, int length) throws AAbort {
    AAssociateAC ac = new AAssociateAC();
    new AssociateDecoder(buf, start, length).decode(ac);
    return ac;
  }

  private void decode(AAssociateRQAC pdu) throws AAbort {
    pdu.setProtocolVersion(unsignedShort());
    skip(2);
    pdu.setCalledAET(aeTitle());
    pdu.setCallingAET(aeTitle());
    pdu.setReservedBytes(bytes(RESERVED_LENGTH));
    pdu.setApplicationContext(null);
    pdu.setMaxPDULength(0);
    pdu.setImplClassUID(null);
    pdu.setImplVersionName(null);
    while (pos < end) {
      int type = octet();
      skip(1);
      int outer = enter(unsignedShort());
      item(type, pdu);
      leave(outer);
    }
  }

  private void item(int type, AAssociateRQAC pdu) throws AAbort {
    switch (type) {
      case ItemType.APP_CONTEXT -> pdu.setApplicationContext(rest());
      case ItemType.RQ_PRES_CONTEXT, ItemType.AC_PRES_CONTEXT -> presentationContext(pdu);
      case ItemType.USER_INFO -> {
        while (pos < end) {
          int subType = octet();
          skip(1);
          int outer = enter(unsignedShort());
          userInfo(subType, pdu);
          leave(outer);
        }
      }
      default -> {}
    }
  }

  private void presentationContext(AAssociateRQAC pdu) throws AAbort {
    int pcid = octet();
    skip(1);
    int result = octet();
    skip(1);
    String abstractSyntax = null;
    List<String> transferSyntaxes = new ArrayList<>(4);
    while (pos < end) {
      int type = octet();
      skip(1);
      int outer = enter(unsignedShort());
      switch (type) {
        case ItemType.ABSTRACT_SYNTAX -> abstractSyntax = rest();
        case ItemType.TRANSFER_SYNTAX -> transferSyntaxes.add(rest());
        default -> {}
      }
      leave(outer);
    }
    boolean proposal = pdu instanceof AAssociateRQ;
    if (pcid == 0
        || pdu.getPresentationContext(pcid) != null
        || (proposal && (abstractSyntax == null || transferSyntaxes.isEmpty()))
        || (!proposal
            && result == PresentationContext.ACCEPTANCE
            && transferSyntaxes.size() != 1)) {
      throw invalid();
    }
    pdu.addPresentationContext(
        new PresentationContext(
            pcid,
            proposal ? PresentationContext.ACCEPTANCE : result,
            abstractSyntax,
            transferSyntaxes.toArray(String[]::new)));
  }

  private void userInfo(int type, AAssociateRQAC pdu) throws AAbort {
    switch (type) {
      case ItemType.MAX_PDU_LENGTH -> pdu.setMaxPDULength(unsignedShort() << 16 | unsignedShort());
      case ItemType.IMPL_CLASS_UID -> pdu.setImplClassUID(rest());
      case ItemType.IMPL_VERSION_NAME -> pdu.setImplVersionName(rest());
      case ItemType.ASYNC_OPS_WINDOW -> {
        pdu.setMaxOpsInvoked(unsignedShort());
        pdu.setMaxOpsPerformed(unsignedShort());
      }
      case ItemType.ROLE_SELECTION ->
          pdu.addRoleSelection(new RoleSelection(text(), octet() == 1, octet() == 1));
      case ItemType.EXT_NEG ->
          pdu.addExtendedNegotiation(new ExtendedNegotiation(text(), bytes(end - pos)));
      case ItemType.COMMON_EXT_NEG -> commonExtendedNegotiation(pdu);
      case ItemType.RQ_USER_IDENTITY -> {
        if (pdu instanceof AAssociateRQ) {
          pdu.setUserIdentityRQ(
              new UserIdentityRQ(octet(), octet() == 1, field(), pos < end ? field() : null));
        }
      }
      case ItemType.AC_USER_IDENTITY -> {
        if (pdu instanceof AAssociateAC) {
          pdu.setUserIdentityAC(new UserIdentityAC(field()));
        }
      }
      default -> {}
    }
  }

  private void commonExtendedNegotiation(AAssociateRQAC pdu) throws AAbort {
    String sopClass = text();
    String serviceClass = text();
    List<String> related = new ArrayList<>();
    if (pos < end) {
      int outer = enter(unsignedShort());
      while (pos < end) {
        related.add(text());
      }
      leave(outer);
    }
    pdu.addCommonExtendedNegotiation(
        new CommonExtendedNegotiation(sopClass, serviceClass, related.toArray(String[]::new)));
  }

  private int enter(int length) throws AAbort {
    if (length > end - pos) {
      throw invalid();
    }
    int outer = end;
    end = pos + length;
    return outer;
  }

  private void leave(int outer) {
    pos = end;
    end = outer;
  }

  private int octet() throws AAbort {
    if (pos >= end) {
      throw invalid();
    }
    return buf[pos++] & 0xff;
  }

  private int unsignedShort() throws AAbort {
    return octet() << 8 | octet();
  }

  private void skip(int n) throws AAbort {
    if (n > end - pos) {
      throw invalid();
    }
    pos += n;
  }

  private byte[] bytes(int n) throws AAbort {
    int start = pos;
    skip(n);
    byte[] copy = new byte[n];
    System.arraycopy(buf, start, copy, 0, n);
    return copy;
  }

  private byte[] field() throws AAbort {
    return bytes(unsignedShort());
  }

  private String text() throws AAbort {
    return printable(field());
  }

  private String rest() throws AAbort {
    return printable(bytes(end - pos));
  }

  private String aeTitle() throws AAbort {
    return printable(bytes(AE_TITLE_LENGTH));
  }

  /** Trims padding; a control character would forge log lines and is legal in none of the texts. */
  private static String printable(byte[] bytes) throws AAbort {
    int last = bytes.length;
    while (last > 0 && bytes[last - 1] == 0) {
      last--;
    }
    for (int i = 0; i < last; i++) {
      if ((bytes[i] & 0x7f) < ' ' || bytes[i] == 0x7f) {
        throw invalid();
      }
    }
    return new String(bytes, 0, last, StandardCharsets.ISO_8859_1).trim();
  }

  private static AAbort invalid() {
    return new AAbort(AAbort.UL_SERIVE_PROVIDER, AAbort.INVALID_PDU_PARAMETER_VALUE);
  }
}
