package org.qsmnode.simulate.signal;

import java.util.ArrayList;
import java.util.List;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.MultiEcho;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/**
 * A complex multi-echo signal whose phase grows with the field.
 *
 * @param real real parts, one array per echo
 * @param imaginary imaginary parts, one array per echo
 */
public record ComplexImages(
    Grid grid, ScanProtocol protocol, List<float[]> real, List<float[]> imaginary) {

  public ComplexImages {
    real = List.copyOf(real);
    imaginary = List.copyOf(imaginary);
    if (real.size() != protocol.echoes() || imaginary.size() != protocol.echoes()) {
      throw new IllegalArgumentException("real and imaginary must have one array per echo");
    }
  }

  /** Magnitude of one echo at one voxel. */
  public double magnitude(int echo, int index) {
    double a = real.get(echo)[index];
    double b = imaginary.get(echo)[index];
    return Math.sqrt(a * a + b * b);
  }

  /** Phase of one echo at one voxel, radians. */
  public double phase(int echo, int index) {
    return StrictMath.atan2(imaginary.get(echo)[index], real.get(echo)[index]);
  }

  /** Largest magnitude of one echo. */
  public double peak(int echo) {
    double peak = 0;
    for (int i = 0; i < grid.size(); i++) {
      peak = Math.max(peak, magnitude(echo, i));
    }
    return peak;
  }

  /** Largest magnitude of all echoes. */
  public double peak() {
    double peak = 0;
    for (int e = 0; e < protocol.echoes(); e++) {
      peak = Math.max(peak, peak(e));
    }
    return peak;
  }

  /** The signal with the opposite sign of phase. */
  public ComplexImages conjugate() {
    List<float[]> mirrored = new ArrayList<>();
    for (float[] values : imaginary) {
      float[] negative = new float[values.length];
      for (int i = 0; i < negative.length; i++) {
        negative[i] = -values[i];
      }
      mirrored.add(negative);
    }
    return new ComplexImages(grid, protocol, real, mirrored);
  }

  /** The signal turned by another quarter in every slice. */
  public ComplexImages turningSlices() {
    List<float[]> re = new ArrayList<>();
    List<float[]> im = new ArrayList<>();
    int sliceSize = grid.nx() * grid.ny();
    for (int e = 0; e < protocol.echoes(); e++) {
      float[] a = real.get(e).clone();
      float[] b = imaginary.get(e).clone();
      for (int i = 0; i < a.length; i++) {
        for (int quarter = i / sliceSize % 4; quarter > 0; quarter--) {
          float turned = -b[i];
          b[i] = a[i];
          a[i] = turned;
        }
      }
      re.add(a);
      im.add(b);
    }
    return new ComplexImages(grid, protocol, re, im);
  }

  /**
   * Magnitude and phase without quantisation, as a perfect reader would assemble them.
   *
   * @param b0Patient direction of the main field in patient axes
   */
  public MultiEcho toMultiEcho(Vector3 b0Patient) {
    List<Volume> magnitudes = new ArrayList<>();
    List<Volume> phases = new ArrayList<>();
    for (int e = 0; e < protocol.echoes(); e++) {
      float[] m = new float[grid.size()];
      float[] p = new float[grid.size()];
      for (int i = 0; i < m.length; i++) {
        m[i] = (float) magnitude(e, i);
        double phase = phase(e, i);
        p[i] = (float) (phase >= Math.PI ? -Math.PI : phase);
      }
      magnitudes.add(new Volume(grid, m));
      phases.add(new Volume(grid, p));
    }
    return new MultiEcho(
        magnitudes,
        phases,
        protocol.echoTimesSeconds(),
        protocol.fieldStrengthTesla(),
        grid.orientation().toVoxelAxes(b0Patient));
  }
}
