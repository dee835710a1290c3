package org.qsmnode.network;

/** A library that computes networks on a device. Engines come from {@link Engines#running}. */
public interface Engine {

  /** Library and version. */
  String name();

  /** What it computes on, such as {@code CPU, 2 threads}. */
  String device();

  /** Opens a network with its own copy of the weights. Networks are for one thread at a time. */
  Network open(Weights weights);
}
