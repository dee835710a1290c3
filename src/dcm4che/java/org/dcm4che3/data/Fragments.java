package org.dcm4che3.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import org.dcm4che3.io.DicomEncodingOptions;
import org.dcm4che3.io.DicomOutputStream;

/**
 * Encapsulated pixel data (PS3.5 annex A.4): first the offset table, then the fragments, each a
 * byte array, a {@link BulkData}, or {@link Value#NULL} where it is empty.
 */
public class Fragments extends ArrayList<Object> implements Value {
  private static final long serialVersionUID = 1L;
  private static final int HEADER_LENGTH = 8;

  private final VR vr;
  private final boolean bigEndian;

  public Fragments(VR vr, boolean bigEndian, int initialCapacity) {
    super(initialCapacity);
    this.vr = vr;
    this.bigEndian = bigEndian;
  }

  public VR vr() {
    return vr;
  }

  public boolean bigEndian() {
    return bigEndian;
  }

  @Override
  public boolean add(Object frag) {
    return super.add(checked(frag));
  }

  @Override
  public void add(int index, Object frag) {
    super.add(index, checked(frag));
  }

  @Override
  public boolean addAll(Collection<? extends Object> c) {
    return super.addAll(c.stream().map(Fragments::checked).toList());
  }

  private static Object checked(Object frag) {
    if (frag == null || (frag instanceof byte[] bytes && bytes.length == 0)) {
      return Value.NULL;
    }
    if (frag instanceof byte[] || frag instanceof BulkData || frag == Value.NULL) {
      return frag;
    }
    throw new IllegalArgumentException("frag: neither byte[] nor BulkData");
  }

  @Override
  public String toString() {
    return size() + " Fragments";
  }

  @Override
  public int calcLength(DicomEncodingOptions encOpts, boolean explicitVR, VR vr) {
    int length = HEADER_LENGTH;
    for (Object frag : this) {
      int bytes =
          frag instanceof Value value
              ? value.getEncodedLength(encOpts, explicitVR, vr)
              : ((byte[]) frag).length;
      length = Math.addExact(length, Math.addExact(HEADER_LENGTH, (bytes + 1) & ~1));
    }
    return length;
  }

  @Override
  public int getEncodedLength(DicomEncodingOptions encOpts, boolean explicitVR, VR vr) {
    return -1;
  }

  @Override
  public void writeTo(DicomOutputStream out, VR vr) throws IOException {
    for (Object frag : this) {
      if (frag instanceof Value value) {
        out.writeAttribute(Tag.Item, vr, value);
      } else {
        out.writeAttribute(Tag.Item, vr, (byte[]) frag);
      }
    }
  }

  @Override
  public byte[] toBytes(VR vr, boolean bigEndian) throws IOException {
    return AttributesWriter.bytes(this, vr, bigEndian);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fragments that
        && vr == that.vr
        && Arrays.deepEquals(toArray(), that.toArray());
  }

  @Override
  public int hashCode() {
    return 31 * vr.hashCode() + Arrays.deepHashCode(toArray());
  }
}
