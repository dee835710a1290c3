package org.qsmnode.derive;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.qsmnode.digest.Digests;

/**
 * UIDs that are a function of what they name (PS3.5 B.2, UUID version 8 of RFC 9562). Equal
 * sources, software, model, configuration and pixels give one UID, and any change gives another.
 */
final class DerivedUids {

  private static final Pattern ROOT = Pattern.compile("[012](\\.(0|[1-9][0-9]*))+");
  private static final int LONGEST_ROOT = 64 - 1 - 39;

  private final String root;

  DerivedUids(String root) {
    this.root = requireRoot(root);
  }

  static String requireRoot(String root) {
    if (!ROOT.matcher(root).matches() || root.length() > LONGEST_ROOT) {
      throw new IllegalArgumentException(
          "uidRoot must be a UID of at most " + LONGEST_ROOT + " characters");
    }
    return root;
  }

  /**
   * Series Instance UID.
   *
   * @param sources sorted SOP Instance UIDs of all sources, each with its frame number
   * @param pixelDigest SHA-256 of the stored pixels of the whole series
   */
  String series(
      String studyInstanceUid,
      List<String> sources,
      DerivationIdentity identity,
      DerivedKind kind,
      byte[] pixelDigest) {
    return uid(
        "series/1",
        studyInstanceUid,
        String.join("\\", sources),
        identity.method(),
        identity.softwareVersion(),
        identity.models().stream().map(ModelIdentity::sha256).collect(Collectors.joining("\\")),
        identity.configurationDigest(),
        kind.folder(),
        HexFormat.of().formatHex(pixelDigest));
  }

  /** SOP Instance UID of one slice, counted from 0 in ascending position. */
  String instance(String seriesInstanceUid, int slice) {
    return uid("instance/1", seriesInstanceUid, Integer.toString(slice));
  }

  /** Frame of reference for a source that states none. */
  String frameOfReference(String studyInstanceUid, String sourceSeriesUid) {
    return uid("frame/1", studyInstanceUid, sourceSeriesUid);
  }

  /** Dimension organisation of a multi-frame object. */
  String dimensions(String seriesInstanceUid) {
    return uid("dimensions/1", seriesInstanceUid);
  }

  private String uid(String... parts) {
    MessageDigest sha256 = Digests.sha256();
    for (String part : parts) {
      sha256.update(part.getBytes(StandardCharsets.UTF_8));
      sha256.update((byte) '\n');
    }
    byte[] uuid = Arrays.copyOf(sha256.digest(), 16);
    uuid[6] = (byte) (uuid[6] & 0x0f | 0x80);
    uuid[8] = (byte) (uuid[8] & 0x3f | 0x80);
    return root + "." + new BigInteger(1, uuid);
  }
}
