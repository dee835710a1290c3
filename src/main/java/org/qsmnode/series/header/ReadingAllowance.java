package org.qsmnode.series.header;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Memory that the reading of one data set may take. Every reading has a little. Of those that need
 * more, one of each kind goes on at a time in the whole process. So the sum does not depend on the
 * number of peers.
 *
 * <p>Bytes are those of values, with what the objects around them take on a 64-bit Java.
 */
public final class ReadingAllowance implements AutoCloseable {

  private static final long HEAP = Runtime.getRuntime().maxMemory();

  /** What every reading has: a classic MR header takes 10 kB; 1000 associations, half the heap. */
  static final long SMALL_BYTES = Math.min(1 << 20, HEAP / 2048);

  /** What one reading may take: 20,000 frames at a heap of 512 MiB, and an eighth of any heap. */
  static final long LARGE_BYTES = HEAP / 8;

  /** A large header of a sound object is read in a second or two. */
  private static final int WAIT_SECONDS = 30;

  private static final int ELEMENT_BYTES = 100;
  private static final int ITEM_BYTES = 400;

  /** One large reading of a file at a time. */
  private static final Semaphore LARGE_FILE = new Semaphore(1, true);

  /** Apart from files, as a peer decides how long its request takes to come. */
  private static final Semaphore LARGE_REQUEST = new Semaphore(1, true);

  private final Semaphore permit;
  private long used;
  private boolean large;

  private ReadingAllowance(Semaphore permit) {
    this.permit = permit;
  }

  /** For a file, or an object that is whole in memory. */
  public static ReadingAllowance ofFile() {
    return new ReadingAllowance(LARGE_FILE);
  }

  /** For the data set of a request that comes over the network while it is read. */
  static ReadingAllowance ofRequest() {
    return new ReadingAllowance(LARGE_REQUEST);
  }

  /** Counts an element with a value of this length. */
  void element(long valueBytes) throws HeaderTooLargeException {
    take(ELEMENT_BYTES + valueBytes);
  }

  /** Counts an item of a sequence. */
  void item() throws HeaderTooLargeException {
    take(ITEM_BYTES);
  }

  /** Bytes counted so far. */
  public long used() {
    return used;
  }

  private void take(long bytes) throws HeaderTooLargeException {
    used += bytes;
    if (used > LARGE_BYTES) {
      throw new HeaderTooLargeException(
          "the header of an object takes more than the %d MiB that a heap of %d MiB leaves for one"
              .formatted(LARGE_BYTES >> 20, HEAP >> 20));
    }
    if (used > SMALL_BYTES && !large) {
      large = acquired();
    }
  }

  private boolean acquired() throws HeaderTooLargeException {
    try {
      if (permit.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        return true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new HeaderTooLargeException("other objects with large headers are being read");
  }

  @Override
  public void close() {
    if (large) {
      large = false;
      permit.release();
    }
  }
}
