package org.qsmnode.derive;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Functional groups of one frame of an Enhanced object: the per-frame item first, then the shared
 * one (PS3.3 C.7.6.16).
 */
final class FrameGroups {

  private final @Nullable Attributes perFrame;
  private final @Nullable Attributes shared;

  /**
   * Groups of a frame.
   *
   * @param frameNumber counted from 1
   */
  FrameGroups(Attributes object, int frameNumber) {
    this.perFrame = item(object, Tag.PerFrameFunctionalGroupsSequence, frameNumber - 1);
    this.shared = item(object, Tag.SharedFunctionalGroupsSequence, 0);
  }

  /** First item of the functional group, or null. */
  @Nullable Attributes group(int sequenceTag) {
    Attributes own = perFrame == null ? null : item(perFrame, sequenceTag, 0);
    if (own != null) {
      return own;
    }
    return shared == null ? null : item(shared, sequenceTag, 0);
  }

  private static @Nullable Attributes item(Attributes in, int sequenceTag, int index) {
    Sequence sequence = in.getSequence(sequenceTag);
    return sequence == null || index >= sequence.size() ? null : sequence.get(index);
  }
}
