package org.qsmnode.simulate.head;

/** How far simulated heads differ from one another. */
public enum Variety {
  /** Healthy values that vary as between people; findings of one typical size. */
  ORDINARY,
  /** Everything drawn from ranges as wide as patients show, for training and shift tests. */
  WIDE
}
