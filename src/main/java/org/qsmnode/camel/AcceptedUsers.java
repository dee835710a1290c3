package org.qsmnode.camel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import org.dcm4che3.net.pdu.UserIdentityRQ;
import org.jspecify.annotations.Nullable;

/** Users with their passcodes; an empty passcode lets a user in by name alone. */
public final class AcceptedUsers {

  private final Map<String, String> passcodes;

  public AcceptedUsers(Map<String, String> passcodes) {
    this.passcodes = Map.copyOf(passcodes);
  }

  /** Whether an identity is one of a user; none is not. */
  boolean admit(@Nullable UserIdentityRQ identity) {
    if (identity == null
        || (identity.getType() != UserIdentityRQ.USERNAME
            && identity.getType() != UserIdentityRQ.USERNAME_PASSCODE)) {
      return false;
    }
    String passcode = passcodes.get(identity.getUsername());
    return passcode != null
        && MessageDigest.isEqual(
            passcode.getBytes(StandardCharsets.UTF_8), identity.getSecondaryField());
  }
}
