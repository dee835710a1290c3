package org.qsmnode.camel;

import java.io.IOException;
import java.nio.file.Path;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomOutputStream;

/** Small MR images for tests of the network. */
public final class MrImage {

  private MrImage() {}

  /** A valid 4 x 4 image. */
  public static Attributes of(String sopInstanceUid) {
    Attributes image = new Attributes();
    image.setString(Tag.SOPClassUID, VR.UI, UID.MRImageStorage);
    image.setString(Tag.SOPInstanceUID, VR.UI, sopInstanceUid);
    image.setString(Tag.StudyInstanceUID, VR.UI, "1.2.3");
    image.setString(Tag.SeriesInstanceUID, VR.UI, "1.2.3.1");
    image.setString(Tag.Modality, VR.CS, "MR");
    image.setString(Tag.PatientName, VR.PN, "Sentinel^Patient");
    image.setInt(Tag.Rows, VR.US, 4);
    image.setInt(Tag.Columns, VR.US, 4);
    image.setInt(Tag.SamplesPerPixel, VR.US, 1);
    image.setInt(Tag.BitsAllocated, VR.US, 16);
    image.setInt(Tag.BitsStored, VR.US, 12);
    image.setInt(Tag.HighBit, VR.US, 11);
    image.setInt(Tag.PixelRepresentation, VR.US, 0);
    image.setBytes(Tag.PixelData, VR.OW, new byte[32]);
    return image;
  }

  /** Writes an image as a Part 10 file. */
  public static Path write(Attributes image, String transferSyntaxUid, Path file)
      throws IOException {
    Attributes meta =
        Attributes.createFileMetaInformation(
            image.getString(Tag.SOPInstanceUID),
            image.getString(Tag.SOPClassUID),
            transferSyntaxUid);
    try (DicomOutputStream out = new DicomOutputStream(file.toFile())) {
      out.writeDataset(meta, image);
    }
    return file;
  }
}
