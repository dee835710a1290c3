package org.qsmnode.camel;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.UserIdentityRQ;

/**
 * Users with their passcodes; an empty passcode lets a user in by name alone.
 *
 * <p>A PACS names no user when it calls back, to store for a C-MOVE or to report storage
 * commitment. Peers that are exempt may therefore do so without one. They have to call from the
 * address that is configured for their AE title, and to propose no query and no retrieval.
 */
public final class AcceptedUsers {

  private static final List<String> QUERY_RETRIEVE =
      Stream.of(QueryRetrieve.FIND, QueryRetrieve.MOVE, QueryRetrieve.GET)
          .flatMap(List::stream)
          .toList();

  private final Map<String, String> passcodes;
  private final List<PeerAddress> exempt;

  public AcceptedUsers(Map<String, String> passcodes) {
    this(passcodes, List.of());
  }

  private AcceptedUsers(Map<String, String> passcodes, List<PeerAddress> exempt) {
    this.passcodes = Map.copyOf(passcodes);
    this.exempt = List.copyOf(exempt);
  }

  /** These users, and peers that may store and report without being one. */
  public AcceptedUsers exempting(List<PeerAddress> peers) {
    return new AcceptedUsers(passcodes, peers);
  }

  /**
   * Whether a requestor may associate. Whoever names a user has to be right.
   *
   * @param from where the request comes from
   */
  boolean admit(AAssociateRQ request, InetAddress from) {
    UserIdentityRQ identity = request.getUserIdentityRQ();
    return identity == null ? isExempt(request, from) : knows(identity);
  }

  private boolean knows(UserIdentityRQ identity) {
    if (identity.getType() != UserIdentityRQ.USERNAME
        && identity.getType() != UserIdentityRQ.USERNAME_PASSCODE) {
      return false;
    }
    String passcode = passcodes.get(identity.getUsername());
    return passcode != null
        && MessageDigest.isEqual(
            passcode.getBytes(StandardCharsets.UTF_8), identity.getSecondaryField());
  }

  private boolean isExempt(AAssociateRQ request, InetAddress from) {
    return request.getPresentationContexts().stream()
            .noneMatch(context -> QUERY_RETRIEVE.contains(context.getAbstractSyntax()))
        && exempt.stream()
            .anyMatch(
                peer -> peer.aeTitle().equals(request.getCallingAET()) && isAt(peer.host(), from));
  }

  private static boolean isAt(String host, InetAddress address) {
    try {
      return List.of(InetAddress.getAllByName(host)).contains(address);
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
