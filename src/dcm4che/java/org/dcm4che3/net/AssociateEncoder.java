package org.dcm4che3.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.dcm4che3.net.pdu.AAssociateAC;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.AAssociateRQAC;
import org.dcm4che3.net.pdu.CommonExtendedNegotiation;
import org.dcm4che3.net.pdu.ExtendedNegotiation;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.RoleSelection;
import org.dcm4che3.net.pdu.UserIdentityAC;
import org.dcm4che3.net.pdu.UserIdentityRQ;

/** Encodes A-ASSOCIATE-RQ and A-ASSOCIATE-AC PDUs (PS3.8 sections 9.3.2 and 9.3.3). */
final class AssociateEncoder {

  private static final int AE_TITLE_LENGTH = 16;
  private static final int MAX_ITEM_LENGTH = 0xffff;

  private byte[] buf = new byte[1024];
  private int pos;

  private AssociateEncoder() {}

  static byte[] encode(AAssociateRQ rq) throws IOException {
    AssociateEncoder encoder = new AssociateEncoder();
    encoder.header(PDUType.A_ASSOCIATE_RQ, rq);
    for (PresentationContext pc : rq.getPresentationContexts()) {
      encoder.proposedContext(pc);
    }
    return encoder.finish(rq);
  }

  static byte[] encode(AAssociateAC ac) throws IOException {
    AssociateEncoder encoder = new AssociateEncoder();
    encoder.header(PDUType.A_ASSOCIATE_AC, ac);
    for (PresentationContext pc : ac.getPresentationContexts()) {
      encoder.answeredContext(pc);
    }
    return encoder.finish(ac);
  }

  private void header(int type, AAssociateRQAC pdu) throws IOException {
    put(type);
    put(0);
    pos += 4;
    putShort(pdu.getProtocolVersion());
    putShort(0);
    putAETitle(pdu.getCalledAET());
    putAETitle(pdu.getCallingAET());
    put(pdu.getReservedBytes());
    putTextItem(ItemType.APP_CONTEXT, pdu.getApplicationContext());
  }

  private byte[] finish(AAssociateRQAC pdu) throws IOException {
    int userInfo = begin(ItemType.USER_INFO);
    int maxLength = begin(ItemType.MAX_PDU_LENGTH);
    putInt(pdu.getMaxPDULength());
    end(maxLength);
    putTextItem(ItemType.IMPL_CLASS_UID, pdu.getImplClassUID());
    if (pdu.isAsyncOps()) {
      int window = begin(ItemType.ASYNC_OPS_WINDOW);
      putShort(pdu.getMaxOpsInvoked());
      putShort(pdu.getMaxOpsPerformed());
      end(window);
    }
    for (RoleSelection role : pdu.getRoleSelections()) {
      int item = begin(ItemType.ROLE_SELECTION);
      putText(role.getSOPClassUID());
      put(role.isSCU() ? 1 : 0);
      put(role.isSCP() ? 1 : 0);
      end(item);
    }
    if (pdu.getImplVersionName() != null) {
      putTextItem(ItemType.IMPL_VERSION_NAME, pdu.getImplVersionName());
    }
    for (ExtendedNegotiation negotiation : pdu.getExtendedNegotiations()) {
      int item = begin(ItemType.EXT_NEG);
      putText(negotiation.getSOPClassUID());
      put(negotiation.getInformation());
      end(item);
    }
    for (CommonExtendedNegotiation negotiation : pdu.getCommonExtendedNegotiations()) {
      commonExtendedNegotiation(negotiation);
    }
    userIdentity(pdu.getUserIdentityRQ());
    userIdentity(pdu.getUserIdentityAC());
    end(userInfo);
    int length = pos - PDUType.HEADER_LENGTH;
    buf[2] = (byte) (length >> 24);
    buf[3] = (byte) (length >> 16);
    buf[4] = (byte) (length >> 8);
    buf[5] = (byte) length;
    return Arrays.copyOf(buf, pos);
  }

  private void proposedContext(PresentationContext pc) throws IOException {
    int item = begin(ItemType.RQ_PRES_CONTEXT);
    put(pc.getPCID());
    put(0);
    put(0);
    put(0);
    putTextItem(ItemType.ABSTRACT_SYNTAX, pc.getAbstractSyntax());
    for (String transferSyntax : pc.getTransferSyntaxes()) {
      putTextItem(ItemType.TRANSFER_SYNTAX, transferSyntax);
    }
    end(item);
  }

  private void answeredContext(PresentationContext pc) throws IOException {
    int item = begin(ItemType.AC_PRES_CONTEXT);
    put(pc.getPCID());
    put(0);
    put(pc.getResult());
    put(0);
    String transferSyntax = pc.getTransferSyntax();
    putTextItem(ItemType.TRANSFER_SYNTAX, transferSyntax == null ? "" : transferSyntax);
    end(item);
  }

  private void commonExtendedNegotiation(CommonExtendedNegotiation negotiation) throws IOException {
    int item = begin(ItemType.COMMON_EXT_NEG);
    putText(negotiation.getSOPClassUID());
    putText(negotiation.getServiceClassUID());
    int related = pos;
    putShort(0);
    for (String uid : negotiation.getRelatedGeneralSOPClassUIDs()) {
      putText(uid);
    }
    patchLength(related, pos - related - 2);
    end(item);
  }

  private void userIdentity(UserIdentityRQ identity) throws IOException {
    if (identity != null) {
      int item = begin(ItemType.RQ_USER_IDENTITY);
      put(identity.getType());
      put(identity.isPositiveResponseRequested() ? 1 : 0);
      putField(identity.getPrimaryField());
      putField(identity.getSecondaryField());
      end(item);
    }
  }

  private void userIdentity(UserIdentityAC identity) throws IOException {
    if (identity != null) {
      int item = begin(ItemType.AC_USER_IDENTITY);
      putField(identity.getServerResponse());
      end(item);
    }
  }

  private int begin(int itemType) {
    put(itemType);
    put(0);
    putShort(0);
    return pos;
  }

  private void end(int start) throws IOException {
    patchLength(start - 2, pos - start);
  }

  private void patchLength(int at, int length) throws IOException {
    if (length > MAX_ITEM_LENGTH) {
      throw new IOException("an item of " + length + " bytes does not fit an A-ASSOCIATE PDU");
    }
    buf[at] = (byte) (length >> 8);
    buf[at + 1] = (byte) length;
  }

  private void putTextItem(int itemType, String text) throws IOException {
    int item = begin(itemType);
    put(text.getBytes(StandardCharsets.ISO_8859_1));
    end(item);
  }

  private void putText(String text) throws IOException {
    putField(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void putField(byte[] bytes) throws IOException {
    int at = pos;
    putShort(0);
    put(bytes);
    patchLength(at, bytes.length);
  }

  private void putAETitle(String aet) throws IOException {
    byte[] bytes = aet.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length > AE_TITLE_LENGTH) {
      throw new IOException("an AE title of " + bytes.length + " bytes does not fit");
    }
    put(bytes);
    for (int i = bytes.length; i < AE_TITLE_LENGTH; i++) {
      put(' ');
    }
  }

  private void putInt(int value) {
    putShort(value >> 16);
    putShort(value);
  }

  private void putShort(int value) {
    put(value >> 8);
    put(value);
  }

  private void put(int value) {
    reserve(1);
    buf[pos++] = (byte) value;
  }

  private void put(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buf, pos, bytes.length);
    pos += bytes.length;
  }

  private void reserve(int n) {
    if (pos + n > buf.length) {
      buf = Arrays.copyOf(buf, Math.max(buf.length * 2, pos + n));
    }
  }
}
