package org.qsmnode.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.qsmnode.field.data.EchoPhantom;
import org.qsmnode.field.data.FieldMappingException;
import org.qsmnode.field.data.HeadModel;
import org.qsmnode.numeric.Progress;
import org.qsmnode.volume.FieldUnits;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Morphology;
import org.qsmnode.volume.MultiEcho;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

final class FieldMappingTest {

  private static final Grid GRID = new Grid(59, 67, 61, 3.4, 3.2, 3.3, Orientation.AXIAL);
  private static final double[] TE = {0.004, 0.008, 0.012, 0.016};
  private static final FieldMapping MAPPING = new FieldMapping(FieldSettings.defaults());

  @Test
  void theHeadComesOutWithItsTotalField() throws FieldMappingException {
    HeadModel head = HeadModel.of(GRID, new Vector3(0.1, 0.25, 1), false);
    LocalField field = MAPPING.map(head.scan(TE, 3, 60, 2, 1), Optional.empty(), Progress.NONE);
    Mask inner = Morphology.erodeVoxels(head.brainMask(), 1);
    double found = (double) field.mask().and(inner).count() / inner.count();
    assertTrue(found > 0.99, "share of the brain in the mask " + found);
    float[] ppm = field.totalHz().data().clone();
    for (int i = 0; i < ppm.length; i++) {
      ppm[i] /= (float) FieldUnits.hzPerPpm(3);
    }
    double error = HeadModel.nrmsePercent(ppm, head.totalPpm, inner.and(field.mask()));
    assertEquals(List.of(0.004, 0.008, 0.012, 0.016), field.echoTimesSeconds());
    assertTrue(error < 12, "total field NRMSE " + error + " %");
  }

  @Test
  void theFieldOfACylinderComesOutOfWrappedEchoes() throws FieldMappingException {
    Grid grid = new Grid(37, 35, 33, 2, 2.1, 2.2, Orientation.AXIAL);
    double radius = 6;
    double radPerSecond = FieldUnits.radPerPpm(3, 1) * 0.9;
    EchoPhantom head =
        EchoPhantom.of(
            grid,
            (u, v, w) -> {
              double y = v * 35;
              double z = w * 34;
              double square = y * y + z * z;
              boolean inside = square < radius * radius;
              double outside = radius * radius / 2 / square * (z * z - y * y) / square;
              return radPerSecond * (inside ? -1.0 / 6 : outside);
            });
    CombinedField field =
        CombinedField.of(
            head.scan(TE, 0.01, 3),
            head.mask(),
            FieldSettings.defaults(),
            new Stages(Progress.NONE),
            new ArrayList<>());
    double turn = 2 * Math.PI / (TE[1] - TE[0]);
    double error = EchoPhantom.spread(field.slope(), head.field(), head.mask());
    assertTrue(error < 0.002 * turn, error + " rad/s, a turn between echoes is " + turn);
  }

  @Test
  void twoEchoesAreFlagged() throws FieldMappingException {
    Grid grid = new Grid(21, 19, 20, 3, 3, 3, Orientation.AXIAL);
    EchoPhantom head = EchoPhantom.of(grid, (u, v, w) -> 200 * u * w);
    List<String> notes = new ArrayList<>();
    CombinedField.of(
        head.scan(new double[] {0.005, 0.011}, 0.02, 4),
        head.mask(),
        FieldSettings.defaults(),
        new Stages(Progress.NONE),
        notes);
    assertTrue(notes.get(0).startsWith("Short: two echoes."), notes::toString);
  }

  @Test
  void wrongPhaseSignIsHeld() {
    HeadModel head = HeadModel.of(GRID, new Vector3(0.1, 0.25, 1), true);
    MultiEcho right = head.scan(TE, 3, 60, 2, 1);
    List<Volume> turned = new ArrayList<>();
    for (Volume phase : right.phaseRad()) {
      Volume copy = phase.copy();
      for (int i = 0; i < copy.data().length; i++) {
        copy.data()[i] = -copy.data()[i];
      }
      turned.add(copy);
    }
    MultiEcho wrong = new MultiEcho(right.magnitude(), turned, TE, 3, head.b0);
    FieldMappingException held =
        assertThrows(
            FieldMappingException.class, () -> MAPPING.map(wrong, Optional.empty(), Progress.NONE));
    assertEquals(FieldMappingException.Code.SIGN_CONFLICT, held.code());
  }
}
