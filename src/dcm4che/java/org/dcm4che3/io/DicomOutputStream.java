package org.dcm4che3.io;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.SpecificCharacterSet;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.data.Value;
import org.dcm4che3.util.ByteUtils;

/** Writes data sets (PS3.5) and files (PS3.10). */
public class DicomOutputStream extends FilterOutputStream {
  private static final byte[] MAGIC = {'D', 'I', 'C', 'M'};
  private static final int PREAMBLE_LENGTH = 128;
  private static final int MAX_SHORT_LENGTH = 0xffff;

  private final byte[] header = new byte[12];
  private final OutputStream sink;
  private byte[] preamble = new byte[PREAMBLE_LENGTH];
  private boolean explicitVR;
  private boolean bigEndian;
  private DicomEncodingOptions encodingOptions = DicomEncodingOptions.DEFAULT;
  private DeflaterOutputStream deflated;
  private Deflater deflater;

  /** A stream that starts in this transfer syntax. */
  public DicomOutputStream(OutputStream out, String tsuid) throws IOException {
    super(out);
    this.sink = out;
    switchTransferSyntax(tsuid);
  }

  /** A file, for {@link #writeDataset} with file meta information. */
  public DicomOutputStream(File file) throws IOException {
    this(new BufferedOutputStream(new FileOutputStream(file)), UID.ExplicitVRLittleEndian);
  }

  /** Sets the 128 bytes before the prefix DICM; null leaves out both. */
  public void setPreamble(byte[] preamble) {
    if (preamble != null && preamble.length != PREAMBLE_LENGTH) {
      throw new IllegalArgumentException("preamble: not 128 bytes");
    }
    this.preamble = preamble == null ? null : preamble.clone();
  }

  public boolean isExplicitVR() {
    return explicitVR;
  }

  public boolean isBigEndian() {
    return bigEndian;
  }

  public DicomEncodingOptions getEncodingOptions() {
    return encodingOptions;
  }

  public void setEncodingOptions(DicomEncodingOptions encOpts) {
    if (encOpts == null) {
      throw new NullPointerException("encOpts");
    }
    this.encodingOptions = encOpts;
  }

  @Override
  public void write(byte[] b, int off, int len) throws IOException {
    out.write(b, off, len);
  }

  /** Writes a command set with its group length (PS3.7 6.3.1), whatever the encoding options. */
  public void writeCommand(Attributes cmd) throws IOException {
    if (explicitVR || bigEndian) {
      throw new IllegalStateException("a command is in implicit VR little endian");
    }
    writeWithGroupLength(cmd);
  }

  /** Writes preamble, prefix and file meta information with its group length. */
  public void writeFileMetaInformation(Attributes fmi) throws IOException {
    if (!explicitVR || bigEndian || deflated != null) {
      throw new IllegalStateException("file meta information is in explicit VR little endian");
    }
    if (preamble != null) {
      write(preamble, 0, preamble.length);
      write(MAGIC, 0, MAGIC.length);
    }
    writeWithGroupLength(fmi);
  }

  private void writeWithGroupLength(Attributes attrs) throws IOException {
    DicomEncodingOptions configured = encodingOptions;
    encodingOptions = new DicomEncodingOptions(true, true, false, true, false);
    try {
      attrs.writeTo(this);
    } finally {
      encodingOptions = configured;
    }
  }

  /** Writes the file meta information, unless null, and the data set in its transfer syntax. */
  public void writeDataset(Attributes fmi, Attributes dataset) throws IOException {
    if (fmi != null) {
      writeFileMetaInformation(fmi);
      switchTransferSyntax(fmi.getString(Tag.TransferSyntaxUID, null));
    }
    dataset.writeTo(this);
  }

  /** Goes on in this transfer syntax; none but the three uncompressed ones changes the header. */
  public void switchTransferSyntax(String tsuid) {
    if (tsuid == null) {
      throw new NullPointerException("tsuid");
    }
    bigEndian = tsuid.equals(UID.ExplicitVRBigEndian);
    explicitVR = !tsuid.equals(UID.ImplicitVRLittleEndian);
    if (tsuid.equals(UID.DeflatedExplicitVRLittleEndian)
        || tsuid.equals(UID.JPIPReferencedDeflate)) {
      deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
      deflated = new DeflaterOutputStream(out, deflater, 8192);
      out = deflated;
    }
  }

  /** Writes tag, VR (none for items and delimiters) and length, -1 for undefined. */
  public void writeHeader(int tag, VR vr, int len) throws IOException {
    ByteUtils.tagToBytes(tag, header, 0, bigEndian);
    int headerLength = 8;
    if (!explicitVR || vr == null || tag >>> 16 == 0xfffe) {
      ByteUtils.intToBytes(len, header, 4, bigEndian);
    } else {
      VR written = vr.headerLength() == 8 && (len & ~MAX_SHORT_LENGTH) != 0 ? VR.UN : vr;
      ByteUtils.shortToBytesBE(written.code(), header, 4);
      headerLength = written.headerLength();
      if (headerLength == 8) {
        ByteUtils.shortToBytes(len, header, 6, bigEndian);
      } else {
        header[6] = 0;
        header[7] = 0;
        ByteUtils.intToBytes(len, header, 8, bigEndian);
      }
    }
    out.write(header, 0, headerLength);
  }

  /** Writes an element with a value as {@link Attributes#getValue} returns it. */
  public void writeAttribute(int tag, VR vr, Object value, SpecificCharacterSet cs)
      throws IOException {
    if (value instanceof Value v) {
      writeAttribute(tag, vr, v);
    } else {
      writeAttribute(tag, vr, vr.toBytes(value, cs));
    }
  }

  /** Writes an element with these bytes, padded to an even length. */
  public void writeAttribute(int tag, VR vr, byte[] val) throws IOException {
    boolean odd = (val.length & 1) != 0;
    writeHeader(tag, vr, odd ? val.length + 1 : val.length);
    out.write(val, 0, val.length);
    if (odd) {
      out.write(vr.paddingByte());
    }
  }

  /** Writes an element with this value, and the delimiter after an undefined length. */
  public void writeAttribute(int tag, VR vr, Value val) throws IOException {
    int length = val.getEncodedLength(encodingOptions, explicitVR, vr);
    writeHeader(tag, vr, length);
    val.writeTo(this, vr);
    if (length == -1) {
      writeHeader(Tag.SequenceDelimitationItem, null, 0);
    }
  }

  public void writeGroupLength(int tag, int len) throws IOException {
    byte[] value = new byte[4];
    writeAttribute(tag, VR.UL, ByteUtils.intToBytes(len, value, 0, bigEndian));
  }

  /** Ends a deflated data set, with a zero byte if its length is odd (PS3.5 A.5). */
  public void finish() throws IOException {
    if (deflated != null) {
      try {
        deflated.finish();
        if ((deflater.getBytesWritten() & 1) != 0) {
          sink.write(0);
        }
      } finally {
        deflater.end();
        deflated = null;
        out = sink;
      }
    }
    out.flush();
  }

  @Override
  public void close() throws IOException {
    try {
      finish();
    } finally {
      sink.close();
    }
  }
}
