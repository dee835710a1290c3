package org.qsmnode.field.mask;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.qsmnode.field.FieldSettings;
import org.qsmnode.field.data.FieldMappingException;
import org.qsmnode.numeric.Progress;
import org.qsmnode.simulate.Simulation;
import org.qsmnode.simulate.SimulationRequest;
import org.qsmnode.simulate.dicom.Vendor;
import org.qsmnode.simulate.signal.ScanGeometry;
import org.qsmnode.simulate.signal.ScanProtocol;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Vector3;

/**
 * Brain outline against the true brain of simulated heads. Arguments: folder of label maps, then
 * cases as seed, label map (0 for a procedural head), SNR, voxels across, slices; joined by colons.
 */
public final class BrainMaskTable {

  private static final PrintStream OUT = System.out;
  private static final double FIELD_OF_VIEW_MM = 211.2;
  private static final double SLAB_MM = 160;

  private BrainMaskTable() {}

  public static void main(String[] args) throws IOException {
    OUT.println("| head | seed | SNR | voxels | Dice | cm3 true, missed, added | CPU s | note |");
    OUT.println("|---|---|---|---|---|---|---|---|");
    for (int k = 1; k < args.length; k++) {
      row(Path.of(args[0]), args[k].split(":"));
    }
  }

  private static void row(Path folder, String[] words) throws IOException {
    long seed = Long.parseLong(words[0]);
    int map = Integer.parseInt(words[1]);
    double snr = Double.parseDouble(words[2]);
    int across = Integer.parseInt(words[3]);
    int slices = Integer.parseInt(words[4]);
    SimulationRequest request =
        SimulationRequest.defaults(Vendor.SIEMENS, seed)
            .with(
                ScanGeometry.axial(
                    across, across, slices, FIELD_OF_VIEW_MM / across, SLAB_MM / slices))
            .with(ScanProtocol.equallySpaced(2, 0.005, 0.006, 3).withPeakSnr(snr));
    if (map > 0) {
      request =
          request.withLabels(
              folder.resolve(String.format(Locale.ROOT, "training_seg_%02d.nii.gz", map)));
    }
    Simulation.Case made = Simulation.simulate(request, Progress.NONE);
    Mask truth = made.truth().mask();
    Grid grid = truth.grid();
    float[] magnitude = made.images().toMultiEcho(Vector3.Z).magnitude().get(0).data();
    List<String> notes = new ArrayList<>();
    Mask found;
    long before = processorNanos();
    try {
      found =
          BrainMask.brain(
              grid,
              magnitude,
              BrainMask.object(grid, magnitude),
              FieldSettings.defaults().brainThreshold(),
              notes);
    } catch (FieldMappingException e) {
      OUT.printf(Locale.ROOT, "| %d | %d | %.0f | refused: %s |%n", map, seed, snr, e.getMessage());
      return;
    }
    double seconds = (processorNanos() - before) / 1e9;
    Mask both = found.and(truth);
    OUT.printf(
        Locale.ROOT,
        "| %s | %d | %.0f | %dx%dx%d | %.3f | %.0f, %.0f, %.0f | %.1f | %s |%n",
        map > 0 ? "label map " + map : "procedural",
        seed,
        snr,
        grid.nx(),
        grid.ny(),
        grid.nz(),
        2.0 * both.count() / (found.count() + truth.count()),
        BrainMask.cm3(truth),
        BrainMask.cm3(truth) - BrainMask.cm3(both),
        BrainMask.cm3(found) - BrainMask.cm3(both),
        seconds,
        notes.get(0).split(":")[0]);
  }

  private static long processorNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
