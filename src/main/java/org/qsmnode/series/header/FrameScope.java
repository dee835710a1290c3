package org.qsmnode.series.header;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.jspecify.annotations.Nullable;

/**
 * Looks up attributes of one frame (PS3.3 C.7.6.16, C.7.6.16.2.29). The order: per-frame functional
 * group, shared group, attributes that a conversion left unassigned, top level. For a classic image
 * the top level is all there is.
 */
public final class FrameScope {

  /** Looks at the top level only. */
  static final int TOP = 0;

  private static final String PHILIPS_FRAME = "Philips MR Imaging DD 005";
  private static final int PHILIPS_FRAME_TAG = 0x2005140F;
  private static final String SIEMENS_FRAME = "SIEMENS MR SDI 02";
  private static final int SIEMENS_FRAME_TAG = 0x002111FE;

  private final Attributes top;
  private final List<Attributes> groups = new ArrayList<>(2);
  private final List<Attributes> plain = new ArrayList<>(6);

  private FrameScope(Attributes top, @Nullable Attributes perFrame, @Nullable Attributes shared) {
    this.top = top;
    for (Attributes group : new Attributes[] {perFrame, shared}) {
      if (group != null) {
        groups.add(group);
      }
    }
    addNested(perFrame, Tag.UnassignedPerFrameConvertedAttributesSequence);
    addNested(shared, Tag.UnassignedSharedConvertedAttributesSequence);
    for (Attributes group : groups) {
      addPrivate(group, PHILIPS_FRAME, PHILIPS_FRAME_TAG);
      addPrivate(group, PHILIPS_FRAME.toUpperCase(Locale.ROOT), PHILIPS_FRAME_TAG);
      addPrivate(group, SIEMENS_FRAME, SIEMENS_FRAME_TAG);
    }
    plain.add(top);
  }

  static FrameScope ofClassic(Attributes dataset) {
    return new FrameScope(dataset, null, null);
  }

  /** Scope of the frame with this 0-based index in an enhanced object. */
  public static FrameScope ofFrame(Attributes dataset, int index) {
    Attributes shared = dataset.getNestedDataset(Tag.SharedFunctionalGroupsSequence);
    Sequence perFrame = dataset.getSequence(Tag.PerFrameFunctionalGroupsSequence);
    return new FrameScope(dataset, perFrame.get(index), shared);
  }

  String text(int group, int tag) {
    Attributes holder = holder(group, tag);
    return holder == null ? "" : clean(holder.getString(tag));
  }

  /**
   * Text outside the functional groups, such as in a maker's private copy of the frame's header.
   */
  String plainText(int tag, String absent) {
    for (Attributes holder : plain) {
      if (holder.containsValue(tag)) {
        return clean(holder.getString(tag));
      }
    }
    return absent;
  }

  String upper(int group, int tag) {
    return text(group, tag).toUpperCase(Locale.ROOT);
  }

  List<String> upperList(int group, int tag) {
    Attributes holder = holder(group, tag);
    return holder == null ? List.of() : cleanList(holder.getStrings(tag));
  }

  double number(int group, int tag) {
    Attributes holder = holder(group, tag);
    return holder == null ? Double.NaN : holder.getDouble(tag, Double.NaN);
  }

  public double @Nullable [] numbers(int group, int tag, int count) {
    Attributes holder = holder(group, tag);
    double[] values = holder == null ? null : holder.getDoubles(tag);
    return values == null || values.length < count ? null : values;
  }

  int integer(int group, int tag, int absent) {
    Attributes holder = holder(group, tag);
    return holder == null ? absent : holder.getInt(tag, absent);
  }

  /** Item of a sequence in the functional groups, or null. */
  @Nullable Attributes item(int sequence) {
    for (Attributes group : groups) {
      Attributes item = group.getNestedDataset(sequence);
      if (item != null) {
        return item;
      }
    }
    return top.getNestedDataset(sequence);
  }

  /** Private text values; the creator is also tried in upper case. */
  List<String> privateTexts(String creator, int tag) {
    PrivateElement found = privateElement(creator, tag);
    return found == null
        ? List.of()
        : cleanList(found.holder.getStrings(found.creator, tag, found.unknownAs(VR.LO)));
  }

  /** First private number of DS, FL or FD; the creator is also tried in upper case. */
  double privateNumber(String creator, int tag, VR expected) {
    PrivateElement found = privateElement(creator, tag);
    return found == null
        ? Double.NaN
        : found.holder.getDouble(found.creator, tag, found.unknownAs(expected), Double.NaN);
  }

  /** First private number of an integer VR; the creator is also tried in upper case. */
  int privateInteger(String creator, int tag, VR expected, int absent) {
    PrivateElement found = privateElement(creator, tag);
    return found == null
        ? absent
        : found.holder.getInt(found.creator, tag, found.unknownAs(expected), absent);
  }

  private @Nullable PrivateElement privateElement(String creator, int tag) {
    for (Attributes holder : plain) {
      for (String spelled : List.of(creator, creator.toUpperCase(Locale.ROOT))) {
        if (holder.containsValue(spelled, tag)) {
          return new PrivateElement(holder, spelled, tag);
        }
      }
    }
    return null;
  }

  /** A private element that has a value, with its creator as it is spelled there. */
  private record PrivateElement(Attributes holder, String creator, int tag) {

    /** The VR to read a value of unknown VR by; none for a value that has its VR. */
    @Nullable VR unknownAs(VR expected) {
      return holder.getVR(creator, tag) == VR.UN ? expected : null;
    }
  }

  private @Nullable Attributes holder(int group, int tag) {
    if (group != TOP) {
      for (Attributes functional : groups) {
        Attributes item = functional.getNestedDataset(group);
        if (item != null && item.containsValue(tag)) {
          return item;
        }
      }
      for (Attributes other : plain) {
        if (other.containsValue(tag)) {
          return other;
        }
      }
      return null;
    }
    return top.containsValue(tag) ? top : null;
  }

  private void addNested(@Nullable Attributes group, int sequence) {
    Attributes item = group == null ? null : group.getNestedDataset(sequence);
    if (item != null) {
      plain.add(item);
    }
  }

  private void addPrivate(Attributes group, String creator, int tag) {
    Attributes item = group.getNestedDataset(creator, tag);
    if (item != null) {
      plain.add(item);
    }
  }

  private static List<String> cleanList(String @Nullable [] values) {
    if (values == null) {
      return List.of();
    }
    List<String> cleaned = new ArrayList<>(values.length);
    for (String value : FactText.few(Arrays.asList(values))) {
      cleaned.add(clean(value).toUpperCase(Locale.ROOT));
    }
    return cleaned;
  }

  private static String clean(@Nullable String value) {
    return value == null ? "" : FactText.cut(value.trim());
  }
}
