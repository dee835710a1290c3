package org.qsmnode.inversion;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.qsmnode.evaluate.Accuracy;
import org.qsmnode.evaluate.Calibration;
import org.qsmnode.field.FieldOrigin;
import org.qsmnode.field.LocalField;
import org.qsmnode.numeric.Progress;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.pipeline.Inversions;
import org.qsmnode.simulate.Simulation;
import org.qsmnode.simulate.SimulationRequest;
import org.qsmnode.simulate.dicom.Vendor;
import org.qsmnode.simulate.signal.ScanGeometry;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Morphology;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/**
 * Time, memory, accuracy and calibration of the inversions on a simulated head whose local field is
 * known: dipole in image space, on sub-voxels from 1.5 mm on, noise as large as the magnitude says.
 *
 * <p>Arguments: nx ny nz voxelMm snr seed, for example {@code 184 184 174 1 60 1}.
 */
public final class HeadInversion {

  private static final PrintStream OUT = System.out;

  private HeadInversion() {}

  public static void main(String[] args) throws IOException {
    int[] n = {Integer.parseInt(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2])};
    double voxelMm = Double.parseDouble(args[3]);
    double snr = Double.parseDouble(args[4]);
    long seed = Long.parseLong(args[5]);
    SimulationRequest request =
        SimulationRequest.defaults(Vendor.SIEMENS, seed)
            .with(ScanGeometry.axial(n[0], n[1], n[2], voxelMm, voxelMm))
            .sampledAt(voxelMm < 1.5 ? voxelMm : voxelMm / 2);
    Simulation.Case head = Simulation.simulate(request, Progress.NONE);
    LocalField field = field(head, snr, seed);
    OUT.printf(
        "%dx%dx%d at %s mm, SNR %s, %d mask voxels, median sd %.5f ppm%n",
        n[0], n[1], n[2], voxelMm, snr, field.mask().count(), median(field));
    for (String method : new String[] {"tkd", "gaussian"}) {
      run(method, field, head.truth().chiPpm());
    }
  }

  private static void run(String method, LocalField field, Volume truth) {
    System.gc();
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      pool.resetPeakUsage();
    }
    long before = processorNanos();
    Posterior posterior = Inversions.named(method, Map.of()).invert(field, Progress.NONE);
    long peak = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      peak += pool.getType() == MemoryType.HEAP ? pool.getPeakUsage().getUsed() : 0;
    }
    OUT.printf(
        "%n%s: %.0f processor seconds, peak heap %d MB%n%s%n",
        method, (processorNanos() - before) / 1e9, peak >> 20, posterior.findings());
    OUT.println("  all:  " + Accuracy.of(posterior.chiPpm(), truth, field.mask()));
    Mask deep = Morphology.erodeVoxels(field.mask(), 4);
    OUT.println("  deep: " + Accuracy.of(posterior.chiPpm(), truth, deep));
    posterior
        .sdPpm()
        .ifPresent(
            sd -> {
              OUT.println("  all:  " + Calibration.of(posterior.chiPpm(), sd, truth, field.mask()));
              OUT.println("  deep: " + Calibration.of(posterior.chiPpm(), sd, truth, deep));
            });
  }

  /** Of all threads; unlike the seconds of the clock it does not depend on what else runs. */
  private static long processorNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  /** Noise as of a phase accumulated over 20 ms at 3 T whose signal has {@code snr} on average. */
  private static LocalField field(Simulation.Case head, double snr, long seed) {
    Grid grid = head.truth().chiPpm().grid();
    Mask mask = head.truth().mask();
    Volume magnitude = Volume.zeros(grid);
    double typical = 0;
    int count = mask.count();
    for (int i = 0; i < grid.size(); i++) {
      magnitude.data()[i] = (float) head.images().magnitude(0, i);
      typical += mask.data()[i] ? magnitude.data()[i] / count : 0;
    }
    double radPerPpm = 2 * Math.PI * 127.7 * 0.02;
    float[] noise = new float[grid.size()];
    new SeededRandom(seed).fillGaussian(noise);
    float[] sd = new float[grid.size()];
    float[] local = new float[grid.size()];
    for (int i = 0; i < sd.length; i++) {
      if (mask.data()[i]) {
        double relative = Math.max(0.05, magnitude.data()[i] / typical);
        sd[i] = (float) (1 / (snr * relative * radPerPpm));
        local[i] = head.truth().fieldLocalPpm().data()[i] + sd[i] * noise[i];
      }
    }
    return new LocalField(
        Volume.zeros(grid),
        new Volume(grid, local),
        new Volume(grid, sd),
        mask,
        magnitude,
        Volume.zeros(grid),
        3,
        List.of(),
        grid.orientation().toVoxelAxes(Vector3.Z),
        FieldOrigin.MAPPED,
        List.of());
  }

  private static double median(LocalField field) {
    float[] sd = new float[field.mask().count()];
    for (int i = 0, k = 0; i < field.mask().data().length; i++) {
      if (field.mask().data()[i]) {
        sd[k++] = field.sdPpm().data()[i];
      }
    }
    Arrays.sort(sd);
    return sd[sd.length / 2];
  }
}
