package org.qsmnode.store;

import java.io.IOException;
import java.nio.file.Path;
import org.qsmnode.digest.Digests;

/**
 * An object that a peer may retrieve.
 *
 * @param file a Part 10 file
 * @param digest SHA-256 of the file when it was written
 */
public record RetrievableInstance(
    String studyInstanceUid,
    String sopClassUid,
    String sopInstanceUid,
    String transferSyntaxUid,
    Path file,
    String digest) {

  /** Whether the file is there and is what was written. */
  public boolean isWhole() throws IOException {
    return Digests.matches(file, digest);
  }
}
