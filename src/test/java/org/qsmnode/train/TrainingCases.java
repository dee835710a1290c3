package org.qsmnode.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.qsmnode.field.FieldOrigin;
import org.qsmnode.field.LocalField;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.simulate.cases.CaseFacts;
import org.qsmnode.simulate.cases.CaseFolder;
import org.qsmnode.simulate.cases.InversionCase;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/** Tiny cases: an ellipsoid of a few random blobs, its field, and noise. */
final class TrainingCases {

  private TrainingCases() {}

  private static final Vector3 OBLIQUE = new Vector3(0.2, -0.1, 0.97).unit();

  static InversionCase of(String family, long seed, int nx, int ny, int nz) {
    Grid grid = Grid.isotropic(nx, ny, nz, 2);
    SeededRandom random = new SeededRandom(seed);
    double[][] blobs = new double[6][];
    for (int b = 0; b < blobs.length; b++) {
      blobs[b] =
          new double[] {
            random.uniform(0.2, 0.8) * nx,
            random.uniform(0.2, 0.8) * ny,
            random.uniform(0.2, 0.8) * nz,
            random.uniform(1.5, 4),
            0.1 * random.gaussian()
          };
    }
    boolean[] inside = new boolean[grid.size()];
    float[] chi = new float[grid.size()];
    float[] labels = new float[grid.size()];
    double sum = 0;
    int count = 0;
    for (int z = 0, i = 0; z < nz; z++) {
      for (int y = 0; y < ny; y++) {
        for (int x = 0; x < nx; x++, i++) {
          double u = (x - (nx - 1) / 2.0) / (0.45 * nx);
          double v = (y - (ny - 1) / 2.0) / (0.45 * ny);
          double w = (z - (nz - 1) / 2.0) / (0.45 * nz);
          inside[i] = u * u + v * v + w * w < 1;
          labels[i] = 8;
          for (double[] b : blobs) {
            double r2 = Math.pow(x - b[0], 2) + Math.pow(y - b[1], 2) + Math.pow(z - b[2], 2);
            if (r2 < b[3] * b[3]) {
              chi[i] = (float) b[4];
              labels[i] = 2;
            }
          }
          sum += inside[i] ? chi[i] : 0;
          count += inside[i] ? 1 : 0;
        }
      }
    }
    for (int i = 0; i < chi.length; i++) {
      chi[i] = inside[i] ? (float) (chi[i] - sum / count) : 0;
    }
    Volume field = Volume.zeros(grid);
    DipoleConvolution.imageSpace(grid, OBLIQUE).apply(chi, field.data());
    Volume sd = Volume.zeros(grid);
    for (int i = 0; i < chi.length; i++) {
      double spread = 0.002 * (1 + 0.5 * (i % 3));
      sd.data()[i] = inside[i] ? (float) spread : 0;
      field.data()[i] = inside[i] ? (float) (field.data()[i] + spread * random.gaussian()) : 0;
    }
    Volume magnitude = new Volume(grid, new float[grid.size()]);
    for (int i = 0; i < chi.length; i++) {
      magnitude.data()[i] = inside[i] ? 100 - 2 * labels[i] : 1;
    }
    LocalField local =
        new LocalField(
            Volume.zeros(grid),
            field,
            sd,
            new Mask(grid, inside),
            magnitude,
            Volume.zeros(grid),
            3,
            List.of(0.005, 0.01),
            OBLIQUE,
            FieldOrigin.EXACT,
            List.of());
    CaseFacts facts =
        new CaseFacts(
            family,
            seed,
            "geometric",
            FieldOrigin.EXACT,
            List.of(),
            3,
            List.of(0.005, 0.01),
            50,
            12);
    return new InversionCase(local, new Volume(grid, chi), new Volume(grid, labels), facts);
  }

  static void write(Path root, String family, long seed) throws IOException {
    CaseFolder.write(of(family, seed, 15, 18, 13), root.resolve("%s-%05d".formatted(family, seed)));
  }
}
