package org.dcm4che3.data;

import java.util.Arrays;

/** Tags with VR and value, sorted by tag as an unsigned number. */
final class ElementStore {
  private static final int[] NO_TAGS = {};
  private static final VR[] NO_VRS = {};
  private static final Object[] NO_VALUES = {};
  private static final int MIN_CAPACITY = 4;

  private int[] tags;
  private VR[] vrs;
  private Object[] values;
  private int size;

  ElementStore(int capacity) {
    tags = capacity == 0 ? NO_TAGS : new int[capacity];
    vrs = capacity == 0 ? NO_VRS : new VR[capacity];
    values = capacity == 0 ? NO_VALUES : new Object[capacity];
  }

  int size() {
    return size;
  }

  int tag(int index) {
    return tags[index];
  }

  VR vr(int index) {
    return vrs[index];
  }

  Object value(int index) {
    return values[index];
  }

  void setValue(int index, Object value) {
    values[index] = value;
  }

  int[] tags() {
    return Arrays.copyOf(tags, size);
  }

  /** The index of the tag, or {@code -(index where it belongs) - 1}. */
  int indexOf(int tag) {
    int high = size - 1;
    if (high < 0 || Integer.compareUnsigned(tags[high], tag) < 0) {
      return -size - 1;
    }
    int low = 0;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Integer.compareUnsigned(tags[middle], tag);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }

  /** Sets the element; returns the value that it had, null if it was not there. */
  Object put(int tag, VR vr, Object value) {
    int index = indexOf(tag);
    if (index >= 0) {
      Object previous = values[index];
      vrs[index] = vr;
      values[index] = value;
      return previous;
    }
    index = -index - 1;
    if (size == tags.length) {
      resize(Math.max(MIN_CAPACITY, size + (size >> 1)));
    }
    int moved = size - index;
    if (moved > 0) {
      System.arraycopy(tags, index, tags, index + 1, moved);
      System.arraycopy(vrs, index, vrs, index + 1, moved);
      System.arraycopy(values, index, values, index + 1, moved);
    }
    tags[index] = tag;
    vrs[index] = vr;
    values[index] = value;
    size++;
    return null;
  }

  Object removeAt(int index) {
    Object removed = values[index];
    size--;
    int moved = size - index;
    System.arraycopy(tags, index + 1, tags, index, moved);
    System.arraycopy(vrs, index + 1, vrs, index, moved);
    System.arraycopy(values, index + 1, values, index, moved);
    values[size] = null;
    return removed;
  }

  void clear() {
    Arrays.fill(values, 0, size, null);
    size = 0;
  }

  void trimToSize() {
    if (size < tags.length) {
      resize(size);
    }
  }

  private void resize(int capacity) {
    tags = Arrays.copyOf(tags, capacity);
    vrs = Arrays.copyOf(vrs, capacity);
    values = Arrays.copyOf(values, capacity);
  }
}
