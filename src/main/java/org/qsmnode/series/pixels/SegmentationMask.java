package org.qsmnode.series.pixels;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.jspecify.annotations.Nullable;
import org.qsmnode.series.header.FrameScope;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.series.header.RefusedException;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;

/**
 * Reads a binary DICOM Segmentation (PS3.3 A.51, C.8.20.2) as a mask on a given grid: the union of
 * its segments. Pixels are one bit each, packed over frame ends, lowest bit first (PS3.5 8.1.1).
 *
 * <p>A frame is placed by its ImagePositionPatient and ImageOrientationPatient, per frame or
 * shared. Its pixels must meet voxels of the grid to a tenth of an edge, in any order of axes.
 * Slices without a frame are empty.
 */
public final class SegmentationMask {

  private static final int SEGMENTATION_TYPE = 0x00620001;
  private static final int PREAMBLE = 128;
  private static final double SAME_PLACE = 0.1;

  private SegmentationMask() {}

  /** Whether a file has the prefix of a DICOM file (PS3.10 7.1). */
  public static boolean isDicom(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(PREAMBLE + 4);
      return start.length == PREAMBLE + 4
          && new String(start, PREAMBLE, 4, StandardCharsets.US_ASCII).equals("DICM");
    }
  }

  /**
   * Reads a file.
   *
   * @throws RefusedException if it is no binary segmentation, or does not lie on the grid
   * @throws IOException if the file cannot be read
   */
  public static Mask read(Path file, Grid grid) throws RefusedException, IOException {
    StoredObject object = StoredObject.read(file);
    return of(object.dataSet(), object.transferSyntaxUid(), grid);
  }

  static Mask of(Attributes dataset, String transferSyntaxUid, Grid grid)
      throws RefusedException, IOException {
    require(
        UID.SegmentationStorage.equals(dataset.getString(Tag.SOPClassUID)),
        ReasonCode.UNREADABLE,
        "The mask is a DICOM object, but no segmentation.");
    require(
        "BINARY".equals(dataset.getString(SEGMENTATION_TYPE))
            && dataset.getInt(Tag.BitsAllocated, 0) == 1,
        ReasonCode.UNREADABLE,
        "The mask is a segmentation, but not a binary one.");
    require(
        UID.ImplicitVRLittleEndian.equals(transferSyntaxUid)
            || UID.ExplicitVRLittleEndian.equals(transferSyntaxUid)
            || UID.DeflatedExplicitVRLittleEndian.equals(transferSyntaxUid),
        ReasonCode.UNSUPPORTED_TRANSFER_SYNTAX,
        "The mask is a segmentation in a transfer syntax that is not decoded here.");
    int rows = dataset.getInt(Tag.Rows, 0);
    int columns = dataset.getInt(Tag.Columns, 0);
    int frames = dataset.getInt(Tag.NumberOfFrames, 1);
    Sequence perFrame = dataset.getSequence(Tag.PerFrameFunctionalGroupsSequence);
    byte @Nullable [] bits = dataset.getBytes(Tag.PixelData);
    require(
        rows > 0
            && columns > 0
            && perFrame != null
            && perFrame.size() == frames
            && bits != null
            && 8L * bits.length >= (long) rows * columns * frames,
        ReasonCode.UNREADABLE,
        "The frames or pixels of the segmentation are fewer than its header says.");
    boolean[] inside = new boolean[grid.size()];
    for (int f = 0; f < frames; f++) {
      Grid plane = plane(FrameScope.ofFrame(dataset, f), columns, rows);
      mark(plane, bits, (long) f * rows * columns, grid, inside);
    }
    return new Mask(grid, inside);
  }

  private static Grid plane(FrameScope scope, int columns, int rows) throws RefusedException {
    double[] position = scope.numbers(Tag.PlanePositionSequence, Tag.ImagePositionPatient, 3);
    double[] axes = scope.numbers(Tag.PlaneOrientationSequence, Tag.ImageOrientationPatient, 6);
    double[] spacing = scope.numbers(Tag.PixelMeasuresSequence, Tag.PixelSpacing, 2);
    if (position == null || axes == null || spacing == null) {
      throw refused(
          ReasonCode.IRREGULAR_GEOMETRY,
          "A frame of the segmentation lacks position, orientation or pixel spacing.");
    }
    try {
      Orientation orientation =
          Orientation.ofStack(
              new Vector3(position[0], position[1], position[2]),
              new Vector3(axes[0], axes[1], axes[2]).unit(),
              new Vector3(axes[3], axes[4], axes[5]).unit());
      return new Grid(columns, rows, 1, spacing[1], spacing[0], 1, orientation);
    } catch (IllegalArgumentException e) {
      throw refused(
          ReasonCode.IRREGULAR_GEOMETRY, "A frame of the segmentation has no regular geometry.");
    }
  }

  private static void mark(Grid plane, byte[] bits, long first, Grid grid, boolean[] inside)
      throws RefusedException {
    for (int corner = 0; corner < 4; corner++) {
      requireVoxel(
          grid,
          plane.positionMm(
              (corner & 1) * (plane.nx() - 1.0), (corner >> 1) * (plane.ny() - 1.0), 0));
    }
    for (int y = 0; y < plane.ny(); y++) {
      for (int x = 0; x < plane.nx(); x++) {
        long bit = first + x + (long) plane.nx() * y;
        if ((bits[(int) (bit >> 3)] >> (bit & 7) & 1) != 0) {
          int[] voxel = grid.nearestVoxel(plane.positionMm(x, y, 0));
          inside[grid.index(voxel[0], voxel[1], voxel[2])] = true;
        }
      }
    }
  }

  private static void requireVoxel(Grid grid, Vector3 at) throws RefusedException {
    int[] v = grid.nearestVoxel(at);
    double smallest = Math.min(grid.dxMm(), Math.min(grid.dyMm(), grid.dzMm()));
    require(
        grid.contains(v[0], v[1], v[2])
            && grid.positionMm(v[0], v[1], v[2]).minus(at).norm() <= SAME_PLACE * smallest,
        ReasonCode.IRREGULAR_GEOMETRY,
        "The segmentation does not lie on the voxels of the images.");
  }

  private static void require(boolean condition, ReasonCode code, String sentence)
      throws RefusedException {
    if (!condition) {
      throw refused(code, sentence);
    }
  }

  private static RefusedException refused(ReasonCode code, String sentence) {
    return new RefusedException(new Reason(code, sentence));
  }
}
