package org.dcm4che3.data;

import java.util.Objects;

/** An item on the path to a nested data set. */
public class ItemPointer {
  public final int sequenceTag;
  public final String privateCreator;
  public final int itemIndex;

  public ItemPointer(int sequenceTag, int itemIndex) {
    this(null, sequenceTag, itemIndex);
  }

  public ItemPointer(String privateCreator, int sequenceTag, int itemIndex) {
    this.sequenceTag = sequenceTag;
    this.privateCreator = privateCreator;
    this.itemIndex = itemIndex;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ItemPointer that
        && sequenceTag == that.sequenceTag
        && itemIndex == that.itemIndex
        && Objects.equals(privateCreator, that.privateCreator);
  }

  @Override
  public int hashCode() {
    return Objects.hash(sequenceTag, privateCreator, itemIndex);
  }
}
