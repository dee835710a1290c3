package org.qsmnode.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Blocks cover a volume once, with surroundings. */
class BlockTest {

  private static final int[] DIMS = {24, 16, 40};

  private static float[] ramp(int[] dims) {
    float[] values = new float[(int) Block.voxels(dims)];
    for (int i = 0; i < values.length; i++) {
      values[i] = i + 1;
    }
    return values;
  }

  @Test
  void cutAndPastedBlocksGiveTheVolumeBackAtOddExtents() {
    int[] odd = {23, 13, 37};
    float[] volume = ramp(odd);
    float[] out = new float[volume.length];
    List<Block> blocks = Block.cover(Block.padded(odd, 4), 4, 4, 3000);
    assertTrue(blocks.size() > 3);
    for (Block block : blocks) {
      block.paste(block.cut(volume, odd), out, odd);
    }
    assertArrayEquals(volume, out);
  }

  @Test
  void everyVoxelBelongsToOneBlockAndBordersAreMultiples() {
    int voxels = 0;
    for (Block block : Block.cover(DIMS, 8, 8, 12_000)) {
      voxels += (int) Block.voxels(block.size());
      for (int axis = 0; axis < 3; axis++) {
        assertEquals(0, block.outerFrom()[axis] % 8);
        assertEquals(0, block.outerSize()[axis] % 8);
        assertTrue(
            block.outerFrom()[axis] == 0 || block.from()[axis] - block.outerFrom()[axis] == 8);
      }
    }
    assertEquals(Block.voxels(DIMS), voxels);
  }

  @Test
  void aVolumeWithinTheLimitIsOneBlock() {
    List<Block> blocks = Block.cover(DIMS, 8, 8, Block.voxels(DIMS));
    assertEquals(1, blocks.size());
    assertArrayEquals(DIMS, blocks.get(0).outerSize());
  }

  @Test
  void aLimitThatCannotBeMetGivesTheSmallestBlocks() {
    assertEquals(24 * 16 * (8 + 8 + 8), Block.largest(Block.cover(DIMS, 8, 8, 1)));
  }

  @Test
  void extentsArePaddedToTheNextMultiple() {
    assertEquals("[8, 16, 16]", Arrays.toString(Block.padded(new int[] {1, 9, 16}, 8)));
  }
}
