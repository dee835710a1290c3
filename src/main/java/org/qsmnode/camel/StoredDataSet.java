package org.qsmnode.camel;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.net.DataWriter;
import org.dcm4che3.net.DataWriterAdapter;
import org.dcm4che3.net.PDVOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The data set of a Part 10 file on its way to a peer, as the bytes that are stored. Only where the
 * peer took nothing but Implicit VR Little Endian is an Explicit VR Little Endian file encoded
 * anew.
 *
 * <p>The file is opened before a message starts, so that a missing file fails alone. A failure
 * behind the command of a C-STORE would spoil the association.
 */
final class StoredDataSet implements DataWriter, Closeable {

  private final InputStream opened;
  private final DataWriter writer;

  private StoredDataSet(InputStream opened, DataWriter writer) {
    this.opened = opened;
    this.writer = writer;
  }

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

  /**
   * Opens a file to send it.
   *
   * @param stored transfer syntax UID of the file
   * @param sent transfer syntax UID of the message, by {@link #syntaxFor}
   */
  static StoredDataSet open(Path file, String stored, String sent) throws IOException {
    return stored.equals(sent) ? asStored(file) : anew(file);
  }

  private static StoredDataSet asStored(Path file) throws IOException {
    long header = Part10Header.read(file).length();
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      in.skipNBytes(header);
    } catch (IOException e) {
      in.close();
      throw e;
    }
    return new StoredDataSet(in, (out, syntax) -> out.copyFrom(in));
  }

  private static StoredDataSet anew(Path file) throws IOException {
    try (DicomInputStream in = new DicomInputStream(file.toFile())) {
      return new StoredDataSet(
          InputStream.nullInputStream(), new DataWriterAdapter(in.readDataset()));
    }
  }

  @Override
  public void writeTo(PDVOutputStream out, String syntax) throws IOException {
    writer.writeTo(out, syntax);
  }

  @Override
  public void close() throws IOException {
    opened.close();
  }
}
