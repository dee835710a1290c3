package org.qsmnode.network;

/** An array in the memory of a device; whoever receives it frees it. */
interface Tensor {

  /** Gives the memory back at once. */
  void free();
}
