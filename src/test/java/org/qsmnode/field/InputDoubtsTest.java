package org.qsmnode.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsmnode.field.check.FieldSkewness;
import org.qsmnode.field.check.PhaseDoubts;
import org.qsmnode.field.check.PhaseFilterCheck;
import org.qsmnode.field.check.SignCheck;
import org.qsmnode.field.check.WrapCheck;
import org.qsmnode.field.data.Angles;
import org.qsmnode.field.data.EchoImages;
import org.qsmnode.field.data.FieldMappingException;
import org.qsmnode.field.data.TotalField;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;

/** Doubts about the input on fields that are known in closed form. */
class InputDoubtsTest {

  private static final Grid GRID = new Grid(41, 39, 37, 3, 3.2, 3.4, Orientation.AXIAL);
  private static final double BRAIN_MM = 52;
  private static final FieldSettings SETTINGS = FieldSettings.defaults();

  /** Field of a ball of air, 10 mm wide, 8 mm below a round brain, by the formula of a ball. */
  private static TotalField brainAboveAir(Vector3 b0, double sign) {
    Mask brain = brain();
    float[] ppm = new float[GRID.size()];
    for (int i = 0; i < ppm.length; i++) {
      Vector3 r = fromCentre(i).minus(new Vector3(0, 0, -BRAIN_MM - 18));
      double cos = r.dot(b0) / r.norm();
      ppm[i] = (float) (sign * 9.4 / 3 * Math.pow(10 / r.norm(), 3) * (3 * cos * cos - 1) * 4);
    }
    float[] sd = new float[ppm.length];
    Arrays.fill(sd, 0.001f);
    return new TotalField(ppm, sd, brain, Vector3.Z);
  }

  @Test
  void airBelowTheBrainProvesTheSign() throws FieldMappingException {
    TotalField right = brainAboveAir(Vector3.Z, 1);
    double skewness = FieldSkewness.of(right).orElseThrow().value();
    List<String> notes = new ArrayList<>();
    check(right, SETTINGS.withUnknownSign(), notes);
    assertTrue(notes.get(0).contains("skewness"), notes::toString);
    TotalField turned = brainAboveAir(Vector3.Z, -1);
    assertEquals(-skewness, FieldSkewness.of(turned).orElseThrow().value(), 1e-6);
    assertEquals(FieldMappingException.Code.SIGN_CONFLICT, held(turned, SETTINGS));
  }

  @Test
  void aMainFieldAcrossThePatientIsNoticed() throws FieldMappingException {
    TotalField across = brainAboveAir(Vector3.Y, 1);
    assertEquals(
        FieldMappingException.Code.SIGN_CONFLICT,
        held(across, SETTINGS),
        "one ball of air beside the field's axis looks like a turned one below it");
    List<String> notes = new ArrayList<>();
    TotalField declared = new TotalField(across.ppm(), across.sdPpm(), across.mask(), Vector3.Y);
    check(declared, SETTINGS, notes);
    assertTrue(notes.get(0).contains("does not lie along the patient"), notes::toString);
    assertEquals(
        FieldMappingException.Code.SIGN_CONFLICT, held(declared, SETTINGS.withUnknownSign()));
  }

  @Test
  void anEvenFieldGivesNoVerdictUnlessTheSignMustBeProved() throws FieldMappingException {
    TotalField even = new TotalField(new float[GRID.size()], ones(0.001f), brain(), Vector3.Z);
    List<String> notes = new ArrayList<>();
    check(even, SETTINGS, notes);
    assertTrue(notes.get(0).contains("not possible"), notes::toString);
    assertEquals(FieldMappingException.Code.SIGN_CONFLICT, held(even, SETTINGS.withUnknownSign()));
    check(even, SETTINGS.withoutSignCheck(), notes);
    assertTrue(notes.get(1).contains("turned off"), notes::toString);
  }

  @Test
  void phaseWithoutLargeScaleIsFiltered() {
    ToDoubleFunction<Vector3> fine = r -> 0.5 * Math.cos(r.x() / 3) * Math.cos(r.y() / 3);
    assertTrue(PhaseFilterCheck.isFiltered(PhaseFilterCheck.realShare(images(fine), brain())));
    ToDoubleFunction<Vector3> coarse = r -> fine.applyAsDouble(r) + 1 + r.norm() * r.z() / 900;
    double share = PhaseFilterCheck.realShare(images(coarse), brain());
    assertFalse(PhaseFilterCheck.isFiltered(share), "share " + share);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.5, 0.7})
  void numbersBetweenTheSidesOfAWrapAreNoticed(double shift) {
    EchoImages plain = images(r -> r.x() / 9 + r.y() / 14);
    assertEquals(0, WrapCheck.of(plain, brain()).off());
    float[] moved = plain.phase()[0].clone();
    for (int i = 0; i + 1 < moved.length; i++) {
      moved[i] += (float) (shift * (moved[i + 1] - moved[i]));
    }
    EchoImages interpolated =
        new EchoImages(GRID, plain.magnitude(), new float[][] {moved}, plain.te());
    WrapCheck found = WrapCheck.of(interpolated, brain());
    assertTrue(found.isInterpolated(), found::toString);
    FieldMappingException held =
        assertThrows(
            FieldMappingException.class,
            () -> PhaseDoubts.check(interpolated, brain(), new ArrayList<>()));
    assertEquals(FieldMappingException.Code.INTERPOLATED_PHASE, held.code());
  }

  private static FieldMappingException.Code held(TotalField total, FieldSettings settings) {
    return assertThrows(
            FieldMappingException.class, () -> check(total, settings, new ArrayList<>()))
        .code();
  }

  private static EchoImages images(ToDoubleFunction<Vector3> phase) {
    float[] wrapped = new float[GRID.size()];
    for (int i = 0; i < wrapped.length; i++) {
      wrapped[i] = (float) Angles.wrap(phase.applyAsDouble(fromCentre(i)));
    }
    return new EchoImages(
        GRID, new float[][] {ones(1)}, new float[][] {wrapped}, new double[] {0.01});
  }

  private static float[] ones(float value) {
    float[] ones = new float[GRID.size()];
    Arrays.fill(ones, value);
    return ones;
  }

  private static Mask brain() {
    boolean[] in = new boolean[GRID.size()];
    for (int i = 0; i < in.length; i++) {
      in[i] = fromCentre(i).norm() < BRAIN_MM;
    }
    return new Mask(GRID, in);
  }

  private static Vector3 fromCentre(int index) {
    return GRID.positionMm(
            index % GRID.nx(), index / GRID.nx() % GRID.ny(), index / (GRID.nx() * GRID.ny()))
        .minus(GRID.positionMm(20, 19, 18));
  }

  private static void check(TotalField total, FieldSettings settings, List<String> notes)
      throws FieldMappingException {
    new SignCheck(settings.leastSkewness(), settings.signKnown()).check(total, notes);
  }
}
