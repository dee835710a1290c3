package org.dcm4che3.data;

import java.util.Arrays;
import org.dcm4che3.util.TagUtils;

/**
 * Deep copies of elements. Private elements go to the block of their creator in the target; texts
 * keep their bytes where the target's character set gives them the same meaning.
 */
final class AttributesCopier {
  private final Attributes source;
  private final Attributes target;

  AttributesCopier(Attributes source, Attributes target) {
    this.source = source;
    this.target = target;
  }

  /** Copies elements with these tags; returns whether there was one. */
  boolean copySelected(int... selection) {
    boolean copied = false;
    for (int tag : sortedUnsigned(selection)) {
      int index = source.indexOf(tag);
      if (index >= 0) {
        copy(index);
        copied = true;
      }
    }
    return copied;
  }

  /** Copies elements with none of these tags; returns whether there was one. */
  boolean copyNotSelected(int... selection) {
    int[] excluded = sortedUnsigned(selection);
    boolean copied = false;
    int next = 0;
    for (int i = 0; i < source.size(); i++) {
      int tag = source.tagAt(i);
      while (next < excluded.length && Integer.compareUnsigned(excluded[next], tag) < 0) {
        next++;
      }
      if (next == excluded.length || excluded[next] != tag) {
        copy(i);
        copied = true;
      }
    }
    return copied;
  }

  private static int[] sortedUnsigned(int... tags) {
    int[] sorted = new int[tags.length];
    Arrays.setAll(sorted, i -> tags[i] ^ Integer.MIN_VALUE);
    Arrays.sort(sorted);
    Arrays.setAll(sorted, i -> sorted[i] ^ Integer.MIN_VALUE);
    return sorted;
  }

  private void copy(int index) {
    int tag = source.tagAt(index);
    if (TagUtils.isPrivateCreator(tag)) {
      copyCreator(tag, index);
      return;
    }
    int copyTag = targetTag(tag);
    VR vr = source.vrAt(index);
    if (source.valueAt(index) instanceof Sequence items) {
      Sequence copies = target.newSequence(copyTag, items.size());
      for (Attributes item : items) {
        Attributes copy = new Attributes(target.bigEndian(), item.size());
        copies.add(copy);
        copy.addAll(item);
      }
    } else {
      target.put(copyTag, vr, copyOf(vr, source.valueAt(index)));
    }
  }

  private void copyCreator(int tag, int index) {
    String creator = source.getString(tag);
    if (creator != null) {
      PrivateBlocks.reserve(
          target, creator, tag << 8 & 0xff00 | tag & 0xffff0000, ordinal(creator, tag));
    } else if (!target.contains(tag)) {
      target.put(tag, source.vrAt(index), Value.NULL);
    }
  }

  private int ordinal(String creator, int creatorTag) {
    return PrivateBlocks.ordinal(source, creator, creatorTag);
  }

  private int targetTag(int tag) {
    String creator = source.privateCreatorOf(tag);
    if (creator == null) {
      return tag;
    }
    int n = ordinal(creator, PrivateBlocks.creatorTagOf(tag));
    return TagUtils.toPrivateTag(PrivateBlocks.reserve(target, creator, tag, n), tag);
  }

  private Object copyOf(VR vr, Object value) {
    if (value instanceof Fragments fragments) {
      Fragments copy = new Fragments(vr, fragments.bigEndian(), fragments.size());
      copy.addAll(fragments);
      return copy;
    }
    if (!(value instanceof byte[] bytes)) {
      return value;
    }
    if (vr.useSpecificCharacterSet() && !Values.isPlainAscii(bytes)) {
      SpecificCharacterSet cs = source.getSpecificCharacterSet();
      return target.getSpecificCharacterSet().contains(cs) ? bytes : Values.text(vr, bytes, cs);
    }
    return target.bigEndian() == source.bigEndian() ? bytes : vr.toggleEndian(bytes, true);
  }
}
