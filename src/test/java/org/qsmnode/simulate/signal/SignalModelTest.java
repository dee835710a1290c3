package org.qsmnode.simulate.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.qsmnode.simulate.dicom.StudySource;
import org.qsmnode.simulate.head.Head;
import org.qsmnode.simulate.head.SampleGrid;
import org.qsmnode.simulate.head.Tissue;
import org.qsmnode.simulate.head.TissueTable;
import org.qsmnode.volume.FieldUnits;
import org.qsmnode.volume.Grid;

class SignalModelTest {

  private static final Grid GRID = Grid.isotropic(24, 22, 20, 2);
  private static final SampleGrid WHOLE =
      new SampleGrid(GRID, new int[] {1, 1, 1}, new int[3], new int[3]);

  private static Head uniform(Grid grid, Tissue tissue) {
    byte[] kinds = new byte[grid.size()];
    Arrays.fill(kinds, (byte) tissue.ordinal());
    float[] rates = new float[grid.size()];
    Arrays.fill(rates, 20);
    boolean[] brain = new boolean[grid.size()];
    Arrays.fill(brain, true);
    float[] none = new float[grid.size()];
    return new Head(grid, kinds, brain, none, rates, none, TissueTable.individual(2));
  }

  private static ScanProtocol protocol(double snr) {
    return ScanProtocol.equallySpaced(4, 0.005, 0.006, 3).withPeakSnr(snr);
  }

  @Test
  void theNoiseIsTheOneAskedFor() {
    Head head = uniform(GRID, Tissue.WHITE);
    float[] field = new float[GRID.size()];
    ComplexImages clean = new SignalModel(protocol(1e9), 3).simulate(head, field, WHOLE);
    ComplexImages noisy = new SignalModel(protocol(50), 3).simulate(head, field, WHOLE);
    double squares = 0;
    for (int e = 0; e < 4; e++) {
      for (int i = 0; i < GRID.size(); i++) {
        double a = noisy.real().get(e)[i] - clean.real().get(e)[i];
        double b = noisy.imaginary().get(e)[i] - clean.imaginary().get(e)[i];
        squares += a * a + b * b;
      }
    }
    double sd = Math.sqrt(squares / (8 * GRID.size()));
    assertEquals(50, clean.peak(0) / sd, 0.5);
  }

  @Test
  void thePhaseGrowsWithFieldAndEchoTime() {
    Head head = uniform(GRID, Tissue.WHITE);
    float[] field = new float[GRID.size()];
    Arrays.fill(field, 0.05f);
    for (double tesla : new double[] {1.5, 3, 7}) {
      ScanProtocol protocol = ScanProtocol.equallySpaced(2, 0.004, 0.003, tesla).withPeakSnr(1e9);
      ComplexImages images = new SignalModel(protocol, 3).simulate(head, field, WHOLE);
      double expected = 0.05 * FieldUnits.radPerPpm(tesla, 0.003);
      for (int i = 0; i < GRID.size(); i += 11) {
        double step = StudySource.wrap(images.phase(1, i) - images.phase(0, i));
        assertEquals(StudySource.wrap(expected), step, 1e-4);
      }
    }
  }

  @Test
  void theMagnitudeDecaysWithR2Star() {
    ComplexImages images =
        new SignalModel(protocol(1e9), 3)
            .simulate(uniform(GRID, Tissue.GREY), new float[GRID.size()], WHOLE);
    double ratio = images.magnitude(3, 77) / images.magnitude(0, 77);
    assertEquals(Math.exp(-20 * 0.018), ratio, 1e-4);
  }

  @Test
  void aBipolarReadoutAddsALinearPhaseOfAlternatingSign() {
    Head head = uniform(GRID, Tissue.WHITE);
    float[] field = new float[GRID.size()];
    ComplexImages images =
        new SignalModel(protocol(1e9).withBipolarReadout(), 3).simulate(head, field, WHOLE);
    double left = bend(images, GRID.index(2, 10, 10));
    double right = bend(images, GRID.index(21, 10, 10));
    assertEquals(4 * 0.7 * 2 * 19 / 24, right - left, 1e-3);
  }

  private static double bend(ComplexImages images, int i) {
    double first = StudySource.wrap(images.phase(1, i) - images.phase(0, i));
    double second = StudySource.wrap(images.phase(2, i) - images.phase(1, i));
    return second - first;
  }

  @Test
  void aVoxelOfSubVoxelsInDifferentFieldsFades() {
    int[] two = {2, 2, 2};
    SampleGrid sampling = new SampleGrid(GRID, two, new int[3], new int[3]);
    Head head = uniform(sampling.fine(), Tissue.WHITE);
    float[] field = new float[head.grid().size()];
    for (int i = 0; i < field.length; i++) {
      field[i] = i % 2 == 0 ? 0.2f : -0.2f;
    }
    ComplexImages images = new SignalModel(protocol(1e9), 3).simulate(head, field, sampling);
    ComplexImages still =
        new SignalModel(protocol(1e9), 3).simulate(head, new float[field.length], sampling);
    double expected = Math.abs(Math.cos(0.2 * FieldUnits.radPerPpm(3, 0.023)));
    assertEquals(expected, images.magnitude(3, 5) / still.magnitude(3, 5), 1e-4);
    assertTrue(expected < 0.9);
  }
}
