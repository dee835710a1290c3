package org.qsmnode.web;

import java.io.IOException;
import java.io.InputStream;

/** Where objects go that come by STOW-RS. */
@FunctionalInterface
public interface StowReceiver {

  /**
   * Keeps one object durably, or says why not.
   *
   * @param part10 a Part 10 file, read to its end when the object is kept
   * @throws IOException if the stream breaks or the node fails
   */
  StowOutcome store(InputStream part10) throws IOException;
}
