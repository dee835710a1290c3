package org.qsmnode.field.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.qsmnode.field.FieldSettings;
import org.qsmnode.field.data.FieldMappingException;
import org.qsmnode.numeric.Progress;
import org.qsmnode.simulate.Simulation;
import org.qsmnode.simulate.SimulationRequest;
import org.qsmnode.simulate.dicom.Vendor;
import org.qsmnode.simulate.signal.ScanGeometry;
import org.qsmnode.simulate.signal.ScanProtocol;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;

/** Outlines of heads whose brain is known. */
class BrainMaskTest {

  private static final double BRAIN_MM = 68;
  private static final double SKULL_MM = 76;
  private static final double SCALP_MM = 84;

  /** Where the skull is as bright as the brain, by the height above the centre in mm. */
  private interface OpenSkull {
    boolean at(double heightMm);
  }

  private record Shells(Grid grid, float[] magnitude, Mask brain) {}

  @Test
  void aHeadWithWideFluidAroundTheBrainIsOutlined() throws Exception {
    Path folder = Path.of(System.getProperty("qsmnode.sharedData", "../shared/data"));
    Path labels = folder.resolve("synthseg-labels/training_seg_05.nii.gz");
    assumeTrue(Files.isRegularFile(labels), "label map absent: " + labels);
    SimulationRequest request =
        SimulationRequest.defaults(Vendor.SIEMENS, 31)
            .with(ScanGeometry.axial(64, 64, 53, 3.3, 3))
            .with(ScanProtocol.equallySpaced(2, 0.005, 0.006, 3).withPeakSnr(60))
            .withLabels(labels);
    Simulation.Case made = Simulation.simulate(request, Progress.NONE);
    Mask truth = made.truth().mask();
    float[] magnitude = made.images().toMultiEcho(Vector3.Z).magnitude().get(0).data();
    double dice = dice(outline(truth.grid(), magnitude), truth);
    assertTrue(dice > 0.93, "Dice " + dice);
  }

  @Test
  void neitherShadingNorUnitChangesTheOutlineOfAHead() throws Exception {
    Shells head = shells(59, height -> false);
    assertTrue(dice(outline(head.grid, head.magnitude), head.brain) > 0.96);
    float[] shaded = head.magnitude.clone();
    for (int i = 0; i < shaded.length; i++) {
      int x = i % head.grid.nx();
      shaded[i] *= (float) (4000 * (0.6 + 0.8 * x / head.grid.nx()));
    }
    double dice = dice(outline(head.grid, shaded), head.brain);
    assertTrue(dice > 0.96, "Dice " + dice);
  }

  @Test
  void aSlabThroughAHeadIsOutlinedUpToItsOuterSlices() throws Exception {
    Shells slab = shells(13, height -> false);
    Mask found = outline(slab.grid, slab.magnitude);
    assertTrue(dice(found, slab.brain) > 0.96, "Dice " + dice(found, slab.brain));
    int last = slab.grid.nz() - 1;
    int count = 0;
    int expected = 0;
    for (int i = slab.grid.index(0, 0, last); i < slab.grid.size(); i++) {
      count += found.data()[i] ? 1 : 0;
      expected += slab.brain.data()[i] ? 1 : 0;
    }
    assertEquals(expected, count, 0.1 * expected);
  }

  @Test
  void aNeckLargerThanTheBrainIsNotTakenForIt() throws Exception {
    Shells head = shells(121, height -> false);
    Grid grid = head.grid;
    float[] magnitude = head.magnitude.clone();
    for (int i = 0; i < magnitude.length; i++) {
      double height = 3 * (i / (grid.nx() * grid.ny()) - (grid.nz() - 1) / 2.0);
      double across = Math.hypot(3 * (i % grid.nx() - 30), 3 * (i / grid.nx() % grid.ny() - 29));
      if (height < -78 && across < 82 && magnitude[i] < 0.5) {
        magnitude[i] += 1;
      }
    }
    Mask found = outline(grid, magnitude);
    assertTrue(dice(found, head.brain) > 0.96, "Dice " + dice(found, head.brain));
  }

  @Test
  void aHeadWhoseSkullDoesNotShowIsHeldAndNotCutAnywhere() {
    Shells head = shells(59, height -> height > 0);
    FieldMappingException refusal =
        assertThrows(FieldMappingException.class, () -> outline(head.grid, head.magnitude));
    assertEquals(FieldMappingException.Code.EMPTY_MASK, refusal.code());
    assertTrue(
        String.valueOf(refusal.getMessage()).contains("clear of the skin"), refusal.getMessage());
  }

  @Test
  void anObjectWithoutScalpIsKeptWhole() throws Exception {
    Shells head = shells(59, height -> false);
    float[] stripped = head.magnitude.clone();
    for (int i = 0; i < stripped.length; i++) {
      stripped[i] = head.brain.data()[i] ? stripped[i] : 0;
    }
    assertArrayEquals(head.brain.data(), outline(head.grid, stripped).data());
  }

  private static Mask outline(Grid grid, float[] magnitude) throws FieldMappingException {
    List<String> notes = new ArrayList<>();
    Mask object = BrainMask.object(grid, magnitude);
    double threshold = FieldSettings.defaults().brainThreshold();
    Mask found = BrainMask.brain(grid, magnitude, object, threshold, notes);
    assertEquals(1, notes.size(), notes::toString);
    return found;
  }

  /** Brain, dark skull and scalp as balls in each other, noise of a thirtieth of the brain. */
  private static Shells shells(int slices, OpenSkull open) {
    Grid grid = new Grid(61, 59, slices, 3, 3, 3, Orientation.AXIAL);
    float[] magnitude = new float[grid.size()];
    boolean[] brain = new boolean[grid.size()];
    Random random = new Random(11);
    for (int z = 0, i = 0; z < grid.nz(); z++) {
      for (int y = 0; y < grid.ny(); y++) {
        for (int x = 0; x < grid.nx(); x++, i++) {
          double height = 3 * (z - (grid.nz() - 1) / 2.0);
          double r = Math.hypot(Math.hypot(3 * (x - 30), 3 * (y - 29)), height);
          brain[i] = r < BRAIN_MM;
          boolean tissue = r < SCALP_MM && (r < BRAIN_MM || r > SKULL_MM || open.at(height));
          double noise = Math.hypot(random.nextGaussian(), random.nextGaussian()) / 30;
          magnitude[i] = (float) ((tissue ? 1 : 0) + noise);
        }
      }
    }
    return new Shells(grid, magnitude, new Mask(grid, brain));
  }

  private static double dice(Mask a, Mask b) {
    return 2.0 * a.and(b).count() / (a.count() + b.count());
  }
}
