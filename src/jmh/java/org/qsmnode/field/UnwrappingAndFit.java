package org.qsmnode.field;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.qsmnode.field.data.Angles;
import org.qsmnode.field.data.EchoImages;
import org.qsmnode.field.data.EchoPhantom;
import org.qsmnode.field.data.FieldMappingException;
import org.qsmnode.field.data.HeadModel;
import org.qsmnode.field.phase.BipolarReadout;
import org.qsmnode.field.phase.PhaseRamp;
import org.qsmnode.field.phase.Unwrapping;
import org.qsmnode.numeric.Progress;
import org.qsmnode.numeric.Quantiles;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.simulate.Simulation;
import org.qsmnode.simulate.SimulationRequest;
import org.qsmnode.simulate.Truth;
import org.qsmnode.simulate.dicom.Vendor;
import org.qsmnode.simulate.signal.ComplexImages;
import org.qsmnode.simulate.signal.ScanGeometry;
import org.qsmnode.simulate.signal.ScanProtocol;
import org.qsmnode.volume.FieldUnits;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Morphology;
import org.qsmnode.volume.MultiEcho;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/**
 * Errors of phase unwrapping, of the stated noise of the field and of bipolar correction on
 * simulated data, and the time of these stages.
 *
 * <p>Arguments: any of {@code unwrapping spread detection bipolar time}.
 */
public final class UnwrappingAndFit {

  private static final PrintStream OUT = System.out;
  private static final int DRAWS = 24;

  private UnwrappingAndFit() {}

  public static void main(String[] args) throws IOException, FieldMappingException {
    List<String> wanted = List.of(args);
    if (wanted.contains("unwrapping")) {
      unwrapping();
    }
    if (wanted.contains("spread")) {
      spread();
    }
    if (wanted.contains("detection")) {
      detection();
    }
    if (wanted.contains("bipolar")) {
      bipolar();
    }
    if (wanted.contains("time")) {
      time();
    }
  }

  private static Simulation.Case head(long seed, ScanProtocol protocol) throws IOException {
    return Simulation.simulate(
        SimulationRequest.defaults(Vendor.SIEMENS, seed)
            .with(ScanGeometry.axial(68, 68, 46, 3.2, 3.2))
            .with(protocol.withPeakSnr(1e9)),
        Progress.NONE);
  }

  /** Noise of one real channel relative to the brightest voxel of the brain is 1 / snr. */
  private static MultiEcho noisy(Simulation.Case head, double snr, long seed) {
    ComplexImages clean = head.images();
    Grid grid = clean.grid();
    double peak = 0;
    for (int i = 0; i < grid.size(); i++) {
      peak = head.truth().mask().data()[i] ? Math.max(peak, clean.magnitude(0, i)) : peak;
    }
    SeededRandom random = new SeededRandom(seed);
    float[] a = new float[grid.size()];
    float[] b = new float[grid.size()];
    List<Volume> magnitude = new ArrayList<>();
    List<Volume> phase = new ArrayList<>();
    for (int e = 0; e < clean.protocol().echoes(); e++) {
      random.fillGaussian(a);
      random.fillGaussian(b);
      float[] m = new float[grid.size()];
      float[] p = new float[grid.size()];
      for (int i = 0; i < m.length; i++) {
        double re = clean.real().get(e)[i] / peak + a[i] / snr;
        double im = clean.imaginary().get(e)[i] / peak + b[i] / snr;
        m[i] = (float) (1000 * Math.hypot(re, im));
        p[i] = (float) Angles.wrap(Math.atan2(im, re));
      }
      magnitude.add(new Volume(grid, m));
      phase.add(new Volume(grid, p));
    }
    return new MultiEcho(
        magnitude,
        phase,
        clean.protocol().echoTimesSeconds(),
        clean.protocol().fieldStrengthTesla(),
        grid.orientation().toVoxelAxes(Vector3.Z));
  }

  private static CombinedField combine(MultiEcho images, Mask mask, Unwrapping method)
      throws FieldMappingException {
    return CombinedField.of(
        EchoImages.of(images),
        mask,
        FieldSettings.defaults().withUnwrapping(method),
        new Stages(Progress.NONE),
        new ArrayList<>());
  }

  private static void unwrapping() throws IOException, FieldMappingException {
    OUT.println("| field | echoes | seed | SNR | voxels | region growing | laplacian |");
    OUT.println("|---|---|---|---|---|---|---|");
    for (double tesla : new double[] {3, 7}) {
      for (double[] te : new double[][] {{4, 0.003, 0.005}}) {
        for (long seed = 301; seed < 303; seed++) {
          ScanProtocol protocol = ScanProtocol.equallySpaced((int) te[0], te[1], te[2], tesla);
          Simulation.Case head = head(seed, protocol);
          for (double snr : new double[] {20, 200}) {
            MultiEcho images = noisy(head, snr, seed);
            OUT.printf(
                "| %s T | %.0f from %.0f ms by %.0f ms | %d | %.0f | %d | %s | %s |%n",
                tesla,
                te[0],
                1000 * te[1],
                1000 * te[2],
                seed,
                snr,
                head.truth().mask().count(),
                turned(images, head.truth(), Unwrapping.REGION_GROWING, te[2]),
                turned(images, head.truth(), Unwrapping.LAPLACIAN, te[2]));
          }
        }
      }
    }
  }

