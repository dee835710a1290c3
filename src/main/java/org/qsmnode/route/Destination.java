package org.qsmnode.route;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.qsmnode.camel.DicomSecurity;
import org.qsmnode.camel.PeerAddress;
import org.qsmnode.derive.DerivedKind;
import org.qsmnode.derive.DerivedObjects;

/**
 * Where derived series go and how.
 *
 * @param name of the site's choice
 * @param place what takes them
 * @param commitment whether a delivery is done only when the destination has committed itself to
 *     keeping the objects (Storage Commitment, PS3.4 Annex J); DICOM only
 * @param hold whether everything waits for a person's approval
 * @param senders calling AE titles whose studies go there; empty: all
 * @param objects what of a result goes there
 */
public record Destination(
    String name,
    Place place,
    boolean commitment,
    boolean hold,
    List<String> senders,
    Set<DerivedObjects> objects) {

  public Destination {
    senders = List.copyOf(senders);
    objects = Set.copyOf(objects);
    if (commitment && !(place instanceof Dicom || place instanceof Sender)) {
      throw new IllegalArgumentException(
          "node.destination." + name + ".commitment is for DICOM destinations only");
    }
  }

  /** What takes the objects. */
  public sealed interface Place {}

  /**
   * A storage SCP.
   *
   * @param tls whether it is reached over TLS
   * @param user who the node says it is; empty: nobody
   */
  public record Dicom(PeerAddress peer, boolean tls, Optional<DicomSecurity.User> user)
      implements Place {}

  /** The AE that sent the study, as {@code node.dicom.peers} knows it. */
  public record Sender() implements Place {}

  /** A DICOMweb server by STOW-RS (PS3.18 10.5); {@code url} is its base. */
  public record Stow(URI url) implements Place {}

  /** A folder that others watch. */
  public record Folder(Path folder) implements Place {}

  /** The peer, empty unless it is a DICOM destination with an address of its own. */
  public Optional<Dicom> dicom() {
    return place instanceof Dicom dicom ? Optional.of(dicom) : Optional.empty();
  }

  /** True when a series of this kind goes there, by the name of the kind. */
  boolean wants(String kind) {
    return objects.contains(DerivedKind.ofFolder(kind).objects());
  }

  /** True when a study that this AE sent goes there. */
  boolean takes(String callingAe) {
    return senders.isEmpty() || senders.contains(callingAe);
  }
}
