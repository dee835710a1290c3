package org.qsmnode.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsmnode.field.data.Angles;
import org.qsmnode.field.data.EchoImages;
import org.qsmnode.field.data.EchoPhantom;
import org.qsmnode.field.data.FieldMappingException;
import org.qsmnode.field.phase.BipolarReadout;
import org.qsmnode.numeric.Progress;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Orientation;

final class BipolarReadoutTest {

  private static final Grid GRID = new Grid(43, 47, 37, 3, 3, 3.4, Orientation.AXIAL);
  private static final EchoPhantom HEAD =
      EchoPhantom.of(
          GRID, (u, v, w) -> 500 * u * v - 300 * w + 250 * Math.exp(-20 * (u * u + v * v + w * w)));
  private static final float[] ALTERNATING =
      EchoPhantom.image(GRID, (u, v, w) -> 0.25 + 0.7 * u - 0.1 * v + 0.1 * u * w);

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 8})
  void theAlternatingPhaseIsFoundAsItIs(int echoes) {
    EchoImages images = HEAD.scan(EchoPhantom.echoes(echoes, 0.004, 0.005), 0.02, 71, ALTERNATING);
    BipolarReadout found = BipolarReadout.detect(images, HEAD.mask(), 8).orElseThrow();
    assertEquals(0, EchoPhantom.spread(found.phase(), ALTERNATING, HEAD.mask()), 0.01);
    assertEquals(0.25, found.phase()[GRID.index(21, 23, 18)], 0.02);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.005, 0.02, 0.05, 0.12})
  void oneReadoutPolarityIsNeverTakenForTwo(double sigma) {
    for (int echoes : new int[] {3, 4, 7}) {
      EchoImages images = HEAD.scan(EchoPhantom.echoes(echoes, 0.003, 0.004), sigma, 72 + echoes);
      assertTrue(BipolarReadout.detect(images, HEAD.mask(), 8).isEmpty(), echoes + " echoes");
    }
  }

  @Test
  void pureNoiseIsNoBipolarReadout() {
    EchoImages images = HEAD.scan(EchoPhantom.echoes(5, 0.004, 0.005), 1e4, 73);
    assertTrue(BipolarReadout.detect(images, HEAD.mask(), 8).isEmpty());
  }

  @Test
  void twoEchoesAndUnevenSpacingTellNothing() {
    double[] uneven = {0.004, 0.007, 0.013, 0.022};
    EchoImages two = HEAD.scan(new double[] {0.004, 0.009}, 0.01, 74, ALTERNATING);
    EchoImages odd = HEAD.scan(uneven, 0.01, 75, ALTERNATING);
    assertTrue(BipolarReadout.detect(two, HEAD.mask(), 8).isEmpty());
    assertTrue(BipolarReadout.detect(odd, HEAD.mask(), 8).isEmpty());
  }

  @Test
  void turnsOfTwoPiAndAnOffsetOfAllEchoesChangeNothing() {
    double[] te = EchoPhantom.echoes(4, 0.004, 0.005);
    EchoImages images = HEAD.scan(te, 0.02, 76, ALTERNATING);
    Random random = new Random(77);
    float[][] turned = new float[te.length][];
    for (int e = 0; e < te.length; e++) {
      turned[e] = images.phase()[e].clone();
      for (int i = 0; i < turned[e].length; i++) {
        turned[e][i] += (float) (1.1 + Angles.TWO_PI * (random.nextInt(3) - 1));
      }
    }
    EchoImages other = new EchoImages(GRID, images.magnitude(), turned, te);
    BipolarReadout expected = BipolarReadout.detect(images, HEAD.mask(), 8).orElseThrow();
    BipolarReadout actual = BipolarReadout.detect(other, HEAD.mask(), 8).orElseThrow();
    assertEquals(0, EchoPhantom.spread(expected.phase(), actual.phase(), HEAD.mask()), 1e-4);
  }

  @Test
  void theCorrectedFieldIsAsGoodAsThatOfOnePolarity() throws FieldMappingException {
    double[] te = EchoPhantom.echoes(4, 0.004, 0.005);
    List<String> notes = new ArrayList<>();
    double bipolar = error(HEAD.scan(te, 0.02, 78, ALTERNATING), notes);
    assertTrue(notes.stream().anyMatch(note -> note.startsWith("Bipolar readout")));
    notes.clear();
    double monopolar = error(HEAD.scan(te, 0.02, 78), notes);
    assertFalse(notes.stream().anyMatch(note -> note.startsWith("Bipolar readout")));
    assertTrue(bipolar < 1.05 * monopolar, bipolar + " rad/s, one polarity " + monopolar);
  }

  private static double error(EchoImages images, List<String> notes) throws FieldMappingException {
    CombinedField field =
        CombinedField.of(
            images, HEAD.mask(), FieldSettings.defaults(), new Stages(Progress.NONE), notes);
    return EchoPhantom.spread(field.slope(), HEAD.field(), HEAD.mask());
  }
}
