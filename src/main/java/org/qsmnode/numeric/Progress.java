package org.qsmnode.numeric;

/** Receives how far a long computation has come. */
@FunctionalInterface
public interface Progress {

  /** Tells nobody. */
  Progress NONE = (stage, fraction) -> {};

  /**
   * Reports progress.
   *
   * @param stage short name of what is being done, for example {@code background}
   * @param fraction part of this stage that is done, 0 to 1
   */
  void at(String stage, double fraction);
}
