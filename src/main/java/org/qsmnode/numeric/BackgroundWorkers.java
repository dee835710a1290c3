package org.qsmnode.numeric;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * Makes the workers of parallel loops with the lowest thread priority, so that receipt goes first
 * when all cores compute. The launcher sets it as {@code
 * java.util.concurrent.ForkJoinPool.common.threadFactory}, and makes priorities count on Linux.
 */
public final class BackgroundWorkers implements ForkJoinPool.ForkJoinWorkerThreadFactory {

  @Override
  public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
    ForkJoinWorkerThread worker = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
    worker.setPriority(Thread.MIN_PRIORITY);
    return worker;
  }
}
