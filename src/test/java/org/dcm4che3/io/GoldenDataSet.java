package org.dcm4che3.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/** One data set with every kind of value, in code and as bytes of each transfer syntax. */
final class GoldenDataSet {
  static final String CREATOR = "ACME 1.0";
  static final int PRIVATE_TAG = 0x00191001;

  /** Undefined lengths except for what is empty. */
  static final DicomEncodingOptions UNDEFINED =
      new DicomEncodingOptions(false, true, false, true, false);

  static final DicomEncodingOptions DEFINED =
      new DicomEncodingOptions(false, false, false, false, false);

  private GoldenDataSet() {}

  /** The bytes of a listing in hexadecimal, where the meaning stands after a number sign. */
  static byte[] bytes(String listing) {
    try (InputStream in = GoldenDataSet.class.getResourceAsStream(listing + ".hex")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return HexFormat.of().parseHex(text.replaceAll("#.*", "").replaceAll("\\s", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Attributes dataset() {
    Attributes ds = new Attributes();
    ds.setSpecificCharacterSet("ISO_IR 100");
    ds.setString(Tag.ImageType, VR.CS, "ORIGINAL", "PRIMARY", "M");
    ds.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3");
    ds.setString(Tag.LongCodeValue, VR.UC, "LONG-CODE-VALUE-1");
    Attributes series = new Attributes();
    ds.newSequence(Tag.ReferencedSeriesSequence, 1).add(series);
    series.setString(Tag.SeriesInstanceUID, VR.UI, "1.2.30");
    series.newSequence(Tag.ReferencedSOPSequence, 1).add(reference("1.2.31"));
    Sequence images = ds.newSequence(Tag.ReferencedImageSequence, 2);
    images.add(reference("1.2.40"));
    images.add(new Attributes());
    ds.setNull(Tag.ReferencedSOPClassUID, VR.UI);
    ds.newSequence(Tag.SourceImageSequence, 0);
    ds.setString(Tag.PatientName, VR.PN, "Müller^Jörg");
    ds.setString(Tag.PatientComments, VR.LT, "one\\not two");
    ds.setDouble(Tag.EchoTime, VR.DS, 4.92);
    ds.setDouble(Tag.EffectiveEchoTime, VR.FD, 4.92);
    ds.setInt(CREATOR, PRIVATE_TAG, VR.SL, -2);
    ds.setInt(Tag.InstanceNumber, VR.IS, -7);
    ds.setInt(Tag.DimensionIndexValues, VR.UL, 1, (int) 4_000_000_000L);
    ds.setInt(Tag.FrameIncrementPointer, VR.AT, 0x00181063);
    ds.setInt(Tag.Rows, VR.US, 1);
    ds.setInt(Tag.Columns, VR.US, 2);
    ds.setInt(Tag.PixelRepresentation, VR.US, 1);
    ds.setInt(Tag.SmallestImagePixelValue, VR.SS, -300);
    ds.setString(Tag.TextValue, VR.UT, "free text");
    ds.setFloat(Tag.GraphicData, VR.FL, 0.5f, -1.25f);
    ds.setBytes(Tag.PixelData, VR.OW, new byte[] {(byte) 0xd4, (byte) 0xfe, (byte) 0xd0, 0x07});
    return ds;
  }

  private static Attributes reference(String iuid) {
    Attributes item = new Attributes();
    item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, iuid);
    return item;
  }
}
