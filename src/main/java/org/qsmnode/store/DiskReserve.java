package org.qsmnode.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** The part of the disk of a folder that has to stay free; looked up once a second. */
public final class DiskReserve {

  private static final long CHECK_NANOS = 1_000_000_000L;

  private final Path folder;
  private final int percent;
  private final AtomicLong checkedAt = new AtomicLong(Long.MIN_VALUE);
  private volatile boolean reached;

  /**
   * A reserve.
   *
   * @param folder exists
   * @param percent of the disk, 0 for none
   */
  public DiskReserve(Path folder, int percent) {
    this.folder = folder;
    this.percent = percent;
  }

  /** True while less than the reserve is free. */
  public boolean isReached() throws IOException {
    long now = System.nanoTime();
    long last = checkedAt.get();
    if ((last == Long.MIN_VALUE || now - last > CHECK_NANOS)
        && checkedAt.compareAndSet(last, now)) {
      var disk = Files.getFileStore(folder);
      reached = disk.getUsableSpace() < disk.getTotalSpace() / 100.0 * percent;
    }
    return reached;
  }
}
