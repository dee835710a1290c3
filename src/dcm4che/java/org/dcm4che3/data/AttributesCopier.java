package org.dcm4che3.data;

import org.dcm4che3.util.TagUtils;

/**
 * Deep copies of elements. Private elements go to the block of their creator in the target; texts
 * keep their bytes where the target's character set gives them the same meaning. A target that has
 * elements but no character set takes no text of a source with one.
 */
final class AttributesCopier {
  private final Attributes source;
  private final Attributes target;
  private final boolean refusesTexts;

  AttributesCopier(Attributes source, Attributes target) {
    this.source = source;
    this.target = target;
    this.refusesTexts =
        !target.isEmpty()
            && target.getSpecificCharacterSet().isASCII()
            && !source.getSpecificCharacterSet().isASCII();
  }

  /** Copies elements with these tags, in ascending order; returns whether there was one. */
  boolean copySelected(int... selection) {
    checkAscending(selection);
    boolean copied = false;
    for (int tag : selection) {
      int index = source.indexOf(tag);
      if (index >= 0) {
        copy(index);
        copied = true;
      }
    }
    return copied;
  }

  /** Copies elements with none of these tags, in ascending order; returns whether there was one. */
  boolean copyNotSelected(int... selection) {
    checkAscending(selection);
    boolean copied = false;
    int next = 0;
    for (int i = 0; i < source.size(); i++) {
      int tag = source.tagAt(i);
      while (next < selection.length && Integer.compareUnsigned(selection[next], tag) < 0) {
        next++;
      }
      if (next == selection.length || selection[next] != tag) {
        copy(i);
        copied = true;
      }
    }
    return copied;
  }

  private static void checkAscending(int... selection) {
    for (int i = 1; i < selection.length; i++) {
      if (Integer.compareUnsigned(selection[i - 1], selection[i]) >= 0) {
        throw new IllegalArgumentException("selection: tags not in ascending order");
      }
    }
  }

  private void copy(int index) {
    int tag = source.tagAt(index);
    if (refusesTexts && source.vrAt(index).useSpecificCharacterSet()) {
      throw new IncompatibleSpecificCharacterSetException(
          "text for a data set without character set: " + TagUtils.toString(tag));
    }
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
