package org.qsmnode.field;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.qsmnode.field.data.FieldMappingException;
import org.qsmnode.field.data.HeadModel;
import org.qsmnode.field.mask.MaskRim;
import org.qsmnode.numeric.Progress;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Morphology;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;

/** Which voxels of a mask get a field. */
final class GivenMaskTest {

  private static final Grid GRID = new Grid(49, 55, 51, 4, 4, 4, Orientation.AXIAL);

  @Test
  void theUsersMaskIsUsedAsItIsUpToTheRim() throws FieldMappingException {
    HeadModel head = HeadModel.of(GRID, Vector3.Z, false);
    Mask given = Morphology.erodeVoxels(head.brainMask(), 2);
    LocalField field =
        new FieldMapping(FieldSettings.defaults())
            .map(
                head.scan(new double[] {0.005, 0.010, 0.015}, 3, 60, 1, 4),
                Optional.of(given),
                Progress.NONE);
    assertArrayEquals(Morphology.erodeVoxels(given, 1).data(), field.mask().data());
    assertTrue(
        field.notes().stream().anyMatch(note -> note.startsWith("The given mask of")),
        () -> "no note names the mask: " + field.notes());
  }

  @Test
  void anEmptyMaskOrOneOfAnotherMatrixIsRefused() {
    HeadModel head = HeadModel.of(GRID, Vector3.Z, false);
    assertEquals(
        FieldMappingException.Code.EMPTY_MASK,
        refusal(head, new Mask(GRID, new boolean[GRID.size()])));
    assertEquals(
        FieldMappingException.Code.MASK_MISMATCH,
        refusal(head, Mask.full(Grid.isotropic(8, 8, 8, 4))));
  }

  private static FieldMappingException.Code refusal(HeadModel head, Mask mask) {
    return assertThrows(
            FieldMappingException.class,
            () ->
                new FieldMapping(FieldSettings.defaults())
                    .map(
                        head.scan(new double[] {0.005, 0.010}, 3, 60, 1, 4),
                        Optional.of(mask),
                        Progress.NONE))
        .code();
  }

  @Test
  void unreliableVoxelsAreTrimmedFromOutsideWhileHolesInsideStay() {
    Grid grid = Grid.isotropic(9, 9, 9, 1);
    boolean[] in = new boolean[grid.size()];
    float[] quality = new float[grid.size()];
    float[] sd = new float[grid.size()];
    for (int i = 0; i < in.length; i++) {
      int x = i % 9;
      int y = i / 9 % 9;
      int z = i / 81;
      in[i] = x > 0 && y > 0 && z > 0 && x < 8 && y < 8 && z < 8;
      quality[i] = x == 7 ? 0.1f : 0.9f;
    }
    int hole = grid.index(4, 4, 4);
    int bay = grid.index(6, 4, 4);
    quality[hole] = 0;
    sd[bay] = Float.POSITIVE_INFINITY;
    Mask mask = MaskRim.trim(new Mask(grid, in), quality, sd, 0.3);
    assertFalse(mask.at(7, 4, 4), "layer at the rim");
    assertFalse(mask.data()[bay], "reached through the layer");
    assertTrue(mask.data()[hole], "enclosed");
    assertTrue(mask.at(6, 3, 4), "reliable neighbour");
  }
}
