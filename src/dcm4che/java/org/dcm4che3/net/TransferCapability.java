package org.dcm4che3.net;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

/** One SOP class an application entity supports in one role, with its transfer syntaxes. */
public class TransferCapability {

  /** Role of this application entity for a SOP class. */
  public enum Role {
    SCU,
    SCP
  }

  private static final String ANY = "*";

  private ApplicationEntity ae;
  private String commonName;
  private String sopClass;
  private Role role;
  private String[] transferSyntaxes = {};
  private String[] preferredTransferSyntaxes = {};
  private EnumSet<QueryOption> queryOptions;

  public TransferCapability() {}

  /** Makes a capability; the SOP class "*" and the transfer syntax "*" stand for any. */
  public TransferCapability(
      String commonName, String sopClass, Role role, String... transferSyntaxes) {
    this.commonName = commonName;
    this.sopClass = sopClass;
    this.role = role;
    this.transferSyntaxes = transferSyntaxes.clone();
  }

  public void setApplicationEntity(ApplicationEntity ae) {
    this.ae = ae;
  }

  public String getCommonName() {
    return commonName;
  }

  public void setCommonName(String commonName) {
    this.commonName = commonName;
  }

  public Role getRole() {
    return role;
  }

  public void setRole(Role role) {
    this.role = role;
  }

  public String getSopClass() {
    return sopClass;
  }

  public void setSopClass(String sopClass) {
    this.sopClass = sopClass;
  }

  public String[] getTransferSyntaxes() {
    return transferSyntaxes.clone();
  }

  public void setTransferSyntaxes(String... transferSyntaxes) {
    this.transferSyntaxes = transferSyntaxes.clone();
  }

  public String[] getPreferredTransferSyntaxes() {
    return preferredTransferSyntaxes.clone();
  }

  public void setPreferredTransferSyntaxes(String... transferSyntaxes) {
    this.preferredTransferSyntaxes = transferSyntaxes.clone();
  }

  /** Returns the own preference, or that of the application entity. */
  public String[] preferredTransferSyntaxes() {
    return preferredTransferSyntaxes.length > 0 || ae == null
        ? preferredTransferSyntaxes.clone()
        : ae.getPreferredTransferSyntaxes();
  }

  public boolean containsTransferSyntax(String transferSyntax) {
    List<String> supported = Arrays.asList(transferSyntaxes);
    return supported.contains(ANY) || supported.contains(transferSyntax);
  }

  /** Picks from what a peer offers: the most preferred one, else the first in the own order. */
  public String selectTransferSyntax(String... offered) {
    List<String> offers = Arrays.asList(offered);
    for (String[] order : List.of(preferredTransferSyntaxes(), transferSyntaxes, offered)) {
      for (String candidate : order) {
        if (offers.contains(candidate) && containsTransferSyntax(candidate)) {
          return candidate;
        }
      }
    }
    return null;
  }

  /** Sets what extended negotiation may agree upon; null leaves proposals unanswered. */
  public void setQueryOptions(EnumSet<QueryOption> queryOptions) {
    this.queryOptions = queryOptions;
  }

  public EnumSet<QueryOption> getQueryOptions() {
    return queryOptions;
  }

  @Override
  public String toString() {
    return "TransferCapability[" + role + " " + sopClass + "]";
  }
}
