package org.qsmnode.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.junit.jupiter.api.Test;

class QidoQueryTest {

  @Test
  void keysAreKeywordsOrTagsAndReachIntoSequences() throws Exception {
    QidoQuery query =
        query(
            "/studies/1.2/series",
            "StudyDate=20260101-&00080060=MR&RequestAttributesSequence.00400009=S%201");
    assertEquals("20260101-", query.keys().getString(Tag.StudyDate));
    assertEquals("MR", query.keys().getString(Tag.Modality));
    assertEquals("1.2", query.keys().getString(Tag.StudyInstanceUID));
    Attributes item = query.keys().getNestedDataset(Tag.RequestAttributesSequence);
    assertEquals("S 1", item.getString(Tag.ScheduledProcedureStepID));
  }

  @Test
  void severalUidsComeWithCommas() throws Exception {
    QidoQuery query = query("/studies", "StudyInstanceUID=1.2,1.3");
    assertArrayEquals(new String[] {"1.2", "1.3"}, query.keys().getStrings(Tag.StudyInstanceUID));
  }

  @Test
  void fieldsAndPagesAreRead() throws Exception {
    QidoQuery query =
        query(
            "/instances",
            "includefield=EchoTime,00180087&limit=10&offset=20&fuzzymatching=true&accept=a/b");
    assertEquals(Set.of(Tag.EchoTime, Tag.MagneticFieldStrength), query.fields());
    assertEquals(10, query.limit());
    assertEquals(20, query.offset());
    assertFalse(query.allFields());
    assertTrue(query.keys().isEmpty());
    assertTrue(query("/instances", "includefield=all").allFields());
  }

  @Test
  void whatCannotBeUnderstoodIsRefused() {
    for (String bad :
        List.of(
            "limit=-1",
            "offset=x",
            "Modality.Rows=1",
            "PixelData=1",
            "Rows=four",
            "StudyDate=%zz")) {
      HttpRefusal refusal = assertThrows(HttpRefusal.class, () -> query("/studies", bad), bad);
      assertEquals(400, refusal.status(), bad);
    }
  }

  @Test
  void acceptIsReadWithQuotesQualitiesAndWildcards() throws Exception {
    List<MediaRange> ranges =
        MediaRange.accepted(
            "text/html;q=0.1, multipart/related; type=\"application/dicom\";"
                + " transfer-syntax=*, image/png;q=0, */*;q=0.5");
    assertEquals(
        List.of("multipart/related", "*/*", "text/html"),
        ranges.stream().map(MediaRange::type).toList());
    assertTrue(ranges.get(0).takesMultipart("application/dicom"));
    assertFalse(ranges.get(0).takesMultipart("application/octet-stream"));
    assertTrue(ranges.get(0).takesSyntax("1.2.840.10008.1.2", "1.2.840.10008.1.2.1"));
    assertFalse(ranges.get(1).takesSyntax("1.2.840.10008.1.2", "1.2.840.10008.1.2.1"));
    assertThrows(HttpRefusal.class, () -> MediaRange.accepted("nonsense"));
  }

  private static QidoQuery query(String path, String query) throws HttpRefusal {
    return QidoQuery.of(new WebRequest("http://h/dicom-web", path, query, ""));
  }
}
