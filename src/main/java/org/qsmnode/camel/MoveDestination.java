package org.qsmnode.camel;

/**
 * Where a C-MOVE can send to.
 *
 * @param address with the AE title that is called
 * @param security TLS and user identity of the association
 */
public record MoveDestination(PeerAddress address, DicomSecurity security) {}
