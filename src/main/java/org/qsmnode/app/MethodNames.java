package org.qsmnode.app;

import java.util.Iterator;
import org.qsmnode.pipeline.Inversions;

/** The inversion methods, for help texts. */
final class MethodNames implements Iterable<String> {

  @Override
  public Iterator<String> iterator() {
    return Inversions.names().iterator();
  }
}
