package org.qsmnode.camel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.io.DicomOutputStream;
import org.qsmnode.series.header.OwnIdentity;

/**
 * Preamble and file meta information of a DICOM file (PS3.10 section 7.1).
 *
 * @param sourceAeTitle who sent the object, empty when unknown
 * @param length bytes before the data set
 */
public record Part10Header(
    String sopClassUid,
    String sopInstanceUid,
    String transferSyntaxUid,
    String sourceAeTitle,
    long length) {

  private static final int PREAMBLE = 128;
  private static final byte[] PREFIX = {'D', 'I', 'C', 'M'};

  /** Encodes a header. */
  public static byte[] encode(
      String sopClassUid, String sopInstanceUid, String transferSyntaxUid, String sourceAeTitle)
      throws IOException {
    Attributes meta =
        Attributes.createFileMetaInformation(sopInstanceUid, sopClassUid, transferSyntaxUid);
    meta.setString(Tag.ImplementationClassUID, VR.UI, OwnIdentity.IMPLEMENTATION_CLASS_UID);
    meta.setString(Tag.ImplementationVersionName, VR.SH, OwnIdentity.IMPLEMENTATION_VERSION_NAME);
    meta.setString(Tag.SourceApplicationEntityTitle, VR.AE, sourceAeTitle);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (DicomOutputStream out = new DicomOutputStream(bytes, UID.ExplicitVRLittleEndian)) {
      out.writeFileMetaInformation(meta);
    }
    return bytes.toByteArray();
  }

  /** Whether a file starts with the preamble and prefix of PS3.10. */
  public static boolean isPresentIn(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(PREAMBLE + PREFIX.length);
      return start.length == PREAMBLE + PREFIX.length
          && Arrays.equals(start, PREAMBLE, start.length, PREFIX, 0, PREFIX.length);
    }
  }

  /** Reads the header of a file; fails where there is none. */
  public static Part10Header read(Path file) throws IOException {
    try (DicomInputStream in = new DicomInputStream(file.toFile())) {
      Attributes meta = in.readFileMetaInformation();
      if (meta == null) {
        throw new IOException("the file has no DICOM file meta information");
      }
      return new Part10Header(
          required(meta, Tag.MediaStorageSOPClassUID),
          required(meta, Tag.MediaStorageSOPInstanceUID),
          required(meta, Tag.TransferSyntaxUID),
          meta.getString(Tag.SourceApplicationEntityTitle, ""),
          in.getPosition());
    }
  }

  private static String required(Attributes meta, int tag) throws IOException {
    String value = meta.getString(tag);
    if (value == null) {
      throw new IOException("the file meta information lacks a UID");
    }
    return value;
  }
}
