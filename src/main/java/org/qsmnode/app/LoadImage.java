package org.qsmnode.app;

import java.util.Random;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.util.UIDUtils;

/** Square MR images of noise, alike but for their UIDs. */
final class LoadImage {

  private static final int SEED = 1;
  private static final int BITS = 16;

  private final byte[] pixels;
  private final int side;

  /**
   * Images of a size.
   *
   * @param bytes of pixel data, rounded down to a square of 16-bit pixels
   */
  LoadImage(int bytes) {
    side = (int) Math.sqrt(bytes / 2.0);
    pixels = new byte[2 * side * side];
    new Random(SEED).nextBytes(pixels);
  }

  int pixelBytes() {
    return pixels.length;
  }

  /** A new image of a series; series and study have the UIDs given. */
  Attributes next(String studyInstanceUid, String seriesInstanceUid, int number) {
    Attributes image = new Attributes();
    image.setString(Tag.SOPClassUID, VR.UI, UID.MRImageStorage);
    image.setString(Tag.SOPInstanceUID, VR.UI, UIDUtils.createUID());
    image.setString(Tag.StudyInstanceUID, VR.UI, studyInstanceUid);
    image.setString(Tag.SeriesInstanceUID, VR.UI, seriesInstanceUid);
    image.setString(Tag.Modality, VR.CS, "MR");
    image.setString(Tag.PatientName, VR.PN, "LOAD");
    image.setString(Tag.PatientID, VR.LO, "LOAD");
    image.setString(Tag.ScanningSequence, VR.CS, "SE");
    image.setString(Tag.SequenceVariant, VR.CS, "NONE");
    image.setString(Tag.MRAcquisitionType, VR.CS, "2D");
    image.setString(Tag.ImageType, VR.CS, "ORIGINAL", "PRIMARY", "M");
    image.setDouble(Tag.EchoTime, VR.DS, 20);
    image.setInt(Tag.SeriesNumber, VR.IS, 1);
    image.setInt(Tag.InstanceNumber, VR.IS, number);
    image.setDouble(Tag.ImagePositionPatient, VR.DS, 0, 0, number);
    image.setDouble(Tag.ImageOrientationPatient, VR.DS, 1, 0, 0, 0, 1, 0);
    image.setDouble(Tag.PixelSpacing, VR.DS, 1, 1);
    image.setInt(Tag.SamplesPerPixel, VR.US, 1);
    image.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
    image.setInt(Tag.Rows, VR.US, side);
    image.setInt(Tag.Columns, VR.US, side);
    image.setInt(Tag.BitsAllocated, VR.US, BITS);
    image.setInt(Tag.BitsStored, VR.US, BITS);
    image.setInt(Tag.HighBit, VR.US, BITS - 1);
    image.setInt(Tag.PixelRepresentation, VR.US, 0);
    image.setBytes(Tag.PixelData, VR.OW, pixels);
    return image;
  }
}
