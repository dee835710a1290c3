package org.qsmnode.pipeline;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.qsmnode.evaluate.Accuracy;
import org.qsmnode.field.FieldMapping;
import org.qsmnode.field.LocalField;
import org.qsmnode.field.data.FieldMappingException;
import org.qsmnode.numeric.Progress;
import org.qsmnode.series.find.Acquisition;
import org.qsmnode.series.find.Outcome;
import org.qsmnode.series.find.Recognition;
import org.qsmnode.series.header.IndexedInstance;
import org.qsmnode.series.header.RefusedException;
import org.qsmnode.series.pixels.AssembledAcquisition;
import org.qsmnode.series.pixels.Assembly;
import org.qsmnode.simulate.Simulation;
import org.qsmnode.simulate.SimulationRequest;
import org.qsmnode.simulate.dicom.Vendor;
import org.qsmnode.simulate.signal.ScanGeometry;
import org.qsmnode.simulate.signal.ScanProtocol;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Morphology;
import org.qsmnode.volume.MultiEcho;
import org.qsmnode.volume.Vector3;

/**
 * Local field of one simulated head written as the DICOM of every vendor, recognised, assembled and
 * mapped: error against the truth, and difference from the map of the signal before it was written.
 *
 * <p>Arguments: seeds.
 */
public final class VendorFields {

  private static final PrintStream OUT = System.out;
  private static final double TILT_DEGREES = 12;
  private static final ReconstructionSettings SETTINGS = ReconstructionSettings.of(Map.of());

  private VendorFields() {}

  public static void main(String[] args)
      throws IOException, FieldMappingException, RefusedException {
    OUT.println("| seed | vendor | mask Dice | NRMSE, % | from the unwritten signal, % |");
    OUT.println("|---|---|---|---|---|");
    for (String seed : args) {
      rows(Long.parseLong(seed));
    }
  }

  private static void rows(long seed) throws IOException, FieldMappingException, RefusedException {
    SimulationRequest request =
        SimulationRequest.defaults(Vendor.SIEMENS, seed)
            .with(ScanGeometry.axial(72, 80, 52, 2.9, 3).tilted(TILT_DEGREES, 0))
            .with(ScanProtocol.equallySpaced(4, 0.005, 0.006, 3).withPeakSnr(60));
    Simulation.Case head = Simulation.simulate(request, Progress.NONE);
    Mask deep = Morphology.erodeVoxels(head.truth().mask(), 4);
    LocalField unwritten = map(head.images().toMultiEcho(Vector3.Z));
    row(seed, "none: the signal itself", unwritten, unwritten, head, deep);
    for (Vendor vendor : Vendor.values()) {
      AssembledAcquisition assembled = throughDicom(head, request.with(vendor));
      requireSamePlaces(assembled.images().grid(), head.truth().mask().grid());
      row(seed, vendor.commandName(), map(assembled.images()), unwritten, head, deep);
    }
  }

  private static void row(
      long seed,
      String name,
      LocalField field,
      LocalField unwritten,
      Simulation.Case head,
      Mask deep) {
    Mask brain = head.truth().mask();
    Mask where = deep.and(field.mask()).and(unwritten.mask());
    OUT.printf(
        Locale.ROOT,
        "| %d | %s | %.3f | %.1f | %.1f |%n",
        seed,
        name,
        2.0 * field.mask().and(brain).count() / (field.mask().count() + brain.count()),
        Accuracy.of(field.localPpm(), head.truth().fieldLocalPpm(), where).nrmsePercent(),
        Accuracy.of(field.localPpm(), unwritten.localPpm(), where).nrmsePercent());
  }

  private static LocalField map(MultiEcho images) throws FieldMappingException {
    return new FieldMapping(SETTINGS.field()).map(images, Optional.empty(), Progress.NONE);
  }

  private static AssembledAcquisition throughDicom(Simulation.Case head, SimulationRequest request)
      throws IOException, RefusedException {
    Path folder = Files.createTempDirectory("vendor-fields");
    try {
      Simulation.writeDicom(head.images(), request, folder);
      FolderScan scan = FolderScan.of(folder, Progress.NONE);
      List<IndexedInstance> study = scan.studies().values().iterator().next();
      Acquisition accepted =
          new Recognition(SETTINGS.recognition())
              .recognise(study, Set.of()).stream()
                  .filter(a -> a.outcome() == Outcome.ACCEPTED)
                  .findFirst()
                  .orElseThrow();
      return new Assembly(SETTINGS.recognition()).assemble(accepted, scan::file);
    } finally {
      try (Stream<Path> walk = Files.walk(folder)) {
        walk.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
      }
    }
  }

  private static void requireSamePlaces(Grid a, Grid b) {
    Vector3 first = a.positionMm(0, 0, 0).minus(b.positionMm(0, 0, 0));
    Vector3 last =
        a.positionMm(a.nx() - 1, a.ny() - 1, a.nz() - 1)
            .minus(b.positionMm(b.nx() - 1, b.ny() - 1, b.nz() - 1));
    if (!a.sameDims(b) || first.norm() > 0.1 || last.norm() > 0.1) {
      throw new IllegalStateException("the assembled voxels lie elsewhere");
    }
  }
}
