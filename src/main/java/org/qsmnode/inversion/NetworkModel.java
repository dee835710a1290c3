package org.qsmnode.inversion;

/**
 * Which network a method uses.
 *
 * @param name name of the model
 * @param version its version
 * @param sha256 SHA-256 of its weights, 64 hexadecimal digits
 */
public record NetworkModel(String name, String version, String sha256) {}
