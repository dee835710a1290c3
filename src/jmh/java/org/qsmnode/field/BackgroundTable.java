package org.qsmnode.field;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.qsmnode.field.background.BackgroundRemoval;
import org.qsmnode.field.background.BackgroundSettings;
import org.qsmnode.field.background.DipoleProjection;
import org.qsmnode.field.background.JointProjection;
import org.qsmnode.field.background.VSharp;
import org.qsmnode.field.data.EchoImages;
import org.qsmnode.field.data.FieldMappingException;
import org.qsmnode.field.data.HeadModel;
import org.qsmnode.field.data.TotalField;
import org.qsmnode.field.mask.BrainMask;
import org.qsmnode.numeric.Progress;
import org.qsmnode.simulate.Simulation;
import org.qsmnode.simulate.SimulationRequest;
import org.qsmnode.simulate.dicom.Vendor;
import org.qsmnode.simulate.head.Pathology;
import org.qsmnode.simulate.signal.ScanGeometry;
import org.qsmnode.simulate.signal.ScanProtocol;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Morphology;
import org.qsmnode.volume.MultiEcho;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/**
 * Local field against the truth for every background removal on simulated heads, from wrapped
 * phase, mask found by the node.
 *
 * <p>The truth is the field of the susceptibility inside the true brain, its mean taken away; both
 * fields have their mean over the scored voxels removed. Lines at the end: with the true mask, what
 * the default makes of the true total field, of the true local field alone and of the true
 * background alone; and of the true total field with a gradient for joint, pdf and vsharp, each
 * with and without the shim before. Arguments: folder of label maps, numbers of the cases wanted
 * (all without).
 */
public final class BackgroundTable {

  private static final PrintStream OUT = System.out;
  private static final Path NONE = Path.of("");

  private record Scan(
      String name, MultiEcho images, Volume totalPpm, Volume localPpm, Mask brain) {}

  /** Makes a scan when its turn has come. */
  @FunctionalInterface
  private interface Maker {
    Scan make() throws IOException;
  }

  /**
   * A case.
   *
   * @param parts whether total field, local field and background are removed apart too
   * @param sloped whether gradients are added
   */
  private record Case(Maker maker, boolean parts, boolean sloped) {}

  private BackgroundTable() {}

  public static void main(String[] args) throws IOException, FieldMappingException {
    Path labels = Path.of(args[0]);
    List<Case> cases = new ArrayList<>();
    plain(cases, "3 T, 4 echoes, SNR 60", 1, protocol(4, 5, 6, 3, 60), 0, 0);
    plain(cases, "SNR 20", 2, protocol(4, 5, 6, 3, 20), 0, 0);
    plain(cases, "SNR 200", 3, protocol(4, 5, 6, 3, 200), 0, 0);
    plain(cases, "2 echoes", 4, protocol(2, 5, 6, 3, 60), 0, 0);
    plain(cases, "12 echoes", 5, protocol(12, 3, 3, 3, 60), 0, 0);
    plain(cases, "1.5 T, 5 echoes", 6, protocol(5, 6, 8, 1.5, 60), 0, 0);
    plain(cases, "7 T, 5 echoes", 7, protocol(5, 3, 4, 7, 60), 0, 0);
    plain(cases, "tilt 30 degrees", 8, protocol(4, 5, 6, 3, 60), 30, 0);
    plain(cases, "tilt 15, turn 20 degrees", 9, protocol(4, 5, 6, 3, 60), 15, 20);
    cases.add(new Case(() -> ellipsoids("ellipsoids, no air", 10, false), true, false));
    cases.add(
        new Case(() -> ellipsoids("ellipsoids, air touches the brain", 10, true), true, false));
    cases.add(
        new Case(
            () -> head("no air pocket", 12, protocol(4, 5, 6, 3, 60), 0, 0, NONE), true, true));
    cases.add(new Case(() -> air("air against the brain", 12, NONE, 0), true, false));
    cases.add(
        new Case(() -> air("air against the brain, tilt 20 degrees", 13, NONE, 20), false, false));
    for (int n : new int[] {5, 8, 11, 14}) {
      cases.add(
          new Case(
              () -> head("label map " + n, n, protocol(4, 5, 6, 3, 60), 0, 0, map(labels, n)),
              false,
              false));
    }
    cases.add(
        new Case(
            () -> air("label map 10, air against the brain", 10, map(labels, 10), 0), true, false));
    OUT.println("| case | mask Dice | cm3 missed, added | " + header());
    OUT.println("|---|---|---|" + "---|".repeat(BackgroundSettings.METHODS.size()));
    List<String> more = new ArrayList<>();
    List<String> wanted = List.of(args).subList(1, args.length);
    for (int k = 0; k < cases.size(); k++) {
      if (wanted.isEmpty() || wanted.contains(Integer.toString(k + 1))) {
        run(cases.get(k), more);
      }
    }
    OUT.println();
    more.forEach(OUT::println);
  }

