package org.qsmnode.derive;

/** Display window in ppb. */
public record Window(int centerPpb, int widthPpb) {

  public Window {
    if (widthPpb < 1) {
      throw new IllegalArgumentException("widthPpb must be at least 1: " + widthPpb);
    }
  }
}
