package org.qsmnode.store;

import java.nio.file.Path;

/**
 * An object that a peer may retrieve.
 *
 * @param file a Part 10 file
 */
public record RetrievableInstance(
    String studyInstanceUid,
    String sopClassUid,
    String sopInstanceUid,
    String transferSyntaxUid,
    Path file) {}