  /** Voxels half a turn of the step between echoes or more from the truth: all, and the known. */
  private static String turned(
      MultiEcho images, Truth truth, Unwrapping method, double spacingSeconds)
      throws FieldMappingException {
    Mask mask = truth.mask();
    CombinedField field = combine(images, mask, method);
    double perPpm = FieldUnits.radPerPpm(images.fieldStrengthTesla(), 1);
    float[] ppm = truth.fieldTotalPpm().data();
    double level =
        Quantiles.median(
            Quantiles.sorted(
                ppm.length, i -> mask.data()[i], i -> field.slope()[i] - perPpm * ppm[i]));
    int all = 0;
    int known = 0;
    for (int i = 0; i < ppm.length; i++) {
      double miss = field.slope()[i] - perPpm * ppm[i] - level;
      if (mask.data()[i] && Math.abs(miss) * spacingSeconds > Math.PI) {
        all++;
        known += field.slopeSd()[i] < Float.POSITIVE_INFINITY ? 1 : 0;
      }
    }
    return String.format(
        "%d (%.4f %%), %d with a finite sd", all, 100.0 * all / mask.count(), known);
  }

  private static void spread() throws FieldMappingException {
    Grid grid = new Grid(31, 33, 27, 3, 3, 3, Orientation.AXIAL);
    OUT.println("| field | echoes | SNR | spread / sd | rms z | known | R2* bias |");
    OUT.println("|---|---|---|---|---|---|---|");
    for (double tesla : new double[] {1.5, 3, 7}) {
      for (int echoes : new int[] {2, 4, 12}) {
        for (double snr : new double[] {20, 200}) {
          spread(object(grid, tesla), tesla, echoes, snr);
        }
      }
    }
  }

  /** A smooth object with R2* of 10 to 64 per second at 3 T. */
  private static EchoPhantom object(Grid grid, double tesla) {
    double s = tesla / 3;
    EchoPhantom plain =
        EchoPhantom.of(
            grid,
            (u, v, w) ->
                s * (400 * u * v - 200 * w + 200 * Math.exp(-20 * (u * u + v * v + w * w))));
    return new EchoPhantom(
        plain.mask(),
        plain.field(),
        EchoPhantom.image(grid, (u, v, w) -> 0.8 + 0.2 * u),
        EchoPhantom.image(
            grid,
            (u, v, w) ->
                (0.4 + 0.6 * s) * (22 + 12 * Math.sin(5 * v) + (u * u + w * w < 0.03 ? 30 : 0))),
        plain.offset());
  }

  private static void spread(EchoPhantom object, double tesla, int echoes, double snr)
      throws FieldMappingException {
    double[] te =
        echoes <= 3
            ? EchoPhantom.echoes(echoes, 0.004, 0.006)
            : echoes <= 6
                ? EchoPhantom.echoes(echoes, 0.005, 0.005)
                : EchoPhantom.echoes(echoes, 0.003, 0.0035);
    CombinedField[] fields = new CombinedField[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      fields[draw] =
          CombinedField.of(
              object.scan(te, 1 / snr, 1000L * draw + echoes),
              object.mask(),
              FieldSettings.defaults(),
              new Stages(Progress.NONE),
              new ArrayList<>());
    }
    double spread = 0;
    double stated = 0;
    double z = 0;
    double rate = 0;
    double trueRate = 0;
    int known = 0;
    for (int i = 0; i < object.field().length; i++) {
      int voxel = i;
      double variance =
          Arrays.stream(fields).mapToDouble(f -> Math.pow(f.slopeSd()[voxel], 2)).sum() / DRAWS;
      if (object.mask().data()[i] && variance < Double.POSITIVE_INFINITY) {
        double mean = Arrays.stream(fields).mapToDouble(f -> f.slope()[voxel]).sum() / DRAWS;
        known++;
        stated += variance;
        trueRate += object.r2star()[i];
        for (CombinedField field : fields) {
          double square = Math.pow(field.slope()[i] - mean, 2) / (DRAWS - 1);
          spread += square;
          z += square / Math.pow(field.slopeSd()[i], 2);
          rate += field.r2starHz()[i] / DRAWS;
        }
      }
    }
    OUT.printf(
        "| %s T | %d | %.0f | %.3f | %.3f | %.2f %% | %+.1f %% |%n",
        tesla,
        echoes,
        snr,
        Math.sqrt(spread / stated),
        Math.sqrt(z / known),
        100.0 * known / object.mask().count(),
        100 * (rate / trueRate - 1));
  }

