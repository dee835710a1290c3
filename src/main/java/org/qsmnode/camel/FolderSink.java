package org.qsmnode.camel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.dcm4che3.util.UIDUtils;

/**
 * Writes objects to a folder, as {@code <SOP Instance UID>.dcm}; a second copy replaces a first.
 */
public final class FolderSink implements ObjectSink {

  private final Path folder;

  public FolderSink(Path folder) {
    this.folder = folder;
  }

  @Override
  public void store(
      String sopClassUid,
      String sopInstanceUid,
      String transferSyntaxUid,
      byte[] header,
      InputStream dataSet)
      throws IOException, DicomStatusException {
    if (!UIDUtils.isValid(sopInstanceUid)) {
      throw new DicomStatusException(DicomStatusException.CANNOT_UNDERSTAND, "UID is not valid");
    }
    Path part = Files.createTempFile(folder, "part", null);
    try {
      try (OutputStream out = Files.newOutputStream(part)) {
        out.write(header);
        dataSet.transferTo(out);
      }
      Files.move(
          part, folder.resolve(sopInstanceUid + ".dcm"), StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
