package org.qsmnode.network;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * ND4J on the CPU, in the build with oneDNN; the build without is refused, being 20 times slower.
 */
public final class Nd4jEngine implements Engine {

  private static final long BLOCK_VOXELS = 10_000_000;

  private final Kernels kernels = new Nd4jKernels();
  private final int threads;

  /** Called by the service loader. */
  public Nd4jEngine() {
    Nd4j.getMemoryManager().togglePeriodicGc(false);
    NativeOps library = NativeOpsHolder.getInstance().getDeviceNativeOps();
    refuseSlowBuild(library.buildInfo(), Nd4j.getEnvironment().helpersAllowed());
    threads = library.ompGetMaxThreads();
  }

  static void refuseSlowBuild(String buildInfo, boolean helpersAllowed) {
    if (!buildInfo.contains("HAVE_ONEDNN") || !helpersAllowed) {
      throw new IllegalStateException(
          "the ND4J on the class path does not use oneDNN; nd4j-native with the classifier"
              + " linux-x86_64-onednn is needed, and no other");
    }
  }

  @Override
  public String name() {
    return "ND4J 1.0.0-M2.1 with oneDNN";
  }

  @Override
  public String device() {
    return "CPU, %d threads".formatted(threads);
  }

  @Override
  public Network open(Weights weights) {
    return new Network(kernels, weights, BLOCK_VOXELS);
  }
}
