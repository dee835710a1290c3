package org.dcm4che3.net.pdu;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import org.dcm4che3.data.Implementation;

/**
 * What an A-ASSOCIATE-RQ and an A-ASSOCIATE-AC have in common (PS3.8 section 9.3, PS3.7 Annex D).
 */
public abstract class AAssociateRQAC {

  /** DICOM Application Context Name, PS3.7 section A.2.1. */
  private static final String DICOM_APPLICATION_CONTEXT = "1.2.840.10008.3.1.1.1";

  private static final int DEFAULT_MAX_PDU_LENGTH = 16378;
  private static final int MAX_AE_TITLE_LENGTH = 16;

  protected byte[] reservedBytes = new byte[32];
  protected int protocolVersion = 1;
  protected int maxPDULength = DEFAULT_MAX_PDU_LENGTH;
  protected int maxOpsInvoked = 1;
  protected int maxOpsPerformed = 1;
  protected String calledAET;
  protected String callingAET;
  protected String applicationContext = DICOM_APPLICATION_CONTEXT;
  protected String implClassUID = Implementation.getClassUID();
  protected String implVersionName = Implementation.getVersionName();
  protected UserIdentityRQ userIdentityRQ;
  protected UserIdentityAC userIdentityAC;
  protected final ArrayList<PresentationContext> pcs = new ArrayList<>();
  protected final LinkedHashMap<String, RoleSelection> roleSelMap = new LinkedHashMap<>();
  protected final LinkedHashMap<String, ExtendedNegotiation> extNegMap = new LinkedHashMap<>();
  protected final LinkedHashMap<String, CommonExtendedNegotiation> commonExtNegMap =
      new LinkedHashMap<>();

  private final PresentationContext[] byId = new PresentationContext[256];

  public AAssociateRQAC() {}

  public void checkCallingAET() {
    if (callingAET == null) {
      throw new IllegalStateException("calling AE title not set");
    }
  }

  public void checkCalledAET() {
    if (calledAET == null) {
      throw new IllegalStateException("called AE title not set");
    }
  }

  public final int getProtocolVersion() {
    return protocolVersion;
  }

  public final void setProtocolVersion(int protocolVersion) {
    this.protocolVersion = protocolVersion;
  }

  public final byte[] getReservedBytes() {
    return reservedBytes.clone();
  }

  public final void setReservedBytes(byte[] reservedBytes) {
    if (reservedBytes.length != 32) {
      throw new IllegalArgumentException("reservedBytes must be 32 bytes: " + reservedBytes.length);
    }
    this.reservedBytes = reservedBytes.clone();
  }

  public final String getCalledAET() {
    return calledAET;
  }

  public final void setCalledAET(String calledAET) {
    this.calledAET = checked("calledAET", calledAET);
  }

  public final String getCallingAET() {
    return callingAET;
  }

  public final void setCallingAET(String callingAET) {
    this.callingAET = checked("callingAET", callingAET);
  }

  public final String getApplicationContext() {
    return applicationContext;
  }

  public final void setApplicationContext(String applicationContext) {
    this.applicationContext = applicationContext;
  }

  public final int getMaxPDULength() {
    return maxPDULength;
  }

  public final void setMaxPDULength(int maxPDULength) {
    this.maxPDULength = maxPDULength;
  }

  public final int getMaxOpsInvoked() {
    return maxOpsInvoked;
  }

  public final void setMaxOpsInvoked(int maxOpsInvoked) {
    this.maxOpsInvoked = maxOpsInvoked;
  }

  public final int getMaxOpsPerformed() {
    return maxOpsPerformed;
  }

  public final void setMaxOpsPerformed(int maxOpsPerformed) {
    this.maxOpsPerformed = maxOpsPerformed;
  }

  public final boolean isAsyncOps() {
    return maxOpsInvoked != 1 || maxOpsPerformed != 1;
  }

  public final String getImplClassUID() {
    return implClassUID;
  }

  public final void setImplClassUID(String implClassUID) {
    this.implClassUID = implClassUID;
  }

  public final String getImplVersionName() {
    return implVersionName;
  }

  public final void setImplVersionName(String implVersionName) {
    this.implVersionName = implVersionName;
  }

  public final UserIdentityRQ getUserIdentityRQ() {
    return userIdentityRQ;
  }

  public void setUserIdentityRQ(UserIdentityRQ userIdentityRQ) {
    this.userIdentityRQ = userIdentityRQ;
  }