  /** The statistic of the bipolar check on the seeds from which its threshold was chosen. */
  private static void detection() throws IOException {
    double[][] trains = {
      {4, 0.005, 0.006}, {3, 0.004, 0.004}, {3, 0.003, 0.010},
      {5, 0.007, 0.007}, {8, 0.003, 0.003}, {12, 0.0025, 0.0025}
    };
    OUT.println("| field | echoes | seed | polarities | SNR 8 | SNR 20 | SNR 60 | SNR 200 |");
    OUT.println("|---|---|---|---|---|---|---|---|");
    for (long seed = 31; seed < 34; seed++) {
      for (double tesla : new double[] {1.5, 3, 7}) {
        for (int t = 0; t < trains.length; t++) {
          if ((t + seed + Math.round(tesla)) % 2 != 0) {
            double[] train = trains[t];
            ScanProtocol protocol =
                ScanProtocol.equallySpaced((int) train[0], train[1], train[2], tesla);
            detection(seed, protocol);
            if (seed == 31) {
              detection(seed, protocol.withBipolarReadout());
            }
          }
        }
      }
    }
  }

  private static void detection(long seed, ScanProtocol protocol) throws IOException {
    Simulation.Case head =
        Simulation.simulate(
            SimulationRequest.defaults(Vendor.SIEMENS, seed)
                .with(ScanGeometry.axial(60, 64, 48, 3.5, 3.5))
                .with(protocol.withPeakSnr(1e9))
                .sampledAt(1.8),
            Progress.NONE);
    StringBuilder line = new StringBuilder();
    for (double snr : new double[] {8, 20, 60, 200}) {
      EchoImages images = EchoImages.of(noisy(head, snr, seed * 1000 + (long) snr));
      Mask mask = head.truth().mask();
      BipolarReadout.Alternation found = BipolarReadout.Alternation.of(images, mask);
      PhaseRamp ramp = PhaseRamp.of(mask, found.phase(), found.weight());
      line.append(String.format(" %.4f |", BipolarReadout.rms(mask, found.weight(), ramp) / 4));
    }
    OUT.printf(
        "| %s T | %d | %d | %d |%s%n",
        protocol.fieldStrengthTesla(), protocol.echoes(), seed, protocol.bipolar() ? 2 : 1, line);
  }

  private static void bipolar() throws IOException, FieldMappingException {
    OUT.println("| field | echoes | seed | one polarity | bipolar | found |");
    OUT.println("|---|---|---|---|---|---|");
    for (double[] c : new double[][] {{3, 3, 401}, {7, 5, 402}}) {
      ScanProtocol plain = ScanProtocol.equallySpaced((int) c[1], 0.004, 0.005, c[0]);
      LocalField one = map(head((long) c[2], plain), (long) c[2]);
      Simulation.Case turned = head((long) c[2], plain.withBipolarReadout());
      LocalField two = map(turned, (long) c[2]);
      OUT.printf(
          "| %s T | %.0f | %.0f | %.2f %% | %.2f %% | %s |%n",
          c[0],
          c[1],
          c[2],
          error(one, turned.truth()),
          error(two, turned.truth()),
          two.notes().stream().filter(n -> n.startsWith("Bipolar")).findFirst().orElse("no"));
    }
  }

  private static LocalField map(Simulation.Case head, long seed) throws FieldMappingException {
    return new FieldMapping(FieldSettings.defaults())
        .map(noisy(head, 60, seed), Optional.of(head.truth().mask()), Progress.NONE);
  }

  private static double error(LocalField field, Truth truth) {
    Mask deep = Morphology.erodeVoxels(truth.mask(), 4).and(field.mask());
    return HeadModel.nrmsePercent(field.localPpm().data(), truth.fieldLocalPpm().data(), deep);
  }

  private static void time() throws FieldMappingException {
    Grid grid = new Grid(184, 184, 174, 1, 1, 1, Orientation.AXIAL);
    EchoPhantom object = object(grid, 3);
    EchoImages images = object.scan(EchoPhantom.echoes(5, 0.004, 0.005), 1 / 60.0, 9);
    for (Unwrapping method : Unwrapping.values()) {
      Stages stages = new Stages(Progress.NONE);
      OperatingSystemMXBean system =
          ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
      long before = system.getProcessCpuTime();
      CombinedField.of(
          images,
          object.mask(),
          FieldSettings.defaults().withUnwrapping(method),
          stages,
          new ArrayList<>());
      OUT.printf(
          "%s, %d voxels in the mask: %s %.1f processor seconds in all.%n",
          method.word(),
          object.mask().count(),
          stages.end(),
          (system.getProcessCpuTime() - before) * 1e-9);
    }
  }
}
