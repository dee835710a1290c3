package org.qsmnode.series;

import java.util.Comparator;
import java.util.List;

/** One frame with its object and what its pixels are. */
record RunFrame(IndexedInstance instance, FrameFacts facts, Component component) {

  /** By instance number, then identifier: the same in any order of arrival. */
  static final Comparator<RunFrame> ORDER =
      Comparator.comparingInt((RunFrame f) -> f.instance().place().seriesNumber())
          .thenComparingInt(f -> f.instance().place().instanceNumber())
          .thenComparing(f -> f.instance().sopInstanceUid())
          .thenComparingInt(f -> f.facts().frameNumber());

  FrameKind kind() {
    return facts.kind();
  }

  /** Echo time in ms, 0 where the header has none. */
  double echoTimeMs() {
    double te = facts.kind().echoTimeMs();
    return Double.isFinite(te) ? te : 0;
  }

  /** Image type without the tokens that name the component: which reconstruction this is. */
  List<String> signature() {
    List<String> own = facts.kind().vendorImageType();
    return ImageTypeTokens.signature(own.isEmpty() ? facts.kind().imageType() : own);
  }

  RunFrame as(Component other) {
    return new RunFrame(instance, facts, other);
  }
}
