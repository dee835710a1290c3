package org.dcm4che3.data;

import java.util.Arrays;

/** Compares values by what they mean: texts without padding, numbers in either byte order. */
final class AttributesComparison {
  private AttributesComparison() {}

  static boolean equal(Attributes a, Attributes b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (a.tagAt(i) != b.tagAt(i) || a.vrAt(i) != b.vrAt(i) || !equalValues(a, i, b, i)) {
        return false;
      }
    }
    return true;
  }

  static boolean equalValues(Attributes a, Attributes b, int tag) {
    int i = a.indexOf(tag);
    int j = b.indexOf(tag);
    return i < 0 || j < 0 ? i < 0 && j < 0 : equalValues(a, i, b, j);
  }

  private static boolean equalValues(Attributes a, int i, Attributes b, int j) {
    Object value = a.valueAt(i);
    Object other = b.valueAt(j);
    if (Attributes.isEmpty(value) || Attributes.isEmpty(other)) {
      return Attributes.isEmpty(value) && Attributes.isEmpty(other);
    }
    if (value instanceof Value || other instanceof Value) {
      return value.equals(other);
    }
    VR vr = a.vrAt(i);
    if (vr.isStringType() != b.vrAt(j).isStringType()) {
      return false;
    }
    if (vr.isStringType()) {
      return Arrays.equals(
          Values.strings(vr, value, a.bigEndian(), a.getSpecificCharacterSet()),
          Values.strings(b.vrAt(j), other, b.bigEndian(), b.getSpecificCharacterSet()));
    }
    byte[] bytes = (byte[]) other;
    return Arrays.equals(
        (byte[]) value, a.bigEndian() == b.bigEndian() ? bytes : vr.toggleEndian(bytes, true));
  }
}