  private static void plain(
      List<Case> cases, String name, long seed, ScanProtocol protocol, double tilt, double turn) {
    cases.add(new Case(() -> head(name, seed, protocol, tilt, turn, NONE), false, false));
  }

  private static void run(Case wanted, List<String> more)
      throws IOException, FieldMappingException {
    Scan scan = wanted.maker.make();
    row(scan);
    if (wanted.parts) {
      more.add("| " + parts(scan) + " |");
    }
    if (wanted.sloped) {
      for (double gradient : new double[] {0, 0.003, 0.01}) {
        more.add(sloped(scan, gradient));
      }
    }
  }

  private static Path map(Path folder, int n) {
    return folder.resolve(String.format(Locale.ROOT, "training_seg_%02d.nii.gz", n));
  }

  private static String sloped(Scan scan, double ppmPerMm) {
    Grid grid = scan.brain.grid();
    float[] field = scan.totalPpm.data().clone();
    for (int i = 0; i < field.length; i++) {
      field[i] +=
          (float)
              (ppmPerMm
                  * (i % grid.nx() * grid.dxMm()
                      + i / grid.nx() % grid.ny() * grid.dyMm()
                      + i / (grid.nx() * grid.ny()) * grid.dzMm()));
    }
    BackgroundSettings usual = BackgroundSettings.defaults();
    StringBuilder line = new StringBuilder("| gradient of " + ppmPerMm + " ppm/mm |");
    for (BackgroundRemoval removal :
        new BackgroundRemoval[] {
          usual.removal(),
          new JointProjection(
              usual.pdfMarginMm(), usual.pdfIterations(), usual.pdfTolerance(), usual.innerPpm()),
          usual.withMethod("pdf").removal(),
          new DipoleProjection(usual.pdfMarginMm(), usual.pdfIterations(), usual.pdfTolerance()),
          usual.withMethod("vsharp").removal(),
          new VSharp(usual.sharpLargestMm(), usual.sharpThreshold())
        }) {
      line.append(
          String.format(
              Locale.ROOT,
              " %.1f |",
              HeadModel.nrmsePercent(
                  removed(scan, field, removal),
                  scan.localPpm.data(),
                  Morphology.erodeVoxels(scan.brain, 4))));
    }
    return line.toString();
  }

  private static String header() {
    return String.join(" | ", BackgroundSettings.METHODS) + " |";
  }

  private static ScanProtocol protocol(
      int echoes, double firstMs, double stepMs, double tesla, double snr) {
    return ScanProtocol.equallySpaced(echoes, firstMs / 1000, stepMs / 1000, tesla)
        .withPeakSnr(snr);
  }

  private static Scan head(
      String name, long seed, ScanProtocol protocol, double tilt, double turn, Path labels)
      throws IOException {
    return head(name, seed, protocol, tilt, turn, labels, Set.of());
  }

  private static Scan air(String name, long seed, Path labels, double tilt) throws IOException {
    return head(name, seed, protocol(4, 5, 6, 3, 60), tilt, 0, labels, EnumSet.of(Pathology.AIR));
  }

  private static Scan head(
      String name,
      long seed,
      ScanProtocol protocol,
      double tilt,
      double turn,
      Path labels,
      Set<Pathology> findings)
      throws IOException {
    SimulationRequest request =
        SimulationRequest.defaults(Vendor.SIEMENS, seed)
            .with(ScanGeometry.axial(96, 96, 64, 2.2, 2.5).tilted(tilt, turn))
            .with(protocol)
            .with(findings);
    request = labels.equals(NONE) ? request : request.withLabels(labels);
    Simulation.Case made = Simulation.simulate(request, Progress.NONE);
    return new Scan(
        name + ", seed " + seed,
        made.images().toMultiEcho(Vector3.Z),
        made.truth().fieldTotalPpm(),
        made.truth().fieldLocalPpm(),
        made.truth().mask());
  }

