package org.qsmnode.simulate.cases;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.qsmnode.field.LocalField;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.Fourier;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Morphology;

/**
 * How much of the field of the true map, by the kernel of k-space, is in the field of a simulated
 * case, by frequency: a row of Markdown a case. 1 is all of it, whatever the noise. Only voxels at
 * least {@value #DEPTH} voxels inside the mask count. Arguments: folders of one case each.
 */
public final class FieldTransfer {

  private static final int DEPTH = 8;

  /** Limits of the bands, cycles per mm. */
  private static final double[] LIMITS = {0.01, 0.03, 0.05, 0.08, 0.12, 0.2, 0.3};

  private FieldTransfer() {}

  /** Prints the table. */
  public static void main(String[] folders) throws IOException {
    StringBuilder head = new StringBuilder("| case | field | tilt, degrees |");
    StringBuilder rule = new StringBuilder("|---|---|---|");
    for (int b = 0; b + 1 < LIMITS.length; b++) {
      head.append(String.format(Locale.ROOT, " %.2f to %.2f |", LIMITS[b], LIMITS[b + 1]));
      rule.append("---|");
    }
    System.out.println(head + "\n" + rule);
    for (String folder : folders) {
      InversionCase one = CaseFolder.read(Path.of(folder));
      StringBuilder row = new StringBuilder();
      for (double part : transfer(one)) {
        row.append(String.format(Locale.ROOT, " %.2f |", part));
      }
      System.out.printf(
          Locale.ROOT,
          "| %s | %s | %.0f |%s%n",
          Path.of(folder).getFileName(),
          one.facts().field(),
          one.facts().tiltDegrees(),
          row);
    }
  }

  private static double[] transfer(InversionCase one) {
    LocalField field = one.field();
    Grid grid = field.grid();
    float[] made = new float[grid.size()];
    new DipoleConvolution(grid, field.b0Direction()).apply(one.chiPpm().data(), made);
    Mask core = Morphology.erodeVoxels(field.mask(), DEPTH);
    Fourier fourier = new Fourier(grid.dims(), grid.dims());
    float[] expected = spectrum(fourier, made, core);
    float[] found = spectrum(fourier, field.localPpm().data(), core);
    double[] voxel = grid.voxelMm();
    int[] n = grid.dims();
    float[] perMm =
        fourier.multiplier(
            (x, y, z) ->
                Math.sqrt(
                    Math.pow(x / (n[0] * voxel[0]), 2)
                        + Math.pow(y / (n[1] * voxel[1]), 2)
                        + Math.pow(z / (n[2] * voxel[2]), 2)));
    double[] both = new double[LIMITS.length - 1];
    double[] own = new double[LIMITS.length - 1];
    for (int i = 0; i < perMm.length; i++) {
      for (int b = 0; b < both.length; b++) {
        if (perMm[i] >= LIMITS[b] && perMm[i] < LIMITS[b + 1]) {
          for (int c = 2 * i; c < 2 * i + 2; c++) {
            both[b] += (double) expected[c] * found[c];
            own[b] += (double) expected[c] * expected[c];
          }
        }
      }
    }
    for (int b = 0; b < both.length; b++) {
      both[b] /= own[b];
    }
    return both;
  }

  private static float[] spectrum(Fourier fourier, float[] values, Mask core) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += core.data()[i] ? values[i] : 0;
    }
    float mean = (float) (sum / core.count());
    float[] inside = new float[values.length];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = core.data()[i] ? values[i] - mean : 0;
    }
    float[] spectrum = new float[fourier.spectrumLength()];
    fourier.forward(inside, spectrum);
    return spectrum;
  }
}
