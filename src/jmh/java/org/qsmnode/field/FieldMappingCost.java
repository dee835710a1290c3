package org.qsmnode.field;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Optional;
import org.qsmnode.field.data.FieldMappingException;
import org.qsmnode.numeric.Progress;
import org.qsmnode.simulate.Simulation;
import org.qsmnode.simulate.SimulationRequest;
import org.qsmnode.simulate.dicom.Vendor;
import org.qsmnode.simulate.signal.ScanGeometry;
import org.qsmnode.simulate.signal.ScanProtocol;
import org.qsmnode.volume.MultiEcho;
import org.qsmnode.volume.Vector3;

/**
 * Time and memory from echoes to the local field on a simulated head.
 *
 * <p>Arguments: nx ny nz voxelMm echoes, for example {@code 184 184 174 1 5}.
 */
public final class FieldMappingCost {

  private static final PrintStream OUT = System.out;

  private FieldMappingCost() {}

  public static void main(String[] args) throws IOException, FieldMappingException {
    double voxelMm = Double.parseDouble(args[3]);
    ScanGeometry geometry =
        ScanGeometry.axial(
            Integer.parseInt(args[0]),
            Integer.parseInt(args[1]),
            Integer.parseInt(args[2]),
            voxelMm,
            voxelMm);
    SimulationRequest request =
        SimulationRequest.defaults(Vendor.SIEMENS, 1)
            .with(geometry)
            .with(ScanProtocol.equallySpaced(Integer.parseInt(args[4]), 0.005, 0.005, 3))
            .sampledAt(voxelMm);
    MultiEcho images = Simulation.simulate(request, Progress.NONE).images().toMultiEcho(Vector3.Z);
    System.gc();
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      pool.resetPeakUsage();
    }
    long clock = System.nanoTime();
    long processor = processorNanos();
    LocalField field =
        new FieldMapping(FieldSettings.defaults()).map(images, Optional.empty(), Progress.NONE);
    OUT.printf(
        "%.0f s by the clock, %.0f processor seconds, peak heap %d MB with the images%n",
        (System.nanoTime() - clock) / 1e9, (processorNanos() - processor) / 1e9, peakBytes() >> 20);
    field.notes().forEach(OUT::println);
  }

  private static long peakBytes() {
    long peak = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      peak += pool.getType() == MemoryType.HEAP ? pool.getPeakUsage().getUsed() : 0;
    }
    return peak;
  }

  /** Of all threads; unlike the seconds of the clock it does not depend on what else runs. */
  private static long processorNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
