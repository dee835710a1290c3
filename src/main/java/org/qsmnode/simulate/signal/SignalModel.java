package org.qsmnode.simulate.signal;

import java.util.ArrayList;
import java.util.List;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.simulate.head.Head;
import org.qsmnode.simulate.head.SampleGrid;
import org.qsmnode.simulate.head.Tissue;
import org.qsmnode.simulate.head.TissueTable;
import org.qsmnode.volume.FieldUnits;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;

/**
 * The complex signal of a spoiled gradient-echo sequence. Steady state follows Ernst; then come
 * decay with R2*, precession in the field, a smooth receive phase, and complex Gaussian noise.
 * Sub-voxels add up as complex numbers, so the signal fades where the field varies within a voxel.
 */
public final class SignalModel {

  private static final double BIPOLAR_OFFSET_RAD = 0.25;
  private static final double BIPOLAR_SLOPE_RAD = 0.7;

  private final ScanProtocol protocol;
  private final long seed;

  public SignalModel(ScanProtocol protocol, long seed) {
    this.protocol = protocol;
    this.seed = seed;
  }

  /** The signal with noise on the acquired grid of {@code sampling}. */
  public ComplexImages simulate(Head head, float[] fieldPpm, SampleGrid sampling) {
    List<float[]> real = new ArrayList<>();
    List<float[]> imaginary = new ArrayList<>();
    double[] times = protocol.echoTimesSeconds();
    for (int e = 0; e < times.length; e++) {
      float[] re = new float[sampling.acquired().size()];
      float[] im = new float[re.length];
      echo(head, fieldPpm, sampling, times[e], polarity(e), re, im);
      real.add(re);
      imaginary.add(im);
    }
    ComplexImages clean = new ComplexImages(sampling.acquired(), protocol, real, imaginary);
    addNoise(clean, brainPeak(clean, sampling.majority(head.brain())));
    return clean;
  }

  private double polarity(int echo) {
    return protocol.bipolar() ? (echo % 2 == 0 ? 1 : -1) : 0;
  }

  private void echo(
      Head head,
      float[] fieldPpm,
      SampleGrid sampling,
      double echoTime,
      double polarity,
      float[] re,
      float[] im) {
    Grid fine = head.grid();
    Grid grid = sampling.acquired();
    int[] factor = sampling.factor();
    double b0 = protocol.fieldStrengthTesla();
    double radPerPpm = FieldUnits.radPerPpm(b0, echoTime);
    // About 60 % of R2* at 3 T comes from mesoscopic fields, which scale with the main field.
    double decay = echoTime * (0.4 + 0.6 * b0 / 3);
    double[] steady = steadyStates(head.table());
    ReceivePhase receive = new ReceivePhase(grid, seed);
    SampleGrid.forEachVoxel(
        grid,
        (x, y, z) -> {
          int start = sampling.fineIndex(fine, x, y, z);
          double a = 0;
          double b = 0;
          for (int fz = 0; fz < factor[2]; fz++) {
            for (int fy = 0; fy < factor[1]; fy++) {
              int i = start + fine.nx() * (fy + fine.ny() * fz);
              for (int fx = 0; fx < factor[0]; fx++, i++) {
                double amplitude =
                    steady[head.tissue()[i]] * StrictMath.exp(-decay * head.r2StarHz()[i]);
                double angle = radPerPpm * fieldPpm[i];
                a += amplitude * StrictMath.cos(angle);
                b += amplitude * StrictMath.sin(angle);
              }
            }
          }
          double offset =
              receive.phase(x, y, z)
                  + polarity * (BIPOLAR_OFFSET_RAD + BIPOLAR_SLOPE_RAD * (2.0 * x / grid.nx() - 1));
          double scale = receive.sensitivity(x, y, z) / sampling.parts();
          double cos = scale * StrictMath.cos(offset);
          double sin = scale * StrictMath.sin(offset);
          int out = grid.index(x, y, z);
          re[out] = (float) (a * cos - b * sin);
          im[out] = (float) (a * sin + b * cos);
        });
  }

  private double[] steadyStates(TissueTable table) {
    double flip = Math.toRadians(protocol.flipDegrees());
    double[] steady = new double[Tissue.values().length];
    for (Tissue tissue : Tissue.values()) {
      double t1 = table.t1Seconds(tissue, protocol.fieldStrengthTesla());
      double e1 = StrictMath.exp(-protocol.repetitionTimeSeconds() / t1);
      steady[tissue.ordinal()] =
          table.protonDensity(tissue)
              * StrictMath.sin(flip)
              * (1 - e1)
              / (1 - StrictMath.cos(flip) * e1);
    }
    return steady;
  }

  private static double brainPeak(ComplexImages images, Mask brain) {
    double peak = 0;
    for (int i = 0; i < brain.data().length; i++) {
      peak = brain.data()[i] ? Math.max(peak, images.magnitude(0, i)) : peak;
    }
    return peak > 0 ? peak : images.peak();
  }

  private void addNoise(ComplexImages images, double brainPeak) {
    double sd = brainPeak / protocol.peakSnr();
    SeededRandom random = new SeededRandom(seed);
    float[] noise = new float[images.grid().size()];
    for (int e = 0; e < protocol.echoes(); e++) {
      for (float[] part : List.of(images.real().get(e), images.imaginary().get(e))) {
        random.fillGaussian(noise);
        for (int i = 0; i < part.length; i++) {
          part[i] += (float) (sd * noise[i]);
        }
      }
    }
  }
}
