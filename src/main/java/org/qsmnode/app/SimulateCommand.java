package org.qsmnode.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.qsmnode.simulate.Simulation;
import org.qsmnode.simulate.SimulationRequest;
import org.qsmnode.simulate.cases.CaseBatch;
import org.qsmnode.simulate.cases.CaseFamily;
import org.qsmnode.simulate.dicom.DicomOptions;
import org.qsmnode.simulate.dicom.Fault;
import org.qsmnode.simulate.dicom.PatientIdentity;
import org.qsmnode.simulate.dicom.Vendor;
import org.qsmnode.simulate.head.Pathology;
import org.qsmnode.simulate.signal.ScanGeometry;
import org.qsmnode.simulate.signal.ScanProtocol;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes simulated heads: one as a vendor's DICOM, or many as dipole inversions. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a head of known susceptibility as a vendor's DICOM.",
      "OUT/dicom holds the study, OUT/truth the susceptibility (ppm), fields (ppm), mask and labels"
          + " as NIfTI.",
      "With --cases: writes dipole inversions of known answer instead, a folder each, for compare"
          + " and train."
    })
final class SimulateCommand implements Callable<Integer> {

  @Option(
      names = "--vendor",
      converter = VendorName.class,
      description =
          "siemens, siemens-xa, ge, philips, philips-enhanced, uih; needed without --cases")
  @Nullable Vendor vendor;

  @Option(
      names = "--cases",
      paramLabel = "N",
      description = "cases per family; seeds count up from --seed; what is there is kept")
  int cases;

  @Option(
      names = "--family",
      split = ",",
      paramLabel = "NAME",
      description =
          "with --cases: head, lesions, haemorrhage, detail, geometric, oblique, noisy, plain,"
              + " ordinary (for training; default: all of these); fine, sharp (the same, on"
              + " request, with a heap of 9 GB); calcification, seven-tesla (held out)")
  List<String> families = List.of();

  @Option(names = "--seed", required = true, description = "everything random follows from it")
  long seed;

  @Option(names = "--out", required = true, paramLabel = "DIR")
  Path out = Path.of(".");

  @Option(
      names = "--labels",
      paramLabel = "SEG.nii.gz",
      description =
          "label map with FreeSurfer numbers, with --cases also a folder of them; without it the"
              + " head is procedural")
  @Nullable Path labels;

  @Option(
      names = "--matrix",
      split = ",",
      paramLabel = "N",
      description = "columns,rows,slices (default ${DEFAULT-VALUE})",
      defaultValue = "128,128,80")
  List<Integer> matrix = List.of();

  @Option(
      names = "--voxel-mm",
      split = ",",
      paramLabel = "MM",
      description = "column, row and slice distance in mm (default ${DEFAULT-VALUE})",
      defaultValue = "1.75,1.75,2")
  List<Double> voxelMm = List.of();

  @Option(
      names = "--sampling-mm",
      paramLabel = "MM",
      description =
          "edge of the sub-voxels in which head and field are computed, about (default"
              + " ${DEFAULT-VALUE}); more than two thirds of a voxel's leave it undivided",
      defaultValue = "" + SimulationRequest.DEFAULT_SAMPLING_MM)
  double samplingMm;

  @Option(names = "--plane", description = "axial, coronal, sagittal (default ${DEFAULT-VALUE})")
  ScanGeometry.Plane plane = ScanGeometry.Plane.AXIAL;

  @Option(
      names = "--tilt",
      paramLabel = "DEGREES",
      description = "rotation about the left-right axis")
  double tiltDegrees;

  @Option(
      names = "--turn",
      paramLabel = "DEGREES",
      description = "rotation about the front-back axis")
  double turnDegrees;

  @Option(names = "--descending", description = "instances numbered against the slice normal")
  boolean descending;

  @Option(
      names = "--te",
      split = ",",
      paramLabel = "MS",
      description = "echo times in ms (default ${DEFAULT-VALUE})",
      defaultValue = "5,11,17,23")
  List<Double> echoTimesMs = List.of();

