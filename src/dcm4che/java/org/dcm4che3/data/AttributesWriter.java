package org.dcm4che3.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.dcm4che3.io.DicomEncodingOptions;
import org.dcm4che3.io.DicomOutputStream;
import org.dcm4che3.util.TagUtils;

/** Encoded lengths of data sets, and their encoding. */
final class AttributesWriter {
  private static final int ITEM_HEADER_LENGTH = 8;
  private static final int IMPLICIT_HEADER_LENGTH = 8;
  private static final int GROUP_LENGTH_LENGTH = 12;
  private static final int MAX_SHORT_LENGTH = 0xffff;

  private AttributesWriter() {}

  static int length(Attributes attrs, DicomEncodingOptions encOpts, boolean explicitVR) {
    int length = length(attrs, 0, attrs.size(), encOpts, explicitVR);
    return encOpts.groupLength ? length + GROUP_LENGTH_LENGTH * groups(attrs) : length;
  }

  private static int groups(Attributes attrs) {
    int groups = 0;
    for (int i = 0, groupEnd = 0; i < attrs.size(); i++) {
      if (i >= groupEnd && !isGroupLength(attrs.tagAt(i))) {
        groupEnd = groupEnd(attrs, i);
        groups++;
      }
    }
    return groups;
  }

  private static int length(
      Attributes attrs, int from, int to, DicomEncodingOptions encOpts, boolean explicitVR) {
    SpecificCharacterSet cs = attrs.getSpecificCharacterSet();
    int length = 0;
    for (int i = from; i < to; i++) {
      if (isGroupLength(attrs.tagAt(i))) {
        continue;
      }
      VR vr = attrs.vrAt(i);
      Object value = attrs.valueAt(i);
      int bytes =
          value instanceof Value v
              ? v.calcLength(encOpts, explicitVR, vr)
              : (Values.encode(vr, value, cs).length + 1) & ~1;
      length = Math.addExact(length, Math.addExact(headerLength(vr, bytes, explicitVR), bytes));
    }
    return length;
  }

  private static int headerLength(VR vr, int bytes, boolean explicitVR) {
    if (!explicitVR) {
      return IMPLICIT_HEADER_LENGTH;
    }
    return bytes > MAX_SHORT_LENGTH ? VR.UN.headerLength() : vr.headerLength();
  }

  static int itemLength(Attributes item, DicomEncodingOptions encOpts, boolean explicitVR) {
    int length = Math.addExact(ITEM_HEADER_LENGTH, length(item, encOpts, explicitVR));
    return undefinedLength(item, encOpts) ? Math.addExact(length, ITEM_HEADER_LENGTH) : length;
  }

  private static boolean undefinedLength(Attributes item, DicomEncodingOptions encOpts) {
    return item.isEmpty() ? encOpts.undefEmptyItemLength : encOpts.undefItemLength;
  }

  static void writeItem(Attributes item, DicomOutputStream out) throws IOException {
    DicomEncodingOptions encOpts = out.getEncodingOptions();
    if (undefinedLength(item, encOpts)) {
      out.writeHeader(Tag.Item, null, -1);
      write(item, out);
      out.writeHeader(Tag.ItemDelimitationItem, null, 0);
    } else {
      out.writeHeader(Tag.Item, null, length(item, encOpts, out.isExplicitVR()));
      write(item, out);
    }
  }

  static void write(Attributes attrs, DicomOutputStream out) throws IOException {
    SpecificCharacterSet cs = attrs.getSpecificCharacterSet();
    int groupEnd = 0;
    for (int i = 0; i < attrs.size(); i++) {
      int tag = attrs.tagAt(i);
      if (isGroupLength(tag)) {
        continue;
      }
      if (out.getEncodingOptions().groupLength && i >= groupEnd) {
        groupEnd = groupEnd(attrs, i);
        out.writeGroupLength(
            tag & 0xffff0000,
            length(attrs, i, groupEnd, out.getEncodingOptions(), out.isExplicitVR()));
      }
      VR vr = attrs.vrAt(i);
      Object value = attrs.valueAt(i);
      if (value instanceof byte[] bytes && attrs.bigEndian() != out.isBigEndian()) {
        value = vr.toggleEndian(bytes, true);
      }
      out.writeAttribute(tag, vr, value, cs);
    }
  }

  private static int groupEnd(Attributes attrs, int from) {
    int group = TagUtils.groupNumber(attrs.tagAt(from));
    int end = from;
    while (end < attrs.size() && TagUtils.groupNumber(attrs.tagAt(end)) == group) {
      end++;
    }
    return end;
  }

  private static boolean isGroupLength(int tag) {
    return TagUtils.elementNumber(tag) == 0;
  }

  static byte[] bytes(Value value, VR vr, boolean bigEndian) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DicomOutputStream out =
        new DicomOutputStream(
            bytes, bigEndian ? UID.ExplicitVRBigEndian : UID.ExplicitVRLittleEndian)) {
      value.writeTo(out, vr);
    }
    return bytes.toByteArray();
  }
}
