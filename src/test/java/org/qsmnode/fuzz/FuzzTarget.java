package org.qsmnode.fuzz;

import java.util.List;

/** A parser that reads what strangers send. */
public interface FuzzTarget {

  /** A word for it, used for files and on the command line. */
  String name();

  /** Sound inputs to start from, made by code. */
  List<byte[]> seeds() throws Exception;

  /**
   * Reads an input.
   *
   * @throws Exception whatever the parser does not promise to throw; a refusal is no exception here
   */
  void read(byte[] input) throws Exception;

  /** Most bytes that reading may allocate. */
  default long mayAllocate(byte[] input) {
    return (1L << 20) + 256L * input.length;
  }
}
