package org.qsmnode.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qsmnode.field.data.Angles;
import org.qsmnode.field.data.EchoImages;
import org.qsmnode.field.data.EchoPhantom;
import org.qsmnode.field.data.FieldMappingException;
import org.qsmnode.field.phase.LaplacianUnwrapping;
import org.qsmnode.field.phase.PhaseStep;
import org.qsmnode.field.phase.PhaseUnwrapping;
import org.qsmnode.field.phase.RegionGrowing;
import org.qsmnode.field.phase.Unwrapping;
import org.qsmnode.numeric.Progress;
import org.qsmnode.numeric.Quantiles;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Nifti;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Volume;

final class UnwrappingTest {

  private static final Grid GRID = new Grid(33, 41, 27, 2, 1.5, 3, Orientation.AXIAL);

  /** Many turns across the head, up to 2.4 rad from voxel to voxel. */
  private static final EchoPhantom STEEP =
      EchoPhantom.of(
          GRID, (u, v, w) -> 4000 * u * u - 3500 * v + 2500 * w * v + 2000 * Math.sin(3 * w));

  private static float[] unwrap(Unwrapping method, Mask mask, float[] wrapped) {
    float[] signal = new float[wrapped.length];
    Arrays.fill(signal, 1);
    return method == Unwrapping.LAPLACIAN
        ? LaplacianUnwrapping.unwrap(mask, wrapped)
        : new RegionGrowing(mask, wrapped, new float[0], 1, signal).unwrap(wrapped);
  }

  private static float[] phase(EchoPhantom head, double seconds, double noiseRad, long seed) {
    Random random = new Random(seed);
    float[] phase = new float[head.field().length];
    for (int i = 0; i < phase.length; i++) {
      phase[i] = (float) (head.field()[i] * seconds + noiseRad * random.nextGaussian());
    }
    return phase;
  }

  private static float[] wrapped(float[] phase) {
    float[] wrapped = new float[phase.length];
    for (int i = 0; i < phase.length; i++) {
      wrapped[i] = (float) Angles.wrap(phase[i]);
    }
    return wrapped;
  }

  /** Voxels that are not the same multiple of 2 pi away from the truth as most. */
  private static int off(float[] unwrapped, float[] truth, Mask mask) {
    double turns =
        Quantiles.median(
            Quantiles.sorted(truth.length, i -> mask.data()[i], i -> unwrapped[i] - truth[i]));
    int off = 0;
    for (int i = 0; i < truth.length; i++) {
      if (mask.data()[i] && Math.abs(unwrapped[i] - truth[i] - turns) > 0.1) {
        off++;
      }
    }
    return off;
  }

  @ParameterizedTest
  @EnumSource(Unwrapping.class)
  void aSteepFieldComesBackWithoutAJump(Unwrapping method) {
    float[] truth = phase(STEEP, 0.005, 0, 1);
    assertEquals(0, off(unwrap(method, STEEP.mask(), wrapped(truth)), truth, STEEP.mask()));
  }

  @ParameterizedTest
  @EnumSource(Unwrapping.class)
  void noiseMakesNoJumpEither(Unwrapping method) {
    float[] truth = phase(STEEP, 0.0025, 0.25, 2);
    assertEquals(0, off(unwrap(method, STEEP.mask(), wrapped(truth)), truth, STEEP.mask()));
  }

  @ParameterizedTest
  @EnumSource(Unwrapping.class)
  void turnsOfTwoPiAConstantAndTheSignChangeNothingElse(Unwrapping method) {
    float[] wrapped = wrapped(phase(STEEP, 0.003, 0.1, 3));
    float[] turned = wrapped.clone();
    float[] shifted = wrapped.clone();
    float[] mirrored = wrapped.clone();
    Random random = new Random(4);
    for (int i = 0; i < wrapped.length; i++) {
      turned[i] += (float) (Angles.TWO_PI * (random.nextInt(5) - 2));
      shifted[i] = (float) Angles.wrap(wrapped[i] + 2.5);
      mirrored[i] = -wrapped[i];
    }
    float[] expected = unwrap(method, STEEP.mask(), wrapped);
    float[] opposite = unwrap(method, STEEP.mask(), mirrored);
    for (int i = 0; i < opposite.length; i++) {
      opposite[i] = -opposite[i];
    }
    assertEquals(0, off(unwrap(method, STEEP.mask(), turned), expected, STEEP.mask()));
    assertEquals(0, off(unwrap(method, STEEP.mask(), shifted), expected, STEEP.mask()));
    assertEquals(0, off(opposite, expected, STEEP.mask()));
  }

  @ParameterizedTest
  @EnumSource(Unwrapping.class)
  void aCutOffIslandIsUnwrappedForItselfAndPutNextToTheRest(Unwrapping method) {
    boolean[] parts = STEEP.mask().data().clone();
    boolean[] island = new boolean[parts.length];
    for (int i = 0; i < parts.length; i++) {
      int y = i / 33 % 41;
      island[i] = parts[i] && y > 30;
      parts[i] &= y != 29 && y != 30;
    }
    float[] truth = phase(STEEP, 0.003, 0.1, 5);
    float[] unwrapped = unwrap(method, new Mask(GRID, parts), wrapped(truth));
    Mask small = new Mask(GRID, island);
    boolean[] large = parts.clone();
    for (int i = 0; i < large.length; i++) {
      large[i] &= !island[i];
    }
    Mask main = new Mask(GRID, large);
    assertEquals(0, off(unwrapped, truth, main));
    assertEquals(0, off(unwrapped, truth, small));
    double apart = median(unwrapped, small) - median(unwrapped, main);
    assertTrue(Math.abs(apart) < Math.PI, "medians are " + apart + " rad apart");
  }

