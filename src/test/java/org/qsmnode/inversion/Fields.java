package org.qsmnode.inversion;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.qsmnode.field.FieldOrigin;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.data.MaskedMap;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.FieldUnits;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/** Fields without background for tests, from known susceptibilities. */
public final class Fields {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Fields() {}

  public static LocalField of(Mask mask, float[] localPpm, float[] sdPpm, Vector3 b0) {
    Grid grid = mask.grid();
    float[] total = localPpm.clone();
    for (int i = 0; i < total.length; i++) {
      total[i] *= (float) FieldUnits.hzPerPpm(3);
    }
    return new LocalField(
        new Volume(grid, total),
        new Volume(grid, localPpm),
        new Volume(grid, sdPpm),
        mask,
        mask.toVolume(),
        Volume.zeros(grid),
        3,
        List.of(),
        b0,
        FieldOrigin.EXACT,
        List.of());
  }

  /** Field of {@code chi} inside the mask by {@code dipole} with noise of {@code sd}. */
  public static LocalField measured(
      Mask mask, float[] chi, float[] sd, Vector3 b0, DipoleConvolution dipole, long seed) {
    float[] field = new float[chi.length];
    dipole.apply(chi, field);
    float[] noise = new float[chi.length];
    new SeededRandom(seed).fillGaussian(noise);
    for (int i = 0; i < field.length; i++) {
      boolean known = mask.data()[i] && Float.isFinite(sd[i]);
      field[i] = mask.data()[i] ? field[i] + (known ? noise[i] * sd[i] : 0) : 0;
    }
    return of(mask, field, sd, b0);
  }

  public static float[] constant(Mask mask, double value) {
    float[] values = new float[mask.data().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = mask.data()[i] ? (float) value : 0;
    }
    return values;
  }

  /** An ellipsoid that fills {@code share} of the grid's half sizes. */
  public static Mask ellipsoid(Grid grid, double share) {
    boolean[] inside = new boolean[grid.size()];
    for (int i = 0; i < inside.length; i++) {
      double x = (i % grid.nx() - 0.5 * (grid.nx() - 1)) / (0.5 * grid.nx());
      double y = (i / grid.nx() % grid.ny() - 0.5 * (grid.ny() - 1)) / (0.5 * grid.ny());
      double z = (i / (grid.nx() * grid.ny()) - 0.5 * (grid.nz() - 1)) / (0.5 * grid.nz());
      inside[i] = x * x + y * y + z * z <= share * share;
    }
    return new Mask(grid, inside);
  }

  public static float[] demeaned(float[] values, Mask mask) {
    float[] copy = values.clone();
    MaskedMap.reference(copy, mask);
    return copy;
  }

  /** What stands in the report about a result, by name. */
  public static Map<String, Object> report(Posterior posterior) {
    return JSON.convertValue(posterior.findings(), new TypeReference<>() {});
  }

  /** A number of the report. */
  public static double figure(Posterior posterior, String name) {
    if (report(posterior).get(name) instanceof Number number) {
      return number.doubleValue();
    }
    throw new AssertionError("the report has no number " + name);
  }

  /** A map that came from nowhere. */
  public static Posterior map(Volume chiPpm) {
    return Posterior.ofMap(chiPpm, () -> "none", Optional.empty());
  }

  public static double correlation(float[] a, float[] b, Mask mask) {
    float[] x = demeaned(a, mask);
    float[] y = demeaned(b, mask);
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (double) x[i] * y[i];
      xx += (double) x[i] * x[i];
      yy += (double) y[i] * y[i];
    }
    return xy / Math.sqrt(xx * yy);
  }

  public static double relativeError(float[] estimate, float[] truth, Mask mask) {
    float[] x = demeaned(estimate, mask);
    float[] y = demeaned(truth, mask);
    double error = 0;
    double norm = 0;
    for (int i = 0; i < x.length; i++) {
      error += Math.pow(x[i] - y[i], 2);
      norm += (double) y[i] * y[i];
    }
    return Math.sqrt(error / norm);
  }
}
