package org.qsmnode.derive;

/**
 * A network model by name, version and the SHA-256 of its weights (64 hexadecimal digits, lower
 * case).
 */
public record ModelIdentity(String name, String version, String sha256) {

  public ModelIdentity {
    Elements.requireText("name", name, 32);
    Elements.requireText("version", version, 16);
    DerivationIdentity.requireDigest("sha256", sha256);
  }
}
