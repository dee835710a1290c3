package org.qsmnode.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.qsmnode.digest.Digests;
import org.qsmnode.series.header.RefusedException;
import org.qsmnode.series.pixels.SegmentationMask;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;

/**
 * A mask that the user made: NIfTI or DICOM Segmentation.
 *
 * @param file where it lies
 * @param sha256 digest of its bytes when the settings were read
 */
record UserMask(Path file, String sha256) {

  /**
   * The mask of a setting; none for empty text.
   *
   * @throws IllegalArgumentException if the file cannot be read
   */
  static Optional<UserMask> of(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Path file = Path.of(text);
    try {
      return Optional.of(new UserMask(file, Digests.ofFile(file)));
    } catch (IOException e) {
      throw new IllegalArgumentException("field.mask: the file cannot be read", e);
    }
  }

  /**
   * The mask on the voxels of {@code grid}; a file whose axes run in another order or the other way
   * is turned.
   *
   * @throws RefusedException if it is no mask, or does not lie on these voxels
   */
  Mask on(Grid grid) throws RefusedException, IOException {
    return SegmentationMask.isDicom(file)
        ? SegmentationMask.read(file, grid)
        : NiftiInput.mask(file, grid);
  }

  /** How the mask came about, for derived objects and the report. */
  String description() {
    return "mask given by the user, SHA-256 " + sha256.substring(0, 12);
  }
}
