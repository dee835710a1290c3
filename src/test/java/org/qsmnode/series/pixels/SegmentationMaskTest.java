package org.qsmnode.series.pixels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.junit.jupiter.api.Test;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.series.header.RefusedException;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;

/** Segmentations of five by three pixels, so that frames begin inside a byte. */
final class SegmentationMaskTest {

  private static final int TYPE = 0x00620001;
  private static final Grid GRID =
      new Grid(
          5,
          3,
          4,
          1,
          2,
          2.5,
          Orientation.ofStack(new Vector3(-3, 8, 40), Vector3.X, new Vector3(0, 1, 0)));

  @Test
  void framesInAnyOrderFindTheirSlices() throws Exception {
    boolean[] wanted = new boolean[GRID.size()];
    for (int i : new int[] {0, 7, 14, 15, 22, 31, 44, 59}) {
      wanted[i] = true;
    }
    Attributes segmentation = segmentation(new int[] {2, 0, 3, 1}, wanted, false);
    assertSame(wanted, read(segmentation));
  }

  @Test
  void reversedRowsAreTurned() throws Exception {
    boolean[] wanted = new boolean[GRID.size()];
    wanted[GRID.index(1, 2, 3)] = true;
    wanted[GRID.index(4, 0, 0)] = true;
    assertSame(wanted, read(segmentation(new int[] {0, 1, 2, 3}, wanted, true)));
  }

  @Test
  void slicesWithoutAFrameAreEmptyAndSegmentsAreJoined() throws Exception {
    boolean[] wanted = new boolean[GRID.size()];
    wanted[GRID.index(1, 1, 2)] = true;
    wanted[GRID.index(3, 2, 2)] = true;
    assertSame(wanted, read(segmentation(new int[] {2, 2}, wanted, false)));
  }

  @Test
  void whatIsNoBinarySegmentationOnTheseVoxelsIsRefused() throws Exception {
    boolean[] one = new boolean[GRID.size()];
    Attributes fractional = segmentation(new int[] {0}, one, false);
    fractional.setString(TYPE, VR.CS, "FRACTIONAL");
    assertEquals(ReasonCode.UNREADABLE, refusal(fractional));
    Attributes other = segmentation(new int[] {0}, one, false);
    other.setString(Tag.SOPClassUID, VR.UI, UID.MRImageStorage);
    assertEquals(ReasonCode.UNREADABLE, refusal(other));
    Attributes cut = segmentation(new int[] {0, 1, 2}, one, false);
    cut.setBytes(Tag.PixelData, VR.OB, new byte[2]);
    assertEquals(ReasonCode.UNREADABLE, refusal(cut));
    Attributes between = segmentation(new int[] {0}, one, false);
    frame(between).setDouble(Tag.ImagePositionPatient, VR.DS, -3, 8, 41);
    assertEquals(ReasonCode.IRREGULAR_GEOMETRY, refusal(between));
    Attributes nowhere = segmentation(new int[] {0}, one, false);
    frame(nowhere).remove(Tag.ImagePositionPatient);
    assertEquals(ReasonCode.IRREGULAR_GEOMETRY, refusal(nowhere));
  }

  private static Attributes frame(Attributes segmentation) {
    return segmentation
        .getSequence(Tag.PerFrameFunctionalGroupsSequence)
        .get(0)
        .getNestedDataset(Tag.PlanePositionSequence);
  }

  private static Mask read(Attributes segmentation) throws RefusedException, IOException {
    return SegmentationMask.of(segmentation, UID.ExplicitVRLittleEndian, GRID);
  }

  private static ReasonCode refusal(Attributes segmentation) {
    return assertThrows(RefusedException.class, () -> read(segmentation)).reason().code();
  }

  private static void assertSame(boolean[] wanted, Mask found) {
    for (int i = 0; i < wanted.length; i++) {
      assertEquals(wanted[i], found.data()[i], "voxel " + i);
    }
  }

  /** One frame for each of {@code slices}; {@code turned} stores rows from right to left. */
  private static Attributes segmentation(int[] slices, boolean[] inside, boolean turned) {
    Attributes a = new Attributes();
    a.setString(Tag.SOPClassUID, VR.UI, UID.SegmentationStorage);
    a.setString(TYPE, VR.CS, "BINARY");
    a.setInt(Tag.Rows, VR.US, 3);
    a.setInt(Tag.Columns, VR.US, 5);
    a.setInt(Tag.BitsAllocated, VR.US, 1);
    a.setInt(Tag.NumberOfFrames, VR.IS, slices.length);
    Attributes shared = new Attributes();
    Attributes axes = new Attributes();
    axes.setDouble(Tag.ImageOrientationPatient, VR.DS, turned ? -1 : 1, 0, 0, 0, 1, 0);
    shared.newSequence(Tag.PlaneOrientationSequence, 1).add(axes);
    Attributes measures = new Attributes();
    measures.setDouble(Tag.PixelSpacing, VR.DS, 2, 1);
    shared.newSequence(Tag.PixelMeasuresSequence, 1).add(measures);
    a.newSequence(Tag.SharedFunctionalGroupsSequence, 1).add(shared);
    Sequence frames = a.newSequence(Tag.PerFrameFunctionalGroupsSequence, slices.length);
    byte[] bits = new byte[(15 * slices.length + 7) / 8];
    for (int f = 0; f < slices.length; f++) {
      Vector3 at = GRID.positionMm(turned ? 4 : 0, 0, slices[f]);
      Attributes position = new Attributes();
      position.setDouble(Tag.ImagePositionPatient, VR.DS, at.x(), at.y(), at.z());
      Attributes groups = new Attributes();
      groups.newSequence(Tag.PlanePositionSequence, 1).add(position);
      frames.add(groups);
      for (int p = 0; p < 15; p++) {
        int x = turned ? 4 - p % 5 : p % 5;
        if (inside[GRID.index(x, p / 5, slices[f])]) {
          int bit = 15 * f + p;
          bits[bit / 8] |= (byte) (1 << bit % 8);
        }
      }
    }
    a.setBytes(Tag.PixelData, VR.OB, bits);
    return a;
  }
}
