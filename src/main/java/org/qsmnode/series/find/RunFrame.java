package org.qsmnode.series.find;

import java.util.Comparator;
import java.util.List;
import org.qsmnode.series.header.Component;
import org.qsmnode.series.header.FrameFacts;
import org.qsmnode.series.header.FrameKind;
import org.qsmnode.series.header.ImageTypeTokens;
import org.qsmnode.series.header.IndexedInstance;

/**
 * One frame with its object and what its pixels are. Compared by identity: each frame of a study is
 * one object.
 */
final class RunFrame {

  /** By instance number, then identifier: the same in any order of arrival. */
  static final Comparator<RunFrame> ORDER =
      Comparator.comparingInt((RunFrame f) -> f.instance().place().seriesNumber())
          .thenComparingInt(f -> f.instance().place().instanceNumber())
          .thenComparing(f -> f.instance().sopInstanceUid())
          .thenComparingInt(f -> f.facts().frameNumber());

  private final IndexedInstance instance;
  private final FrameFacts facts;
  private final Component component;
  private final List<String> signature;

  RunFrame(IndexedInstance instance, FrameFacts facts, Component component) {
    this(instance, facts, component, signature(facts.kind()));
  }

  private RunFrame(
      IndexedInstance instance, FrameFacts facts, Component component, List<String> signature) {
    this.instance = instance;
    this.facts = facts;
    this.component = component;
    this.signature = signature;
  }

  IndexedInstance instance() {
    return instance;
  }

  FrameFacts facts() {
    return facts;
  }

  Component component() {
    return component;
  }

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
    return signature;
  }

  private static List<String> signature(FrameKind kind) {
    List<String> own = kind.vendorImageType();
    return ImageTypeTokens.signature(own.isEmpty() ? kind.imageType() : own);
  }

  RunFrame as(Component other) {
    return new RunFrame(instance, facts, other, signature);
  }
}
