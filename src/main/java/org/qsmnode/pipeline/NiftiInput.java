package org.qsmnode.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.series.header.RefusedException;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Nifti;
import org.qsmnode.volume.Reorientation;
import org.qsmnode.volume.Volume;

/** Reads NIfTI files that shall lie on one grid; what does not fit is refused with a reason. */
final class NiftiInput {

  /** Distance in voxels by which a corner may be off; affines are stored with float accuracy. */
  private static final double SAME_PLACE = 0.1;

  private NiftiInput() {}

  /**
   * The volumes of several files in order, those of a four-dimensional file one after the other.
   *
   * @throws RefusedException if a file is no NIfTI image, or matrices or places differ
   */
  static List<Volume> volumes(List<Path> files, String what) throws RefusedException {
    List<Volume> volumes = new ArrayList<>();
    for (Path file : files) {
      try {
        volumes.addAll(Nifti.read(file).volumes());
      } catch (IOException e) {
        throw refused(ReasonCode.UNREADABLE, "%s: %s", what, String.valueOf(e.getMessage()));
      }
    }
    for (Volume volume : volumes) {
      requireSamePlace(volumes.get(0).grid(), volume.grid(), what);
    }
    return volumes;
  }

  /** The only volume of a file. */
  static Volume volume(Path file, String what) throws RefusedException {
    List<Volume> volumes = volumes(List.of(file), what);
    if (volumes.size() != 1) {
      throw refused(
          ReasonCode.IRREGULAR_GEOMETRY, "%s holds %d volumes, not one", what, volumes.size());
    }
    return volumes.get(0);
  }

  /** The only volume of a file, on {@code grid}. */
  static Volume volume(Path file, Grid grid, String what) throws RefusedException {
    Volume volume = volume(file, what);
    requireSamePlace(grid, volume.grid(), what);
    return volume;
  }

  /**
   * The voxels of a file that are numbers other than zero, on {@code grid}. A file whose axes run
   * in another order or the other way is turned.
   */
  static Mask mask(Path file, Grid grid) throws RefusedException {
    Volume stored = volume(file, "the mask");
    Optional<Reorientation> turn = Reorientation.between(stored.grid(), grid);
    if (turn.isEmpty()) {
      requireSamePlace(grid, stored.grid(), "the mask");
      throw refused(
          ReasonCode.IRREGULAR_GEOMETRY, "the mask does not lie on the voxels of the images");
    }
    Volume volume = turn.get().apply(stored);
    Mask mask = Mask.nonZero(volume);
    for (int i = 0; i < mask.data().length; i++) {
      mask.data()[i] &= Float.isFinite(volume.data()[i]);
    }
    return mask;
  }

  static void requireSamePlace(Grid expected, Grid found, String what) throws RefusedException {
    if (!expected.sameDims(found)) {
      throw refused(
          ReasonCode.IRREGULAR_GEOMETRY,
          "%s is %dx%dx%d, expected %dx%dx%d",
          what,
          found.nx(),
          found.ny(),
          found.nz(),
          expected.nx(),
          expected.ny(),
          expected.nz());
    }
    double smallest = Math.min(expected.dxMm(), Math.min(expected.dyMm(), expected.dzMm()));
    for (int corner = 0; corner < 8; corner++) {
      int x = (corner & 1) * (expected.nx() - 1);
      int y = (corner >> 1 & 1) * (expected.ny() - 1);
      int z = (corner >> 2) * (expected.nz() - 1);
      double off = expected.positionMm(x, y, z).minus(found.positionMm(x, y, z)).norm();
      if (off > SAME_PLACE * smallest) {
        throw refused(
            ReasonCode.IRREGULAR_GEOMETRY,
            "%s lies elsewhere in the patient: a corner is off by %.1f mm",
            what,
            off);
      }
    }
  }

  static RefusedException refused(ReasonCode code, String format, Object... values) {
    String sentence = String.format(Locale.ROOT, format, values) + ".";
    return new RefusedException(
        new Reason(code, Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1)));
  }
}