  public final UserIdentityAC getUserIdentityAC() {
    return userIdentityAC;
  }

  public void setUserIdentityAC(UserIdentityAC userIdentityAC) {
    this.userIdentityAC = userIdentityAC;
  }

  public List<PresentationContext> getPresentationContexts() {
    return Collections.unmodifiableList(pcs);
  }

  public int getNumberOfPresentationContexts() {
    return pcs.size();
  }

  public PresentationContext getPresentationContext(int pcid) {
    return byId[pcid & 0xff];
  }

  public void addPresentationContext(PresentationContext pc) {
    if (byId[pc.getPCID()] != null) {
      throw new IllegalStateException(
          "presentation context identifier " + pc.getPCID() + " is taken");
    }
    byId[pc.getPCID()] = pc;
    pcs.add(pc);
  }

  public boolean removePresentationContext(PresentationContext pc) {
    if (!pcs.remove(pc)) {
      return false;
    }
    byId[pc.getPCID()] = null;
    return true;
  }

  public Collection<RoleSelection> getRoleSelections() {
    return Collections.unmodifiableCollection(roleSelMap.values());
  }

  public RoleSelection getRoleSelectionFor(String sopClassUID) {
    return roleSelMap.get(sopClassUID);
  }

  public RoleSelection addRoleSelection(RoleSelection roleSelection) {
    return roleSelMap.put(roleSelection.getSOPClassUID(), roleSelection);
  }

  public RoleSelection removeRoleSelectionFor(String sopClassUID) {
    return roleSelMap.remove(sopClassUID);
  }

  public Collection<ExtendedNegotiation> getExtendedNegotiations() {
    return Collections.unmodifiableCollection(extNegMap.values());
  }

  public ExtendedNegotiation getExtNegotiationFor(String sopClassUID) {
    return extNegMap.get(sopClassUID);
  }

  public ExtendedNegotiation addExtendedNegotiation(ExtendedNegotiation negotiation) {
    return extNegMap.put(negotiation.getSOPClassUID(), negotiation);
  }

  public ExtendedNegotiation removeExtendedNegotiationFor(String sopClassUID) {
    return extNegMap.remove(sopClassUID);
  }

  public Collection<CommonExtendedNegotiation> getCommonExtendedNegotiations() {
    return Collections.unmodifiableCollection(commonExtNegMap.values());
  }

  public CommonExtendedNegotiation getCommonExtendedNegotiationFor(String sopClassUID) {
    return commonExtNegMap.get(sopClassUID);
  }

  public CommonExtendedNegotiation addCommonExtendedNegotiation(
      CommonExtendedNegotiation negotiation) {
    return commonExtNegMap.put(negotiation.getSOPClassUID(), negotiation);
  }

  public CommonExtendedNegotiation removeCommonExtendedNegotiationFor(String sopClassUID) {
    return commonExtNegMap.remove(sopClassUID);
  }

  protected StringBuilder promptTo(String header, StringBuilder sb) {
    sb.append(header)
        .append("[calledAET: ")
        .append(calledAET)
        .append(", callingAET: ")
        .append(callingAET)
        .append(", applicationContext: ")
        .append(applicationContext)
        .append(", implClassUID: ")
        .append(implClassUID)
        .append(", implVersionName: ")
        .append(implVersionName)
        .append(", maxPDULength: ")
        .append(maxPDULength)
        .append(", maxOpsInvoked/maxOpsPerformed: ")
        .append(maxOpsInvoked)
        .append('/')
        .append(maxOpsPerformed);
    if (userIdentityRQ != null) {
      sb.append(", ").append(userIdentityRQ);
    }
    if (userIdentityAC != null) {
      sb.append(", ").append(userIdentityAC);
    }
    appendAll(sb, pcs);
    appendAll(sb, roleSelMap.values());
    appendAll(sb, extNegMap.values());
    appendAll(sb, commonExtNegMap.values());
    return sb.append(']');
  }

  private static void appendAll(StringBuilder sb, Collection<?> items) {
    for (Object item : items) {
      sb.append(", ").append(item);
    }
  }

  private static String checked(String name, String aet) {
    if (aet.length() > MAX_AE_TITLE_LENGTH) {
      throw new IllegalArgumentException(name + " is longer than 16 characters: " + aet.length());
    }
    return aet;
  }
}
