package org.qsmnode.simulate.signal;

import java.util.List;
import java.util.stream.DoubleStream;
import org.qsmnode.field.FieldOrigin;
import org.qsmnode.field.LocalField;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.FieldUnits;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/**
 * A local field that differs from the true one by noise alone. Its standard deviation is what the
 * echoes' magnitudes allow, {@code sigma / sqrt(sum m^2 t^2)}, the phase offset being known.
 */
public final class ExactField {

  /** A voxel whose first echo is under this many noise standard deviations is not known. */
  private static final double LEAST_SNR = 3;

  /** Smallest even noise, and the largest over it. */
  private static final double LEAST_EVEN_PPM = 0.0004;

  private static final double EVEN_RANGE = 20;

  private ExactField() {}

  /**
   * The field with the noise that the signal has.
   *
   * @param localPpm true field of the susceptibility inside {@code mask}
   * @param b0Direction in voxel axes
   */
  public static LocalField of(
      ComplexImages images, Volume localPpm, Mask mask, Vector3 b0Direction, long seed) {
    Grid grid = mask.grid();
    ScanProtocol protocol = images.protocol();
    double[] times = protocol.echoTimesSeconds();
    double sigma = peak(images, mask) / protocol.peakSnr();
    double radPerPpmSecond = FieldUnits.radPerPpm(protocol.fieldStrengthTesla(), 1);
    float[] noise = new float[grid.size()];
    new SeededRandom(seed).stream(77).fillGaussian(noise);
    Volume field = Volume.zeros(grid);
    Volume sd = Volume.zeros(grid);
    Volume magnitude = Volume.zeros(grid);
    for (int i = 0; i < noise.length; i++) {
      double squares = 0;
      double information = 0;
      for (int e = 0; e < times.length; e++) {
        double m = images.magnitude(e, i);
        squares += m * m;
        information += m * m * times[e] * times[e];
      }
      magnitude.data()[i] = (float) Math.sqrt(squares);
      if (!mask.data()[i]) {
        continue;
      }
      if (images.magnitude(0, i) > LEAST_SNR * sigma) {
        double spread = sigma / (radPerPpmSecond * Math.sqrt(information));
        sd.data()[i] = (float) spread;
        field.data()[i] = (float) (localPpm.data()[i] + spread * noise[i]);
      } else {
        sd.data()[i] = Float.POSITIVE_INFINITY;
      }
    }
    return new LocalField(
        Volume.zeros(grid),
        field,
        sd,
        mask,
        magnitude,
        Volume.zeros(grid),
        protocol.fieldStrengthTesla(),
        DoubleStream.of(times).boxed().toList(),
        b0Direction,
        FieldOrigin.EXACT,
        List.of());
  }

  /**
   * The field with noise that is the same everywhere; whether it is stated and whether there is a
   * magnitude depends on the seed. An unstated one has standard deviations of 0, a magnitude that
   * is not there is 1 in the mask. Echo times are not handed over.
   *
   * @param localPpm true field of the susceptibility inside {@code mask}
   * @param b0Direction in voxel axes
   */
  public static LocalField plain(
      ComplexImages images, Volume localPpm, Mask mask, Vector3 b0Direction, long seed) {
    LocalField stated = of(images, localPpm, mask, b0Direction, seed);
    SeededRandom random = new SeededRandom(seed).stream(78);
    float spread = (float) (LEAST_EVEN_PPM * StrictMath.pow(EVEN_RANGE, random.uniform()));
    boolean isStated = random.uniform() < 0.6;
    boolean shown = random.uniform() < 0.6;
    Grid grid = mask.grid();
    float[] noise = new float[grid.size()];
    random.fillGaussian(noise);
    Volume field = Volume.zeros(grid);
    Volume sd = Volume.zeros(grid);
    for (int i = 0; i < noise.length; i++) {
      if (mask.data()[i]) {
        field.data()[i] = localPpm.data()[i] + spread * noise[i];
        sd.data()[i] = isStated ? spread : 0;
      }
    }
    return new LocalField(
        stated.totalHz(),
        field,
        sd,
        mask,
        shown ? stated.magnitude() : mask.toVolume(),
        stated.r2starHz(),
        stated.fieldStrengthTesla(),
        List.of(),
        b0Direction,
        FieldOrigin.EXACT,
        List.of());
  }

  private static double peak(ComplexImages images, Mask mask) {
    double peak = 0;
    for (int i = 0; i < mask.data().length; i++) {
      peak = mask.data()[i] ? Math.max(peak, images.magnitude(0, i)) : peak;
    }
    return peak;
  }
}
