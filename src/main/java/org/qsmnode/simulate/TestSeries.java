package org.qsmnode.simulate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.qsmnode.numeric.Progress;
import org.qsmnode.simulate.dicom.Vendor;
import org.qsmnode.simulate.signal.ScanGeometry;
import org.qsmnode.simulate.signal.ScanProtocol;

/**
 * The small series of {@code test-dicom}: one simulated head as each vendor would send it, with its
 * truth and a manifest.
 */
public final class TestSeries {

  private static final long SEED = 20260101;

  private TestSeries() {}

  /** The request of one vendor's series; all differ in the vendor only. */
  public static SimulationRequest request(Vendor vendor) {
    return SimulationRequest.defaults(vendor, SEED)
        .with(ScanGeometry.axial(48, 48, 36, 4, 4).tilted(8, 0))
        .with(ScanProtocol.equallySpaced(3, 0.006, 0.007, 3))
        .sampledAt(2);
  }

  /**
   * Writes {@code <vendor>/*.dcm} for every vendor, {@code truth/*.nii.gz} and {@code
   * manifest.json} into the folder that is the only argument.
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("give one argument, the folder to write into");
    }
    write(Path.of(arguments[0]));
  }

  /** Writes all series with truth and manifest into {@code out}. */
  public static void write(Path out) throws IOException {
    List<SimulationRequest> requests = new ArrayList<>();
    Simulation.Case simulated = Simulation.simulate(request(Vendor.SIEMENS), Progress.NONE);
    for (Vendor vendor : Vendor.values()) {
      SimulationRequest request = request(vendor);
      requests.add(request);
      Simulation.writeDicom(simulated.images(), request, out.resolve(vendor.commandName()));
    }
    simulated.truth().write(out.resolve("truth"));
    Manifest.write(requests, out);
  }
}