  private static Scan ellipsoids(String name, long seed, boolean cavity) {
    Grid grid = new Grid(96, 96, 72, 2.2, 2.2, 2.5, Orientation.AXIAL);
    HeadModel head = HeadModel.of(grid, new Vector3(0.1, 0.25, 1), cavity);
    MultiEcho images = head.scan(new double[] {0.005, 0.011, 0.017, 0.023}, 3, 60, 2, seed);
    return new Scan(
        name + ", seed " + seed,
        images,
        new Volume(grid, head.totalPpm),
        new Volume(grid, head.localPpm),
        head.brainMask());
  }

  private static String parts(Scan scan) {
    Mask deep = Morphology.erodeVoxels(scan.brain, 4);
    float[] local = scan.localPpm.data();
    float[] background = scan.totalPpm.data().clone();
    for (int i = 0; i < background.length; i++) {
      background[i] -= local[i];
    }
    double size = spread(local, deep);
    float[] fromTotal = removed(scan, scan.totalPpm.data());
    return String.format(
        Locale.ROOT,
        "%s | %.4f | %.1f | %.1f | %.1f",
        scan.name,
        size,
        HeadModel.nrmsePercent(fromTotal, local, deep),
        HeadModel.nrmsePercent(removed(scan, local), local, deep),
        100 * spread(removed(scan, background), deep) / size);
  }

  private static float[] removed(Scan scan, float[] field) {
    return removed(scan, field, BackgroundSettings.defaults().removal());
  }

  private static float[] removed(Scan scan, float[] field, BackgroundRemoval removal) {
    float[] sd = new float[field.length];
    Arrays.fill(sd, 0.001f);
    return removal
        .remove(new TotalField(field, sd, scan.brain, scan.images.b0Direction()), share -> {})
        .localPpm();
  }

  /** Standard deviation over a mask. */
  private static double spread(float[] values, Mask where) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      if (where.data()[i]) {
        sum += values[i];
        squares += (double) values[i] * values[i];
      }
    }
    double mean = sum / where.count();
    return Math.sqrt(squares / where.count() - mean * mean);
  }

  private static void row(Scan scan) throws FieldMappingException {
    List<String> notes = new ArrayList<>();
    FieldMapping.Fitted fitted =
        new FieldMapping(FieldSettings.defaults())
            .fit(
                scan.images,
                EchoImages.of(scan.images),
                Optional.empty(),
                new Stages(Progress.NONE),
                notes);
    Mask found = fitted.total().mask();
    Mask both = found.and(scan.brain);
    Mask deep = Morphology.erodeVoxels(scan.brain, 4);
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT,
            "| %s | %.3f | %.0f, %.0f |",
            scan.name,
            2.0 * both.count() / (found.count() + scan.brain.count()),
            BrainMask.cm3(scan.brain) - BrainMask.cm3(both),
            BrainMask.cm3(found) - BrainMask.cm3(both)));
    for (String method : BackgroundSettings.METHODS) {
      BackgroundRemoval removal = BackgroundSettings.defaults().withMethod(method).removal();
      long before = processorNanos();
      BackgroundRemoval.Result result = removal.remove(fitted.total(), share -> {});
      double seconds = (processorNanos() - before) / 1e9;
      Mask all = Morphology.erodeVoxels(result.mask(), 1).and(scan.brain);
      line.append(
          String.format(
              Locale.ROOT,
              " %.1f / %.1f (%.0f %%), %.1f s |",
              error(result, scan, deep.and(result.mask())),
              error(result, scan, all),
              100.0 * all.count() / scan.brain.count(),
              seconds));
    }
    OUT.println(line);
  }

  private static double error(BackgroundRemoval.Result result, Scan scan, Mask where) {
    return HeadModel.nrmsePercent(result.localPpm(), scan.localPpm.data(), where);
  }

  /** Of all threads; unlike the seconds of the clock it does not depend on what else runs. */
  private static long processorNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
