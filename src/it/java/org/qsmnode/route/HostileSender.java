package org.qsmnode.route;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomOutputStream;
import org.dcm4che3.net.DataWriter;

/** Data sets that no scanner sends, written as they go out, so that the sender needs no memory. */
final class HostileSender {

  private static final int MIB = 1 << 20;
  private static final byte[] ITEM = {(byte) 0xFE, (byte) 0xFF, 0, (byte) 0xE0};
  private static final long UNDEFINED = 0xFFFFFFFFL;

  /** A kind of hostile object, with the class that it claims and its transfer syntax. */
  enum Kind {
    BIG_RAW_DATA(UID.RawDataStorage, UID.ExplicitVRLittleEndian),
    BOMB(UID.MRImageStorage, UID.DeflatedExplicitVRLittleEndian),
    LONG_TEXT(UID.MRImageStorage, UID.ExplicitVRLittleEndian),
    DEEP_SEQUENCES(UID.MRImageStorage, UID.ExplicitVRLittleEndian),
    MANY_ITEMS(UID.EnhancedMRImageStorage, UID.ExplicitVRLittleEndian),
    MANY_FRAMES(UID.EnhancedMRImageStorage, UID.ExplicitVRLittleEndian),
    BIG_PRIVATE_ELEMENT(UID.MRImageStorage, UID.ExplicitVRLittleEndian),
    LYING_LENGTH(UID.MRImageStorage, UID.ExplicitVRLittleEndian);

    private final String sopClass;
    private final String syntax;

    Kind(String sopClass, String syntax) {
      this.sopClass = sopClass;
      this.syntax = syntax;
    }
  }

  private HostileSender() {}

  /** Sends one object of a kind and gives the status of the answer. */
  static int send(Sender sender, Kind kind, String uid) throws IOException {
    DataWriter data =
        (out, syntax) -> {
          if (kind.syntax.equals(UID.DeflatedExplicitVRLittleEndian)) {
            DeflaterOutputStream deflated =
                new DeflaterOutputStream(out, new Deflater(Deflater.BEST_SPEED, true), 1 << 16);
            write(deflated, kind, uid);
            deflated.finish();
          } else {
            write(out, kind, uid);
          }
        };
    return sender.store(kind.sopClass, uid, data, kind.syntax);
  }

  private static void write(OutputStream out, Kind kind, String uid) throws IOException {
    switch (kind) {
      case BIG_RAW_DATA, BIG_PRIVATE_ELEMENT -> {
        out.write(encoded(identity(kind, uid)));
        out.write(header(0x00290010, "LO", 8));
        out.write("SIEMENS ".getBytes(StandardCharsets.US_ASCII));
        fill(out, 0x00291010, "OB", 200);
        if (kind == Kind.BIG_PRIVATE_ELEMENT) {
          fill(out, Tag.PixelData, "OW", 1);
        }
      }
      case BOMB -> {
        out.write(encoded(identity(kind, uid)));
        fill(out, 0x00400280, "UT", 512);
      }
      case LONG_TEXT -> {
        out.write(encoded(sopOnly(kind, uid)));
        fill(out, Tag.ProtocolName, "UT", 64);
        out.write(encoded(place(uid)));
      }
      case DEEP_SEQUENCES -> {
        out.write(encoded(identity(kind, uid)));
        for (int i = 0; i < 50_000; i++) {
          out.write(header(0x00401234, "SQ", UNDEFINED));
          out.write(ITEM);
          out.write(new byte[] {-1, -1, -1, -1});
        }
      }
      case MANY_ITEMS -> {
        out.write(encoded(identity(kind, uid)));
        out.write(header(Tag.PerFrameFunctionalGroupsSequence, "SQ", UNDEFINED));
        byte[] empty = Arrays.copyOf(ITEM, 8);
        for (int i = 0; i < 1_000_000; i++) {
          out.write(empty);
        }
      }
      case MANY_FRAMES -> {
        Attributes identity = identity(kind, uid);
        identity.setInt(Tag.NumberOfFrames, VR.IS, 30_000);
        out.write(encoded(identity));
        out.write(header(Tag.PerFrameFunctionalGroupsSequence, "SQ", UNDEFINED));
        Attributes frame = new Attributes();
        Attributes values = new Attributes();
        values.setString(Tag.RescaleType, VR.LO, "x".repeat(16_000));
        frame.newSequence(Tag.PixelValueTransformationSequence, 1).add(values);
        byte[] encoded = encoded(frame);
        for (int i = 0; i < 30_000; i++) {
          out.write(ITEM);
          out.write(
              ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(encoded.length).array());
          out.write(encoded);
        }
      }
      case LYING_LENGTH -> {
        out.write(encoded(identity(kind, uid)));
        out.write(header(Tag.PixelData, "OW", 0xFFFFFFF0L));
        out.write(new byte[100]);
      }
    }
  }

  private static Attributes sopOnly(Kind kind, String uid) {
    Attributes sop = new Attributes();
    sop.setString(Tag.SOPClassUID, VR.UI, kind.sopClass);
    sop.setString(Tag.SOPInstanceUID, VR.UI, uid);
    return sop;
  }

  private static Attributes place(String uid) {
    Attributes place = new Attributes();
    place.setString(Tag.StudyInstanceUID, VR.UI, "1.9." + uid);
    place.setString(Tag.SeriesInstanceUID, VR.UI, "1.9." + uid + ".1");
    return place;
  }

  private static Attributes identity(Kind kind, String uid) {
    Attributes identity = sopOnly(kind, uid);
    identity.addAll(place(uid));
    return identity;
  }

  private static byte[] encoded(Attributes dataSet) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DicomOutputStream out = new DicomOutputStream(bytes, UID.ExplicitVRLittleEndian)) {
      out.writeDataset(null, dataSet);
    }
    return bytes.toByteArray();
  }

  private static void fill(OutputStream out, int tag, String vr, int mebibytes) throws IOException {
    out.write(header(tag, vr, (long) mebibytes * MIB));
    byte[] piece = new byte[MIB];
    Arrays.fill(piece, (byte) 'A');
    for (int i = 0; i < mebibytes; i++) {
      out.write(piece);
    }
  }

  private static byte[] header(int tag, String vr, long length) {
    boolean isShort = vr.equals("LO");
    ByteBuffer bytes = ByteBuffer.allocate(isShort ? 8 : 12).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putShort((short) (tag >>> 16)).putShort((short) tag);
    bytes.put(vr.getBytes(StandardCharsets.US_ASCII));
    if (isShort) {
      bytes.putShort((short) length);
    } else {
      bytes.putShort((short) 0).putInt((int) length);
    }
    return bytes.array();
  }
}
