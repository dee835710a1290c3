package org.qsmnode.network;

import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * libtorch on the first NVIDIA GPU in a build of the profile {@code gpu}, else on the CPU. A GPU
 * that such a build does not find is said in the log.
 */
public final class LibtorchEngine implements Engine {

  private static final Logger LOG = LoggerFactory.getLogger(LibtorchEngine.class);
  private static final long BLOCK_VOXELS = 10_000_000;
  private static final long BLOCK_VOXELS_GPU = 100_000_000;

  private final boolean gpu;
  private final Kernels kernels;

  /** Called by the service loader. */
  public LibtorchEngine() {
    gpu = torch.cuda_is_available();
    if (!gpu && torch.hasCUDA()) {
      LOG.warn("this build is for an NVIDIA GPU and finds none; networks run on the CPU");
    }
    torch.globalContext().setAllowTF32CuDNN(false);
    torch.globalContext().setDeterministicCuDNN(true);
    kernels = new LibtorchKernels(new Device(gpu ? "cuda:0" : "cpu"));
  }

  @Override
  public String name() {
    return "libtorch 2.10.0";
  }

  @Override
  public String device() {
    return gpu ? "NVIDIA GPU 0" : "CPU, %d threads".formatted(torch.get_num_threads());
  }

  @Override
  public Network open(Weights weights) {
    return new Network(kernels, weights, gpu ? BLOCK_VOXELS_GPU : BLOCK_VOXELS);
  }
}
