package org.qsmnode.camel;

import java.util.Set;

/**
 * What is kept for callers that the site has named, whatever others do.
 *
 * @param aeTitles calling AE titles that the site knows; with none, nothing is kept
 * @param percent part of all associations that only those callers get
 * @param perAddress associations open at a time from one address, not counting those kept for known
 *     callers; 0: as many as leave the reserved part free
 */
public record ReservedAssociations(Set<String> aeTitles, int percent, int perAddress) {

  /** Nobody is known, and one address may have all associations. */
  public static final ReservedAssociations NONE = new ReservedAssociations(Set.of(), 0, 0);

  public ReservedAssociations {
    aeTitles = Set.copyOf(aeTitles);
  }

  boolean knows(String callingAeTitle) {
    return aeTitles.contains(callingAeTitle);
  }

  /** How many of all associations anybody may have. */
  int open(int most) {
    return aeTitles.isEmpty() ? most : most - part(most);
  }

  /** How many of those one address may have. */
  int openPerAddress(int most) {
    return perAddress > 0 ? perAddress : most - part(most);
  }

  /**
   * How many of the reserved ones one address may have: half of them, so that somebody who forges a
   * known title cannot have them all.
   */
  int reservedPerAddress(int most) {
    return (most - open(most) + 1) / 2;
  }

  private int part(int most) {
    return most * percent / 100;
  }
}
