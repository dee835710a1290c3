package org.qsmnode.store;

/**
 * What the spool takes.
 *
 * @param maxObjectBytes largest data set in bytes
 * @param reservePercent part of the disk, 0..90 percent, that stays free
 */
public record SpoolLimits(long maxObjectBytes, int reservePercent) {

  public SpoolLimits {
    if (maxObjectBytes < 1) {
      throw new IllegalArgumentException("maxObjectBytes must be positive: " + maxObjectBytes);
    }
    if (reservePercent < 0 || reservePercent > 90) {
      throw new IllegalArgumentException("reservePercent must be 0..90: " + reservePercent);
    }
  }
}
