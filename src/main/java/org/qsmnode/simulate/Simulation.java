package org.qsmnode.simulate;

import java.io.IOException;
import java.nio.file.Path;
import org.qsmnode.numeric.Progress;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/** Simulates an acquisition of known susceptibility and writes it as a vendor's DICOM. */
public final class Simulation {

  private Simulation() {}

  /**
   * A simulated acquisition before it is written.
   *
   * @param images signal whose phase grows with the field
   * @param truth what a reconstruction should find
   */
  public record Case(ComplexImages images, Truth truth) {}

  /**
   * Simulates and writes {@code out/dicom/*.dcm}, {@code out/truth/*.nii.gz} and {@code
   * out/manifest.json}.
   */
  public static void run(SimulationRequest request, Path out, Progress progress)
      throws IOException {
    Case simulated = simulate(request, progress);
    progress.at("write", 0);
    VendorStudy.write(
        request.vendor(),
        simulated.images(),
        request.geometry(),
        request.patient(),
        request.dicom(),
        Long.toString(request.seed()),
        out.resolve("dicom"));
    simulated.truth().write(out.resolve("truth"));
    progress.at("write", 1);
  }

  /** The signal and the truth of a request, independent of its vendor. */
  public static Case simulate(SimulationRequest request, Progress progress) throws IOException {
    Grid grid = request.geometry().grid();
    SampleGrid sampling =
        SampleGrid.around(
            grid,
            HeadPhantom.LOW,
            HeadPhantom.HIGH,
            SampleGrid.factorFor(grid, request.samplingMm()));
    progress.at("head", 0);
    Head head = new HeadPhantom(request.seed(), request.findings()).sample(sampling.fine());
    progress.at("field", 0);
    Vector3 b0 = request.dicom().faults().contains(Fault.VERTICAL_FIELD) ? Vector3.Y : Vector3.Z;
    HeadField field = HeadField.of(head, grid.orientation().toVoxelAxes(b0));
    progress.at("signal", 0);
    ComplexImages images =
        new SignalModel(request.protocol(), request.seed())
            .simulate(head, field.totalPpm(), sampling);
    progress.at("signal", 1);
    return new Case(images, truth(head, field, sampling));
  }

  private static Truth truth(Head head, HeadField field, SampleGrid sampling) {
    Mask mask = sampling.majority(head.brain());
    Volume whole = sampling.average(head.chiPpm());
    float[] inside = new float[whole.data().length];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = mask.data()[i] ? (float) (whole.data()[i] - field.meanChiPpm()) : 0;
    }
    byte[] kinds = sampling.mostFrequent(head.tissue(), Tissue.values().length);
    float[] labels = new float[kinds.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = Tissue.of(kinds[i]).label;
    }
    return new Truth(
        new Volume(sampling.acquired(), inside),
        mask,
        sampling.average(field.totalPpm()),
        sampling.average(field.localPpm()),
        new Volume(sampling.acquired(), labels),
        whole);
  }
}
