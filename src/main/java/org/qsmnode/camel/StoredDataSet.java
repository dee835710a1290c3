package org.qsmnode.camel;

import java.io.BufferedInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.net.DataWriter;
import org.dcm4che3.net.DataWriterAdapter;
import org.jspecify.annotations.Nullable;

/**
 * The data set of a Part 10 file on its way to a peer: the bytes that are stored; only where the
 * peer took nothing but Implicit VR Little Endian is an Explicit VR Little Endian one encoded anew.
 */
final class StoredDataSet {

  private StoredDataSet() {}

  /** The transfer syntax to send in, none where the peer accepted none that fits. */
  static Optional<String> syntaxFor(@Nullable Set<String> accepted, String stored) {
    if (accepted == null) {
      return Optional.empty();
    }
    if (accepted.contains(stored)) {
      return Optional.of(stored);
    }
    return stored.equals(UID.ExplicitVRLittleEndian)
            && accepted.contains(UID.ImplicitVRLittleEndian)
        ? Optional.of(UID.ImplicitVRLittleEndian)
        : Optional.empty();
  }

  static DataWriter writer(Path file, String stored, String sent) {
    return stored.equals(sent) ? asStored(file) : anew(file);
  }

  private static DataWriter asStored(Path file) {
    return (out, syntax) -> {
      long header = Part10Header.read(file).length();
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
        in.skipNBytes(header);
        out.copyFrom(in);
      }
    };
  }

  private static DataWriter anew(Path file) {
    return (out, syntax) -> {
      try (DicomInputStream in = new DicomInputStream(file.toFile())) {
        new DataWriterAdapter(in.readDataset()).writeTo(out, syntax);
      }
    };
  }
}
