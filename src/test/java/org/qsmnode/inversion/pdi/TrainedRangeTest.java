package org.qsmnode.inversion.pdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.qsmnode.field.FieldOrigin;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Fields;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.inversion.classic.TkdInversion;
import org.qsmnode.numeric.Progress;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Vector3;

/** A network says so when it meets what it was not trained on. */
class TrainedRangeTest {

  private static final Mask MASK = Fields.ellipsoid(Grid.isotropic(12, 11, 10, 1.2), 0.9);
  private static final LocalField FIELD =
      Fields.of(
          MASK,
          Fields.constant(MASK, 0.01),
          Fields.constant(MASK, 0.001),
          new Vector3(0.2, 0.1, 0.9).unit());

  /** What a network of first echoes of 3 to 6 ms and last ones of 15 to 30 ms says of others. */
  private static List<String> outside(double... echoTimesSeconds) {
    LocalField timed =
        new LocalField(
            FIELD.totalHz(),
            FIELD.localPpm(),
            FIELD.sdPpm(),
            FIELD.mask(),
            FIELD.magnitude(),
            FIELD.r2starHz(),
            FIELD.fieldStrengthTesla(),
            DoubleStream.of(echoTimesSeconds).boxed().toList(),
            FIELD.b0Direction(),
            FieldOrigin.EXACT,
            FIELD.notes());
    double[] all = TrainedRange.anything();
    TrainedRange trained =
        new TrainedRange(
            all, all, new double[] {0.003, 0.006}, new double[] {0.015, 0.03}, all, all);
    Posterior start = new TkdInversion(0.19).invert(timed, Progress.NONE);
    return trained.outside(timed, PdiInputs.of(timed, start));
  }

  @Test
  void anEchoTimeOutsideWhatTheNetworkWasTrainedOnIsFlagged() {
    List<String> early = outside(0.0012, 0.02);
    assertEquals(1, early.size(), early::toString);
    String range = "a first echo of 1.20 ms (range 3.000 to 6.000); ";
    assertTrue(early.get(0).contains(range), early::toString);
    List<String> late = outside(0.004, 0.05);
    assertEquals(1, late.size(), late::toString);
    assertTrue(late.get(0).contains("a last echo of 50.0 ms"), late::toString);
    assertEquals(List.of(), outside(0.003, 0.03));
    assertEquals(List.of(), outside(), "times that are not known");
  }

  @Test
  void aModelThatDoesNotStateItsEchoesIsRefused() {
    Map<String, String> texts = new HashMap<>(TrainedRange.unlimited().texts());
    texts.remove("trained.lastEchoSeconds");
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> TrainedRange.of(texts));
    assertEquals(
        "the weights file does not state its trained.lastEchoSeconds", refused.getMessage());
  }
}
