package org.dcm4che3.io;

import java.util.List;
import org.dcm4che3.data.ItemPointer;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/** Decides which values are bulk data. */
public interface BulkDataDescriptor {

  /** Pixel data and overlays of the data set itself, not of an icon within. */
  BulkDataDescriptor DEFAULT =
      (itemPointers, privateCreator, tag, vr, length) ->
          itemPointers.isEmpty() && (isPixelData(tag) || (tag & 0xff01ffff) == Tag.OverlayData);

  /** Pixel data of the data set itself. */
  BulkDataDescriptor PIXELDATA =
      (itemPointers, privateCreator, tag, vr, length) -> itemPointers.isEmpty() && isPixelData(tag);

  boolean isBulkData(
      List<ItemPointer> itemPointers, String privateCreator, int tag, VR vr, int length);

  private static boolean isPixelData(int tag) {
    return tag == Tag.PixelData || tag == Tag.FloatPixelData || tag == Tag.DoubleFloatPixelData;
  }
}
