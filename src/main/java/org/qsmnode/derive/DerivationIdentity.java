package org.qsmnode.derive;

import java.util.List;

/**
 * By what a map was made; enters UIDs, SoftwareVersions and descriptions.
 *
 * @param method inversion method, for example {@code gaussian}
 * @param parameters its parameters in one line, empty if none
 * @param softwareVersion version of this software
 * @param models networks in the order in which they are asked, empty for methods without one
 * @param configurationDigest SHA-256 of all settings that can change the result
 */
public record DerivationIdentity(
    String method,
    String parameters,
    String softwareVersion,
    List<ModelIdentity> models,
    String configurationDigest) {

  public DerivationIdentity {
    Elements.requireText("method", method, 32);
    Elements.requireText("softwareVersion", softwareVersion, 40);
    requireDigest("configurationDigest", configurationDigest);
    models = List.copyOf(models);
  }

  /** The start of a digest, as short texts name it. */
  static String shortened(String digest) {
    return "sha256:" + digest.substring(0, 16);
  }

  static void requireDigest(String name, String digest) {
    if (!digest.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(name + " must be 64 hexadecimal digits in lower case");
    }
  }
}
