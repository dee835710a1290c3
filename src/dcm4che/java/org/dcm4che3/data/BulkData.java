package org.dcm4che3.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.dcm4che3.io.DicomEncodingOptions;
import org.dcm4che3.io.DicomOutputStream;
import org.dcm4che3.util.StreamUtils;

/** A value that stays in a file, as a range of bytes of it. */
public class BulkData implements Value {
  private final String uri;
  private final long offset;
  private final long length;
  private final boolean bigEndian;

  /** The range of the file of this URI, in the byte order given. */
  public BulkData(String uri, long offset, long length, boolean bigEndian) {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("offset, length: negative");
    }
    this.uri = uri;
    this.offset = offset;
    this.length = length;
    this.bigEndian = bigEndian;
  }

  public String getURI() {
    return uri + "?offset=" + offset + "&length=" + length;
  }

  public String uriWithoutOffsetAndLength() {
    return uri;
  }

  public boolean bigEndian() {
    return bigEndian;
  }

  public long offset() {
    return offset;
  }

  public long longLength() {
    return length;
  }

  public int length() {
    return Math.toIntExact(length);
  }

  @Override
  public boolean isEmpty() {
    return length == 0;
  }

  public File getFile() {
    return new File(URI.create(uri));
  }

  /** A stream that starts with the value, and goes on after its end to the end of the file. */
  public InputStream openStream() throws IOException {
    InputStream in = new BufferedInputStream(new FileInputStream(getFile()));
    try {
      StreamUtils.skipFully(in, offset);
      return in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  @Override
  public byte[] toBytes(VR vr, boolean bigEndian) throws IOException {
    if (offset + length > getFile().length()) {
      throw new EOFException("file ends before the value");
    }
    byte[] bytes = new byte[length()];
    try (InputStream in = openStream()) {
      StreamUtils.readFully(in, bytes, 0, bytes.length);
    }
    return this.bigEndian == bigEndian ? bytes : vr.toggleEndian(bytes, false);
  }

  @Override
  public void writeTo(DicomOutputStream out, VR vr) throws IOException {
    if (bigEndian != out.isBigEndian() && vr.numEndianBytes() > 1) {
      out.write(toBytes(vr, out.isBigEndian()));
    } else {
      try (InputStream in = openStream()) {
        StreamUtils.copy(in, out, length);
      }
    }
    if ((length & 1) != 0) {
      out.write(vr.paddingByte());
    }
  }

  @Override
  public int calcLength(DicomEncodingOptions encOpts, boolean explicitVR, VR vr) {
    return getEncodedLength(encOpts, explicitVR, vr);
  }

  @Override
  public int getEncodedLength(DicomEncodingOptions encOpts, boolean explicitVR, VR vr) {
    return (length() + 1) & ~1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BulkData that
        && uri.equals(that.uri)
        && offset == that.offset
        && length == that.length
        && bigEndian == that.bigEndian;
  }

  @Override
  public int hashCode() {
    return uri.hashCode() + 31 * Long.hashCode(offset);
  }

  @Override
  public String toString() {
    return "BulkData[offset=" + offset + ", length=" + length + "]";
  }
}
