package org.qsmnode.series.find;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.qsmnode.series.header.Component;
import org.qsmnode.series.header.FrameKind;
import org.qsmnode.series.header.ImageTypeTokens;
import org.qsmnode.series.header.IndexedInstance;
import org.qsmnode.series.header.OwnIdentity;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.series.header.ScanFacts;
import org.qsmnode.series.header.Vendor;

/**
 * Why a frame cannot take part in any acquisition.
 *
 * @param outcome {@code IGNORED}, or {@code REFUSED} where a user would expect a result
 */
record Dismissal(Outcome outcome, Reason reason) {

  /** Why an object as a whole is of no use; null if its frames must be looked at. */
  static @Nullable Dismissal of(IndexedInstance instance) {
    if (instance.own()) {
      return ignored(ReasonCode.OWN_RESULT);
    }
    if (instance.frames().isEmpty()) {
      return ignored(ReasonCode.NOT_MR_IMAGE);
    }
    ScanFacts scan = instance.scan();
    if (scan.scout() || isLocaliserSequence(scan.sequenceName())) {
      return ignored(ReasonCode.LOCALISER);
    }
    if (!scan.isGradientEcho()) {
      return ignored(ReasonCode.NOT_GRADIENT_ECHO);
    }
    return scan.projection() ? ignored(ReasonCode.DERIVED_IMAGE) : null;
  }

  /** Why one frame is of no use; null if it may be part of an acquisition. */
  static @Nullable Dismissal of(Vendor vendor, FrameKind kind, Component component) {
    List<String> tokens = kind.imageType();
    List<String> vendorTokens = kind.vendorImageType();
    if (OwnIdentity.isSusceptibilityMap(tokens)) {
      return ignored(ReasonCode.DERIVED_IMAGE);
    }
    if (ImageTypeTokens.isFieldMap(tokens)
        || kind.philipsType().equals("B0")
        || kind.scale().type().toLowerCase(Locale.ROOT).equals("hz")
        || kind.scale().realWorldUnits().equals("Hz")) {
      return refused(ReasonCode.FIELD_MAP);
    }
    boolean filtered =
        ImageTypeTokens.isFiltered(tokens) || ImageTypeTokens.isFiltered(vendorTokens);
    if (filtered && component == Component.PHASE) {
      return ignored(ReasonCode.FILTERED_PHASE);
    }
    if (ImageTypeTokens.isComputed(tokens)
        || ImageTypeTokens.isComputed(vendorTokens)
        || component == Component.OTHER) {
      return ignored(ReasonCode.DERIVED_IMAGE);
    }
    if (ImageTypeTokens.isDerived(tokens) && !ComponentRule.hasStrongSource(vendor, kind)) {
      return ignored(ReasonCode.DERIVED_IMAGE);
    }
    return kind.coil().isEmpty() ? null : refused(ReasonCode.UNCOMBINED_COILS);
  }

  private static boolean isLocaliserSequence(String name) {
    String bare = name.replaceFirst("^[*_]+", "");
    return bare.equals("fl2d1") || bare.equals("tfl2d1");
  }

  private static Dismissal ignored(ReasonCode code) {
    return new Dismissal(Outcome.IGNORED, Reason.of(code));
  }

  private static Dismissal refused(ReasonCode code) {
    return new Dismissal(Outcome.REFUSED, Reason.of(code));
  }
}
