package org.qsmnode.simulate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.qsmnode.numeric.Progress;
import org.qsmnode.simulate.dicom.Fault;
import org.qsmnode.simulate.dicom.VendorStudy;
import org.qsmnode.simulate.head.Head;
import org.qsmnode.simulate.head.HeadPhantom;
import org.qsmnode.simulate.head.HeadSource;
import org.qsmnode.simulate.head.LabelHead;
import org.qsmnode.simulate.head.SampleGrid;
import org.qsmnode.simulate.head.Tissue;
import org.qsmnode.simulate.head.Variety;
import org.qsmnode.simulate.signal.ComplexImages;
import org.qsmnode.simulate.signal.HeadField;
import org.qsmnode.simulate.signal.SignalModel;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Nifti;
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
    writeDicom(simulated.images(), request, out.resolve("dicom"));
    simulated.truth().write(out.resolve("truth"));
    Manifest.write(List.of(request), out);
    progress.at("write", 1);
  }

  /** Writes a simulated signal as the DICOM files of a request into {@code directory}. */
  public static void writeDicom(ComplexImages images, SimulationRequest request, Path directory)
      throws IOException {
    VendorStudy.write(
        request.vendor(),
        images,
        request.geometry(),
        request.patient(),
        request.dicom(),
        Long.toString(request.seed()),
        directory);
  }

  /** The signal and the truth of a request, independent of its vendor. */
  public static Case simulate(SimulationRequest request, Progress progress) throws IOException {
    Grid grid = request.geometry().grid();
    progress.at("head", 0);
    HeadSource source = source(request);
    SampleGrid sampling =
        SampleGrid.around(
            grid, source.low(), source.high(), SampleGrid.factorFor(grid, request.samplingMm()));
    Head head = source.sample(sampling.fine());
    progress.at("field", 0);
    boolean vertical =
        request.dicom().has(Fault.VERTICAL_FIELD)
            || request.dicom().has(Fault.UNMARKED_VERTICAL_FIELD);
    Vector3 b0 = vertical ? Vector3.Y : Vector3.Z;
    HeadField field = HeadField.of(head, grid.orientation().toVoxelAxes(b0));
    progress.at("signal", 0);
    ComplexImages images =
        new SignalModel(request.protocol(), request.seed())
            .simulate(head, field.totalPpm(), sampling);
    progress.at("signal", 1);
    return new Case(images, truth(head, field, sampling));
  }

  private static HeadSource source(SimulationRequest request) throws IOException {
    if (request.labels().isEmpty()) {
      return new HeadPhantom(request.seed(), request.findings(), Variety.ORDINARY);
    }
    Volume labels = Nifti.read(request.labels().get()).single();
    return new LabelHead(labels, request.seed(), request.findings(), Variety.ORDINARY);
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
