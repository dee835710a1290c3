package org.dcm4che3.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

/** Private elements and the blocks of their creators (PS3.5 7.8.1). */
class PrivateBlockTest {
  private static final String SIEMENS = "SIEMENS MR HEADER";
  private static final String PHILIPS = "Philips MR Imaging DD 001";

  @Test
  void theFirstCreatorOfAGroupGetsBlock10() {
    Attributes ds = new Attributes();
    ds.setString(SIEMENS, 0x00190008, VR.CS, "IMAGE NUM 4");
    ds.setString("ACME", 0x00190001, VR.LO, "x");
    assertEquals(SIEMENS, ds.getString(0x00190010));
    assertEquals("IMAGE NUM 4", ds.getString(0x00191008));
    assertEquals("ACME", ds.getString(0x00190011));
    assertEquals("x", ds.getString(0x00191101));
  }

  @Test
  void anElementIsFoundInWhateverBlockItsCreatorHas() {
    Attributes ds = new Attributes();
    ds.setString(0x20050010, VR.LO, "ACME");
    ds.setString(0x20050014, VR.LO, PHILIPS);
    ds.setString(0x20051011, VR.CS, "WRONG");
    ds.setString(0x20051411, VR.CS, "M", "P");
    assertEquals("M", ds.getString(PHILIPS, 0x20051011));
    assertEquals("P", ds.getStrings(PHILIPS, 0x20050011)[1]);
    assertEquals(VR.CS, ds.getVR(PHILIPS, 0x20051011));
    assertEquals(PHILIPS, ds.privateCreatorOf(0x20051411));
    assertNull(ds.getString("ABSENT", 0x20051011));
    assertFalse(ds.contains("ABSENT", 0x20051011));
  }

  @Test
  void aCreatorIsComparedWithoutPadding() {
    Attributes ds = new Attributes();
    ds.setBytes(0x00430010, VR.LO, "GEMS_PARM_01 ".getBytes());
    ds.setInt(0x0043102f, VR.SS, 3);
    assertEquals(3, ds.getInt("GEMS_PARM_01", 0x0043102f, -1));
  }

  @Test
  void aValueOfUnknownVrIsReadByTheVrAskedFor() {
    Attributes ds = new Attributes();
    ds.setString(0x20050010, VR.LO, PHILIPS);
    ds.setBytes(0x20051011, VR.UN, "P ".getBytes());
    ds.setBytes(0x2005100e, VR.UN, new byte[] {0, 0, (byte) 0xc0, 0x3f});
    assertEquals("P", ds.getString(PHILIPS, 0x20051011, VR.CS));
    assertEquals(1.5, ds.getDouble(PHILIPS, 0x2005100e, VR.FL, 0));
  }

  @Test
  void aSequenceOfUnknownVrIsReadAsImplicitLittleEndian() {
    Attributes ds = new Attributes();
    ds.setString(0x00210010, VR.LO, "SIEMENS MR SDI 02");
    ds.setBytes(
        0x002110fe,
        VR.UN,
        new byte[] {
          (byte) 0xfe,
          (byte) 0xff,
          0,
          (byte) 0xe0,
          10,
          0,
          0,
          0, // item of 10 bytes
          0x08,
          0,
          0x08,
          0,
          2,
          0,
          0,
          0,
          'M',
          ' ' // (0008,0008) "M"
        });
    Sequence items = ds.getSequence("SIEMENS MR SDI 02", 0x002110fe);
    assertEquals(1, items.size());
    assertEquals("M", items.get(0).getString(Tag.ImageType));
  }

  @Test
  void copiesGoToTheBlockOfTheirCreator() {
    Attributes source = new Attributes();
    source.setString(SIEMENS, 0x00190008, VR.CS, "A");
    Attributes target = new Attributes();
    target.setString("ACME", 0x00190008, VR.CS, "B");
    target.addAll(source);
    assertEquals("A", target.getString(SIEMENS, 0x00190008));
    assertEquals("B", target.getString("ACME", 0x00190008));
  }

  @Test
  void aCopyIsEqual() {
    Attributes source = new Attributes();
    source.setString(0x00190012, VR.LO, SIEMENS);
    source.setString(0x00191208, VR.CS, "A");
    source.setString(0x00190020, VR.LO, "ACME");
    Attributes copy = new Attributes(source);
    assertEquals(source, copy);
    assertEquals("A", copy.getString(0x00191208));
  }

  @Test
  void privateElementsGoAwayButNotThoseOfItems() {
    Attributes ds = new Attributes();
    ds.setString(SIEMENS, 0x00190008, VR.CS, "A");
    Attributes item = new Attributes();
    ds.newSequence(Tag.ReferencedImageSequence, 1).add(item);
    item.setString(SIEMENS, 0x00190008, VR.CS, "A");
    ds.removePrivateAttributes();
    assertEquals(1, ds.size());
    assertEquals("A", item.getString(SIEMENS, 0x00190008));
  }
}
