package org.qsmnode.pipeline;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
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
import org.qsmnode.series.pixels.Chopper;
import org.qsmnode.simulate.Simulation;
import org.qsmnode.simulate.SimulationRequest;
import org.qsmnode.simulate.dicom.Fault;
import org.qsmnode.simulate.dicom.Vendor;
import org.qsmnode.simulate.signal.ScanGeometry;
import org.qsmnode.simulate.signal.ScanProtocol;

/**
 * How often the checks of the input hold what is wrong and what is right: simulated heads of all
 * vendors, written as DICOM, recognised, assembled and mapped, without and with each fault.
 *
 * <p>Arguments: first seed, number of seeds.
 */
public final class InputCheckCases {

  private static final PrintStream OUT = System.out;
  private static final double[] SNR = {20, 60, 200};
  private static final double[] TILT = {0, 20, 45, -30};
  private static final ScanProtocol[] PROTOCOLS = {
    ScanProtocol.equallySpaced(4, 0.005, 0.006, 3),
    ScanProtocol.equallySpaced(3, 0.004, 0.004, 7),
    ScanProtocol.equallySpaced(6, 0.006, 0.007, 1.5),
    ScanProtocol.equallySpaced(5, 0.0025, 0.0035, 3)
  };
  private static final Map<Fault, String> EXPECTED =
      Map.of(
          Fault.WRONG_SIGN, "SIGN_CONFLICT",
          Fault.UNMARKED_FILTER, "FILTERED_PHASE",
          Fault.INTERPOLATED_PHASE, "INTERPOLATED_PHASE",
          Fault.TURNING_SLICES, "SLICE_SIGN",
          Fault.SHRUNK_PHASE, "UNKNOWN_PHASE_SCALE",
          Fault.UNMARKED_VERTICAL_FIELD, "VERTICAL_FIELD");
  private static final ReconstructionSettings SETTINGS =
      ReconstructionSettings.of(Map.of("field.pdf-iterations", "1"));

  private final TreeMap<String, int[]> counts = new TreeMap<>();

  private InputCheckCases() {}

  public static void main(String[] args) throws IOException {
    InputCheckCases cases = new InputCheckCases();
    long first = Long.parseLong(args[0]);
    for (long seed = first; seed < first + Long.parseLong(args[1]); seed++) {
      cases.run(seed);
    }
    OUT.println();
    cases.counts.forEach((name, n) -> OUT.printf("%-28s %d of %d%n", name, n[0], n[1]));
  }

  private void run(long seed) throws IOException {
    Vendor vendor = Vendor.values()[(int) (seed % Vendor.values().length)];
    ScanProtocol protocol =
        PROTOCOLS[(int) (seed % PROTOCOLS.length)].withPeakSnr(SNR[(int) (seed / 2 % SNR.length)]);
    ScanGeometry geometry =
        ScanGeometry.axial(56, 72, 44, 3.5, 4).tilted(TILT[(int) (seed / 3 % TILT.length)], 0);
    SimulationRequest normal =
        SimulationRequest.defaults(vendor, seed).with(protocol).with(geometry).sampledAt(3.5);
    Simulation.Case head = Simulation.simulate(normal, Progress.NONE);
    count("normal held", !outcome(head, normal, "none").equals("ACCEPTED"));
    for (Fault fault : EnumSet.copyOf(EXPECTED.keySet())) {
      boolean realImaginary = vendor == Vendor.GE;
      if (realImaginary && (fault == Fault.SHRUNK_PHASE || fault == Fault.INTERPOLATED_PHASE)) {
        continue;
      }
      SimulationRequest wrong = normal.with(normal.dicom().withFaults(fault));
      boolean again = fault == Fault.UNMARKED_VERTICAL_FIELD;
      String outcome =
          outcome(again ? Simulation.simulate(wrong, Progress.NONE) : head, wrong, fault.name());
      count(fault + " held", !outcome.equals("ACCEPTED"));
      count(fault + " named", outcome.equals(EXPECTED.get(fault)));
    }
  }

  private void count(String name, boolean hit) {
    int[] n = counts.computeIfAbsent(name, k -> new int[2]);
    n[0] += hit ? 1 : 0;
    n[1]++;
  }

  private String outcome(Simulation.Case head, SimulationRequest request, String fault)
      throws IOException {
    Path folder = Files.createTempDirectory("input-check");
    String outcome;
    String detail;
    try {
      Simulation.writeDicom(head.images(), request, folder);
      AssembledAcquisition assembled = assembled(folder);
      if (fault.equals("none")) {
        boolean alternating = request.vendor() == Vendor.GE;
        Chopper expected = alternating ? Chopper.APPLIED : Chopper.ABSENT;
        count(
            alternating ? "GE chopper found" : "no chopper, none found",
            assembled.sources().chopper() == expected);
      }
      LocalField field =
          new FieldMapping(SETTINGS.field())
              .map(assembled.images(), Optional.empty(), Progress.NONE);
      outcome = "ACCEPTED";
      detail = String.join(" ", field.notes().stream().filter(InputCheckCases::isCheck).toList());
    } catch (RefusedException e) {
      outcome = e.reason().code().name();
      detail = e.reason().sentence();
    } catch (FieldMappingException e) {
      RefusedException refused = FieldRefusal.of(e);
      outcome = refused.reason().code().name();
      detail = refused.reason().sentence();
    } finally {
      try (Stream<Path> walk = Files.walk(folder)) {
        walk.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
      }
    }
    OUT.printf(
        "seed %d %s %s T SNR %.0f tilt %.0f %s: %s | %s%n",
        request.seed(),
        request.vendor(),
        request.protocol().fieldStrengthTesla(),
        request.protocol().peakSnr(),
        request.geometry().tiltDegrees(),
        fault,
        outcome,
        detail);
    return outcome;
  }

  private static boolean isCheck(String note) {
    return note.contains("check:");
  }

  private static AssembledAcquisition assembled(Path folder) throws RefusedException, IOException {
    FolderScan scan = FolderScan.of(folder, Progress.NONE);
    List<Acquisition> accepted = new ArrayList<>();
    for (List<IndexedInstance> study : scan.studies().values()) {
      new Recognition(SETTINGS.recognition())
          .recognise(study, Set.of()).stream()
              .filter(a -> a.outcome() == Outcome.ACCEPTED)
              .forEach(accepted::add);
    }
    return new Assembly(SETTINGS.recognition()).assemble(accepted.get(0), scan::file);
  }
}
