package org.dcm4che3.data;

import org.dcm4che3.util.TagUtils;

/** The blocks that private creators reserve in the odd groups of a data set (PS3.5 7.8.1). */
final class PrivateBlocks {
  private static final int FIRST = 0x10;
  private static final int LAST = 0xff;

  private PrivateBlocks() {}

  static int creatorTag(int group, int block) {
    return (group & 0xffff0000) | block;
  }

  /** The tag of the creator of the block to which the private tag belongs. */
  static int creatorTagOf(int tag) {
    return creatorTag(tag, (tag >>> 8) & 0xff);
  }

  /** The tag of the n-th creator element with this value, -1 if there is none. */
  static int find(Attributes attrs, String creator, int tag, int n) {
    int seen = 0;
    for (int i = attrs.firstIndexFrom(creatorTag(tag, FIRST)); i < attrs.size(); i++) {
      int creatorTag = attrs.tagAt(i);
      if (Integer.compareUnsigned(creatorTag, creatorTag(tag, LAST)) > 0) {
        break;
      }
      if (creator.equals(attrs.getString(creatorTag)) && seen++ == n) {
        return creatorTag;
      }
    }
    return -1;
  }

  /** The number of blocks before this one that the same creator reserves in the group. */
  static int ordinal(Attributes attrs, String creator, int creatorTag) {
    int n = 0;
    while (find(attrs, creator, creatorTag, n) != creatorTag) {
      n++;
    }
    return n;
  }

  /** The tag of the n-th block of the creator, which is reserved first if there is none. */
  static int reserve(Attributes attrs, String creator, int tag, int n) {
    if (!TagUtils.isPrivateGroup(tag)) {
      throw new IllegalArgumentException("tag: no private group");
    }
    int creatorTag = find(attrs, creator, tag, n);
    if (creatorTag == -1) {
      creatorTag = freeBlock(attrs, tag);
      attrs.setString(creatorTag, VR.LO, creator);
    }
    return creatorTag;
  }

  private static int freeBlock(Attributes attrs, int tag) {
    int preferred = creatorTagOf(tag);
    if (TagUtils.isPrivateCreator(preferred) && !attrs.contains(preferred)) {
      return preferred;
    }
    for (int block = FIRST; block <= LAST; block++) {
      if (!attrs.contains(creatorTag(tag, block))) {
        return creatorTag(tag, block);
      }
    }
    throw new IllegalStateException("no free private block in the group");
  }
}
