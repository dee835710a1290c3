package org.qsmnode.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.junit.jupiter.api.Test;

/** The forms of PS3.18 F.2, each written out by hand here. */
class DicomJsonTest {

  private final Attributes dataSet = new Attributes();

  @Test
  void textsAndEmptyValues() throws IOException {
    dataSet.setString(Tag.ImageType, VR.CS, "DERIVED", "", "QSM");
    dataSet.setNull(Tag.StudyDate, VR.DA);
    dataSet.setString(Tag.ImageComments, VR.LT, "one\\two");
    assertWritten(
        "{'00080008':{'vr':'CS','Value':['DERIVED',null,'QSM']},"
            + "'00080020':{'vr':'DA'},"
            + "'00204000':{'vr':'LT','Value':['one\\\\two']}}");
  }

  @Test
  void namesHaveTheirGroups() throws IOException {
    dataSet.setSpecificCharacterSet("ISO_IR 192");
    dataSet.setString(Tag.PatientName, VR.PN, "Yamada^Tarou=山田^太郎");
    assertWritten(
        "{'00080005':{'vr':'CS','Value':['ISO_IR 192']},"
            + "'00100010':{'vr':'PN','Value':[{'Alphabetic':'Yamada^Tarou','Ideographic':'山田^太郎'}]}}");
  }

  @Test
  void aCharacterSetThatIsNoLongerUsedIsNotAnnounced() throws IOException {
    dataSet.setSpecificCharacterSet("ISO_IR 100");
    dataSet.setString(Tag.PatientName, VR.PN, "Müller");
    assertWritten(
        "{'00080005':{'vr':'CS','Value':['ISO_IR 192']},"
            + "'00100010':{'vr':'PN','Value':[{'Alphabetic':'Müller'}]}}");
  }

  @Test
  void numbers() throws IOException {
    dataSet.setString(Tag.PixelSpacing, VR.DS, "0.5", " 1.25 ");
    dataSet.setString(Tag.InstanceNumber, VR.IS, "7");
    dataSet.setString(Tag.EchoTime, VR.DS, "short");
    dataSet.setInt(Tag.Rows, VR.US, 65535);
    dataSet.setInt(Tag.PixelPaddingValue, VR.SS, -32768);
    dataSet.setInt(Tag.DimensionIndexValues, VR.UL, (int) 4_000_000_000L);
    dataSet.setLong(0x00720083, VR.UV, -2);
    JsonNode json = written();
    assertEquals(0.5, json.at("/00280030/Value/0").doubleValue());
    assertEquals(1.25, json.at("/00280030/Value/1").doubleValue());
    assertEquals(7, json.at("/00200013/Value/0").intValue());
    assertEquals("short", json.at("/00180081/Value/0").textValue());
    assertEquals(65535, json.at("/00280010/Value/0").intValue());
    assertEquals(-32768, json.at("/00280120/Value/0").intValue());
    assertEquals(4_000_000_000L, json.at("/00209157/Value/0").longValue());
    assertEquals("18446744073709551614", json.at("/00720083/Value/0").asText());
  }

  @Test
  void sequencesTagsAndBytes() throws IOException {
    Attributes item = new Attributes();
    item.setString(Tag.CodeValue, VR.SH, "T-A0100");
    dataSet.newSequence(Tag.AnatomicRegionSequence, 1).add(item);
    dataSet.setInt(Tag.FrameIncrementPointer, VR.AT, Tag.PixelData);
    dataSet.setBytes(Tag.ICCProfile, VR.OB, new byte[] {1, 2, 3, 4});
    assertWritten(
        "{'00082218':{'vr':'SQ','Value':[{'00080100':{'vr':'SH','Value':['T-A0100']}}]},"
            + "'00280009':{'vr':'AT','Value':['7FE00010']},"
            + "'00282000':{'vr':'OB','InlineBinary':'AQIDBA=='}}");
  }

  @Test
  void wordsOfABigEndianDataSetAreTurned() throws IOException {
    Attributes big = new Attributes(true);
    big.setBytes(Tag.OverlayData, VR.OW, new byte[] {1, 2});
    assertEquals("AgE=", json(DicomJson.object(big)).at("/60003000/InlineBinary").textValue());
  }

  @Test
  void whatIsNoNumberInJsonIsAString() throws IOException {
    dataSet.setDouble(Tag.RealWorldValueSlope, VR.FD, Double.NaN);
    JsonNode value = written().at("/00409225/Value/0");
    assertFalse(value.isNumber());
    assertEquals("NaN", value.textValue());
  }

  private void assertWritten(String wanted) throws IOException {
    assertEquals(new ObjectMapper().readTree(wanted.replace('\'', '"')), written());
  }

  private JsonNode written() throws IOException {
    return json(DicomJson.object(dataSet));
  }

  private static JsonNode json(byte[] bytes) throws IOException {
    return new ObjectMapper().readTree(bytes);
  }
}
