package org.dcm4che3.data;

import org.dcm4che3.util.TagUtils;

/** Names and value representations of elements (PS3.6). */
public abstract class ElementDictionary {

  ElementDictionary() {}

  public static ElementDictionary getStandardElementDictionary() {
    return StandardDictionary.INSTANCE;
  }

  /** The VR of the element; UN for an unknown one, and for a private one below any creator. */
  public static VR vrOf(int tag, String privateCreator) {
    return StandardDictionary.INSTANCE.vrOf(tag);
  }

  /** The keyword of the element, empty for an unknown or private one. */
  public static String keywordOf(int tag, String privateCreator) {
    return TagUtils.isPrivateTag(tag) ? "" : StandardDictionary.INSTANCE.keywordOf(tag);
  }

  /** The tag of the keyword, -1 if no standard element has it. */
  public static int tagForKeyword(String keyword, String privateCreator) {
    return privateCreator == null ? StandardDictionary.INSTANCE.tagForKeyword(keyword) : -1;
  }

  public abstract VR vrOf(int tag);

  public abstract String keywordOf(int tag);

  public int tagForKeyword(String keyword) {
    return -1;
  }
}