  private static double median(float[] values, Mask mask) {
    return Quantiles.median(Quantiles.sorted(values.length, i -> mask.data()[i], i -> values[i]));
  }

  @Test
  void everyEchoFollowsTheFieldWithinPi() throws FieldMappingException {
    double[] te = EchoPhantom.echoes(8, 0.003, 0.0025);
    EchoImages images = STEEP.scan(te, 0.05, 6);
    for (Unwrapping method : Unwrapping.values()) {
      float[] slope = slope(images, STEEP.mask(), method);
      float[] last = slope.clone();
      float[] truth = STEEP.field().clone();
      for (int i = 0; i < last.length; i++) {
        last[i] *= (float) te[7];
        truth[i] *= (float) te[7];
      }
      double level = median(last, STEEP.mask()) - median(truth, STEEP.mask());
      for (int i = 0; i < last.length; i++) {
        if (STEEP.mask().data()[i]) {
          assertEquals(truth[i] + level, last[i], Math.PI, method.word());
        }
      }
    }
  }

  @Test
  void aFieldTooSteepForTheStepBetweenEchoesFollowsTheEarlierFirstEcho()
      throws FieldMappingException {
    EchoPhantom peak =
        EchoPhantom.of(
            GRID, (u, v, w) -> 5000 * Math.exp(-60 * ((u - 0.2) * (u - 0.2) + v * v + w * w)));
    double[] te = EchoPhantom.echoes(4, 0.002, 0.006);
    EchoImages images = peak.scan(te, 0.01, 7);
    PhaseStep step = PhaseStep.of(images, peak.mask());
    PhaseUnwrapping unwrapping =
        new PhaseUnwrapping(images, peak.mask(), step, Unwrapping.REGION_GROWING);
    float[] truth = phase(peak, step.seconds(), 0, 8);
    float[] alone = unwrapping.step();
    float[] guided = alone.clone();
    unwrapping.followFirstEcho(peak.offset(), guided);
    assertTrue(jumps(alone, truth, peak.mask()) > 50, "the step alone is wrong in places");
    assertEquals(0, jumps(guided, truth, peak.mask()));
  }

  private static int jumps(float[] unwrapped, float[] truth, Mask mask) {
    double level = median(unwrapped, mask) - median(truth, mask);
    int jumps = 0;
    for (int i = 0; i < truth.length; i++) {
      if (mask.data()[i] && Math.abs(unwrapped[i] - truth[i] - level) > Math.PI) {
        jumps++;
      }
    }
    return jumps;
  }

  private static float[] slope(EchoImages images, Mask mask, Unwrapping method)
      throws FieldMappingException {
    FieldSettings d = FieldSettings.defaults();
    FieldSettings settings = d.withUnwrapping(method);
    return CombinedField.of(images, mask, settings, new Stages(Progress.NONE), new ArrayList<>())
        .slope();
  }

  @ParameterizedTest
  @EnumSource(Unwrapping.class)
  void aRealHeadHasNoJumpsBetweenNeighbours(Unwrapping method)
      throws IOException, FieldMappingException {
    Path folder = Path.of("../shared/data/nifti-3echo-crop");
    assumeTrue(Files.exists(folder), "no real images in ../shared/data/nifti-3echo-crop");
    List<Volume> m = Nifti.read(folder.resolve("Mag.nii")).volumes();
    List<Volume> p = Nifti.read(folder.resolve("Phase.nii")).volumes();
    Grid grid = m.get(0).grid();
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Volume volume : p) {
      for (float value : volume.data()) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    float[][] magnitude = new float[3][];
    float[][] phase = new float[3][grid.size()];
    for (int e = 0; e < 3; e++) {
      magnitude[e] = m.get(e).data();
      for (int i = 0; i < grid.size(); i++) {
        phase[e][i] = (float) (Math.PI * (2 * (p.get(e).data()[i] - low) / (high - low) - 1));
      }
    }
    EchoImages images = new EchoImages(grid, magnitude, phase, new double[] {.004, .008, .012});
    double bright =
        Quantiles.median(Quantiles.sorted(grid.size(), i -> true, i -> magnitude[2][i]));
    boolean[] inside = new boolean[grid.size()];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = magnitude[2][i] > 0.5 * bright;
    }
    Mask mask = new Mask(grid, inside);
    float[] last = slope(images, mask, method);
    for (int i = 0; i < last.length; i++) {
      last[i] *= 0.004f;
    }
    int wraps = pairsApart(phase[2], mask);
    int left = pairsApart(last, mask);
    assertTrue(wraps > 1000, "wraps in the last echo: " + wraps);
    assertTrue(left < 0.0005 * mask.count(), "jumps left: " + left + " of " + mask.count());
  }

  private static int pairsApart(float[] values, Mask mask) {
    Grid grid = mask.grid();
    int[] stride = {1, grid.nx(), grid.nx() * grid.ny()};
    int apart = 0;
    for (int i = 0; i < values.length; i++) {
      int[] at = {i % grid.nx(), i / grid.nx() % grid.ny(), i / stride[2]};
      for (int a = 0; a < 3; a++) {
        if (at[a] + 1 < grid.dims()[a] && mask.data()[i] && mask.data()[i + stride[a]]) {
          apart += Math.abs(values[i + stride[a]] - values[i]) > Math.PI ? 1 : 0;
        }
      }
    }
    return apart;
  }
}
