package org.qsmnode.field.phase;

import java.util.Arrays;
import java.util.List;

/** How phase is unwrapped in space. */
public enum Unwrapping {
  /** Along the best edges between neighbours first; exact where phase steps stay below pi. */
  REGION_GROWING("regionGrowing"),

  /** By least squares of all phase differences at once; spreads what does not fit. */
  LAPLACIAN("laplacian");

  private final String word;

  Unwrapping(String word) {
    this.word = word;
  }

  /** The word for it in settings. */
  public String word() {
    return word;
  }

  /** All words, the default first. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Unwrapping::word).toList();
  }

  /**
   * The method of a word.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Unwrapping of(String word) {
    return Arrays.stream(values())
        .filter(method -> method.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no unwrapping method " + word));
  }
}
