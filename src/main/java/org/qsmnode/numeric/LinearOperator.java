package org.qsmnode.numeric;

/** A linear map between arrays. */
@FunctionalInterface
public interface LinearOperator {

  /** Writes the image of {@code in} to {@code out}, a different array. */
  void apply(float[] in, float[] out);
}
