package org.dcm4che3.io;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts the bytes that the current thread allocates from now on. */
final class AllocationMeter {
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final long start = threads.getCurrentThreadAllocatedBytes();

  long bytes() {
    return threads.getCurrentThreadAllocatedBytes() - start;
  }
}
