package org.qsmnode.route;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.io.DicomInputStream;
import org.qsmnode.camel.DicomEvent;
import org.qsmnode.camel.DicomStatusException;
import org.qsmnode.camel.Part10Header;
import org.qsmnode.camel.StorageClasses;
import org.qsmnode.store.Spool;
import org.qsmnode.store.SpoolFullException;
import org.qsmnode.store.SpooledObject;
import org.qsmnode.web.StowOutcome;
import org.qsmnode.web.StowReceiver;

/**
 * Takes the objects of STOW-RS into the spool, as if they had come by C-STORE. Their sender is
 * called {@value #SENDER}.
 */
final class StowObjects implements StowReceiver {

  static final String SENDER = "STOW-RS";
  static final int CLASS_NOT_SUPPORTED = 0x0122;
  static final int SYNTAX_NOT_SUPPORTED = 0xC122;

  /** Preamble, prefix and group length of the file meta information, PS3.10 section 7.1. */
  private static final int START_BYTES = 144;

  private static final int MOST_META_BYTES = 1 << 16;

  /** PS3.5 section 9.1. */
  private static final int LONGEST_UID = 64;

  private static final byte[] PREFIX_AND_GROUP = {'D', 'I', 'C', 'M', 2, 0, 0, 0, 'U', 'L', 4, 0};

  private final Spool spool;
  private final ReceiveObject receive;

  StowObjects(Spool spool, ReceiveObject receive) {
    this.spool = spool;
    this.receive = receive;
  }

  @Override
  public StowOutcome store(InputStream part10) throws IOException {
    Optional<Attributes> meta = meta(part10);
    String sopClass = value(meta, Tag.MediaStorageSOPClassUID);
    String sopInstance = value(meta, Tag.MediaStorageSOPInstanceUID);
    String syntax = value(meta, Tag.TransferSyntaxUID);
    return new StowOutcome(sopClass, sopInstance, failure(part10, sopClass, sopInstance, syntax));
  }

  private int failure(InputStream dataSet, String sopClass, String sopInstance, String syntax)
      throws IOException {
    if (sopClass.isEmpty() || sopInstance.isEmpty()) {
      return StowOutcome.CANNOT_UNDERSTAND;
    }
    if (!StorageClasses.IMAGES.contains(sopClass)
        && !StorageClasses.COMPANIONS.contains(sopClass)) {
      return CLASS_NOT_SUPPORTED;
    }
    if (!StorageClasses.TRANSFER_SYNTAXES.contains(syntax)) {
      return SYNTAX_NOT_SUPPORTED;
    }
    try (SpooledObject object = spool.begin()) {
      object.writeHeader(Part10Header.encode(sopClass, sopInstance, syntax, SENDER));
      dataSet.transferTo(object.dataSet());
      receive.receive(object, sopClass, sopInstance, new DicomEvent.Caller(SENDER, ""));
      return 0;
    } catch (SpoolFullException e) {
      return DicomStatusException.OUT_OF_RESOURCES;
    } catch (DicomStatusException e) {
      return e.status();
    }
  }

  /** The file meta information; the stream then stands at the data set. */
  private static Optional<Attributes> meta(InputStream part10) throws IOException {
    byte[] start = part10.readNBytes(START_BYTES);
    if (start.length < START_BYTES
        || !Arrays.equals(start, 128, 140, PREFIX_AND_GROUP, 0, PREFIX_AND_GROUP.length)) {
      return Optional.empty();
    }
    int length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getInt(140);
    if (length < 0 || length > MOST_META_BYTES) {
      return Optional.empty();
    }
    byte[] rest = part10.readNBytes(length);
    byte[] header = Arrays.copyOf(start, START_BYTES + rest.length);
    System.arraycopy(rest, 0, header, START_BYTES, rest.length);
    try (DicomInputStream in = new DicomInputStream(new ByteArrayInputStream(header))) {
      return Optional.ofNullable(in.readFileMetaInformation());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String value(Optional<Attributes> meta, int tag) {
    return meta.map(attributes -> attributes.getString(tag))
        .filter(uid -> uid.length() <= LONGEST_UID)
        .orElse("");
  }
}