  @Option(
      names = "--field-strength",
      paramLabel = "TESLA",
      description = "main field (default ${DEFAULT-VALUE})",
      defaultValue = "3")
  double fieldStrengthTesla;

  @Option(
      names = "--snr",
      description = "peak signal over noise of one channel (default ${DEFAULT-VALUE})",
      defaultValue = "100")
  double peakSnr;

  @Option(names = "--bipolar", description = "readouts of alternating polarity")
  boolean bipolar;

  @Option(names = "--finding", paramLabel = "NAME", description = "${COMPLETION-CANDIDATES}")
  Set<Pathology> findings = EnumSet.noneOf(Pathology.class);

  @Option(names = "--fault", paramLabel = "NAME", description = "${COMPLETION-CANDIDATES}")
  Set<Fault> faults = EnumSet.noneOf(Fault.class);

  @Option(names = "--patient-name", paramLabel = "NAME", description = "DICOM person name")
  @Nullable String patientName;

  @Option(
      names = "--character-set",
      split = ",",
      paramLabel = "TERM",
      description = "SpecificCharacterSet that can hold the name")
  List<String> characterSet = List.of();

  @Override
  public Integer call() throws Exception {
    if (cases > 0) {
      return writeCases();
    }
    SimulationRequest request = request();
    try (ConsoleProgress progress = ConsoleProgress.onStandardError()) {
      Simulation.run(request, out, progress);
    }
    System.out.println("study: " + out.resolve("dicom"));
    System.out.println("truth: " + out.resolve("truth"));
    return ExitStatus.DONE;
  }

  private int writeCases() throws IOException {
    List<CaseFamily> wanted =
        families.isEmpty()
            ? CaseFamily.usualInTraining()
            : families.stream().map(CaseFamily::named).toList();
    List<Path> maps = labels == null ? List.of() : CaseBatch.labelMaps(labels);
    CaseBatch.Result result;
    try (ConsoleProgress progress = ConsoleProgress.onStandardError()) {
      result = CaseBatch.run(wanted, seed, cases, maps, out, progress);
    }
    result.refused().forEach(reason -> System.err.println("no case: " + reason));
    System.out.println("cases: " + result.made().size() + " in " + out);
    return result.made().isEmpty() ? ExitStatus.FAILURE : ExitStatus.DONE;
  }

  SimulationRequest request() {
    if (vendor == null) {
      throw new IllegalArgumentException("give --vendor for DICOM, or --cases for inversion cases");
    }
    if (matrix.size() != 3 || voxelMm.size() != 3) {
      throw new IllegalArgumentException("--matrix and --voxel-mm take three numbers each");
    }
    double[] timesSeconds = echoTimesMs.stream().mapToDouble(ms -> ms / 1000).toArray();
    double last = timesSeconds[timesSeconds.length - 1];
    ScanProtocol protocol =
        new ScanProtocol(
            timesSeconds,
            Math.max(0.03, Math.ceil(last * 1000 + 5) / 1000),
            15,
            fieldStrengthTesla,
            peakSnr,
            bipolar);
    ScanGeometry geometry =
        new ScanGeometry(
            matrix.get(0),
            matrix.get(1),
            matrix.get(2),
            voxelMm.get(0),
            voxelMm.get(1),
            voxelMm.get(2),
            plane,
            tiltDegrees,
            turnDegrees,
            descending);
    PatientIdentity patient = PatientIdentity.synthetic(seed);
    if (patientName != null) {
      patient = patient.named(patientName, characterSet.toArray(String[]::new));
    }
    DicomOptions plain = DicomOptions.defaults();
    SimulationRequest request =
        SimulationRequest.defaults(vendor, seed)
            .with(geometry)
            .with(protocol)
            .with(patient)
            .with(findings)
            .sampledAt(samplingMm)
            .with(new DicomOptions(plain.transferSyntaxUid(), plain.acquired(), faults));
    return labels == null ? request : request.withLabels(labels);
  }
}
