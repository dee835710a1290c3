package org.qsmnode.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.ElementDictionary;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryKeysTest {

  @ParameterizedTest
  @CsvSource({
    // keyword, key, value of the entity, whether they match
    "StudyInstanceUID, 1.2.3, 1.2.3, true",
    "StudyInstanceUID, 1.2.3, 1.2.30, false",
    "StudyInstanceUID, 1.2\\1.2.3, 1.2.3, true",
    "StudyDate, 20260101, 20260101, true",
    "StudyDate, 20260101, 20260102, false",
    "StudyDate, 20260101-20260131, 20260131, true",
    "StudyDate, 20260101-20260131, 20260201, false",
    "StudyDate, 20260115-, 20260114, false",
    "StudyDate, 20260115-, 20260115, true",
    "StudyDate, -20260115, 20260115, true",
    "StudyDate, 2026.01.15, 20260115, true",
    "StudyTime, 1000-1100, 100000, true",
    "StudyTime, 1000-1100, 110059.999999, true",
    "StudyTime, 1000-1100, 110100, false",
    "StudyTime, 10, 105959, true",
    "StudyTime, 103000, 103000.000001, true",
    "StudyTime, 103000, 103001, false",
    "PatientName, DOE^*, Doe^Jane, true",
    "PatientName, doe^j?ne, Doe^Jane, true",
    "PatientName, doe, Doe^Jane, false",
    "PatientID, A.C, ABC, false",
    "PatientID, A*, ABC, true",
    "PatientID, abc, ABC, false",
    "SeriesDescription, *QSM*, Brain QSM mean, true",
    "SeriesDescription, *(*, Brain QSM mean, false",
    "ModalitiesInStudy, MR, CT\\MR, true",
    "ModalitiesInStudy, PT, CT\\MR, false",
    "SeriesNumber, 7, 07, true",
    "SeriesNumber, 7, 8, false",
    "StudyDate, 20260101, '', false",
    "StudyDate, 20260101-abc, 20260101, false",
    "StudyDate, *, 20260101, false",
    "StudyTime, 10:30, 103059, true",
    "StudyTime, 1030-, 102959.999999, false",
    "StudyTime, 235960, 235959, true",
    "AcquisitionDateTime, 202601, 20260131235959.999999, true",
    "AcquisitionDateTime, 202601, 20260201, false",
    "AcquisitionDateTime, 20260101-20260102, 20260102235900, true",
    "AcquisitionDateTime, 2026010112+0100, 20260101113000+0000, true",
    "AcquisitionDateTime, 2026010112+0100, 20260101123000+0000, false",
    "AcquisitionDateTime, 2026010112-0500-2026010113-0500, 20260101180000+0000, true",
    "AcquisitionDateTime, 2026010112+0100, 20260101123000, true",
  })
  void aKeyMatchesAsItsKindAsks(String keyword, String key, String value, boolean expected) {
    int tag = ElementDictionary.tagForKeyword(keyword, null);
    assertEquals(expected, QueryKeys.match(with(tag, key), with(tag, value)));
  }

  @Test
  @Timeout(10)
  void manyAsterisksTakeNoLongerThanTheirNumberTimesTheLengthOfTheValue() {
    String key = "*a".repeat(500) + "*b";
    String value = "a".repeat(10_000);
    assertFalse(
        QueryKeys.match(with(Tag.SeriesDescription, key), with(Tag.SeriesDescription, value)));
    assertTrue(
        QueryKeys.match(
            with(Tag.SeriesDescription, key), with(Tag.SeriesDescription, value + "b")));
  }

  private static Attributes with(int tag, String values) {
    Attributes attributes = new Attributes();
    VR vr = ElementDictionary.vrOf(tag, null);
    if (values.isEmpty()) {
      attributes.setNull(tag, vr);
    } else {
      attributes.setString(tag, vr, values.split("\\\\"));
    }
    return attributes;
  }

  @ParameterizedTest
  @CsvSource({
    "StudyDate, abc",
    "StudyDate, 20260101-abc",
    "StudyDate, abc-20260101",
    "StudyDate, 20260230",
    "StudyDate, 20260101-20260102-20260103",
    "StudyDate, 2026",
    "StudyDate, -",
    "StudyDate, *",
    "StudyDate, 2026????",
    "StudyTime, ab",
    "StudyTime, 2400",
    "StudyTime, 1030-ab",
    "StudyTime, 10*",
    "AcquisitionDateTime, yesterday",
    "AcquisitionDateTime, 20260101-2026abcd",
  })
  void aDateOrTimeThatIsNoneIsRefusedByItsName(String keyword, String key) {
    Attributes keys = with(ElementDictionary.tagForKeyword(keyword, null), key);
    QueryKeyException refusal = assertThrows(QueryKeyException.class, () -> QueryKeys.check(keys));
    assertTrue(refusal.sentence().startsWith(keyword), refusal::sentence);
    assertTrue(refusal.sentence().length() <= 64, "fits an error comment");
    Attributes outer = new Attributes();
    outer.newSequence(Tag.ReferencedStudySequence, 1).add(keys);
    assertThrows(QueryKeyException.class, () -> QueryKeys.check(outer));
  }

  @ParameterizedTest
  @CsvSource({
    "StudyDate, ''",
    "StudyDate, 20240229",
    "StudyDate, 2026.01.15",
    "StudyDate, 20260101 - 20260102",
    "StudyTime, -103000.123",
    "AcquisitionDateTime, 2026-2027",
    "PatientName, abc",
  })
  void whatIsADateOrTimeOrIsNotAskedToBeOneIsNot(String keyword, String key) throws Exception {
    QueryKeys.check(with(ElementDictionary.tagForKeyword(keyword, null), key));
  }

  @Test
  void anEmptyKeyMatchesEverything() {
    assertTrue(QueryKeys.match(with(Tag.PatientID, ""), with(Tag.PatientID, "A")));
    assertTrue(QueryKeys.match(with(Tag.PatientID, ""), with(Tag.PatientID, "")));
  }

  @Test
  void everyKeyHasToMatch() {
    Attributes keys = with(Tag.PatientID, "A");
    keys.setString(Tag.StudyID, VR.SH, "7");
    Attributes entity = with(Tag.PatientID, "A");
    entity.setString(Tag.StudyID, VR.SH, "8");
    assertFalse(QueryKeys.match(keys, entity));
  }

  @Test
  void aKeyThatTheEntityDoesNotKnowIsIgnoredAndSaidSo() {
    Attributes keys = with(Tag.PatientID, "A");
    assertFalse(QueryKeys.ignored(keys, with(Tag.PatientID, "B")));
    keys.setString(Tag.StudyID, VR.SH, "7");
    assertTrue(QueryKeys.match(keys, with(Tag.PatientID, "A")));
    assertTrue(QueryKeys.ignored(keys, with(Tag.PatientID, "A")));
  }

  @Test
  void levelAndCharacterSetOfTheQueryAreNoKeys() {
    Attributes keys = with(Tag.QueryRetrieveLevel, "STUDY");
    keys.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
    Attributes entity = with(Tag.QueryRetrieveLevel, "SERIES");
    entity.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 100");
    assertTrue(QueryKeys.match(keys, entity));
  }

  @Test
  void aSequenceMatchesIfOneItemDoes() {
    Attributes keys = new Attributes();
    keys.newSequence(Tag.ReferencedSOPSequence, 1).add(with(Tag.ReferencedSOPInstanceUID, "1.2.3"));
    Attributes entity = new Attributes();
    entity.newSequence(Tag.ReferencedSOPSequence, 1).add(with(Tag.ReferencedSOPInstanceUID, "1.2"));
    assertFalse(QueryKeys.match(keys, entity));
    entity.getSequence(Tag.ReferencedSOPSequence).add(with(Tag.ReferencedSOPInstanceUID, "1.2.3"));
    assertTrue(QueryKeys.match(keys, entity));
  }
}
