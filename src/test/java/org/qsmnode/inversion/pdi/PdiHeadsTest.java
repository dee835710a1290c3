package org.qsmnode.inversion.pdi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the outputs of the network mean for a voxel. */
class PdiHeadsTest {

  @ParameterizedTest
  @ValueSource(doubles = {-2.5, -0.31, 1.6})
  void aSourceStrongerThanTissueIsLeftAsItIsAndItsErrorGrowsWithIt(double start) {
    assertEquals(start, PdiHeads.mean(start, 3));
    assertEquals(0.15 * Math.abs(start), PdiHeads.sd(start, 0), 1e-12);
    assertEquals(1, PdiHeads.sd(start, 9), "what the network doubts stays doubted");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.29, 0, 0.4, 1.49})
  void tissueAndBloodAreCorrected(double start) {
    assertEquals(start + 0.03, PdiHeads.mean(start, 0.3), 1e-12);
    assertEquals(0.01, PdiHeads.sd(start, 0), 1e-12);
  }

  @Test
  void theStandardDeviationStaysBetweenItsBounds() {
    assertEquals(PdiHeads.LEAST_SD_PPM, PdiHeads.sd(0, -50));
    assertEquals(PdiHeads.LARGEST_SD_PPM, PdiHeads.sd(0, 50));
  }
}
