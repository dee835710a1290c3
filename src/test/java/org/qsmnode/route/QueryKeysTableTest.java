package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dcm4che3.data.ElementDictionary;
import org.dcm4che3.data.Tag;
import org.junit.jupiter.api.Test;

/** The conformance statement lists the keys that queries can have. */
class QueryKeysTableTest {

  @Test
  void everyLevelHasTheKeysOfTheCode() throws Exception {
    assertEquals(
        keywords(
            ResultObjects.PATIENT_TAGS,
            Tag.NumberOfPatientRelatedStudies,
            Tag.NumberOfPatientRelatedSeries,
            Tag.NumberOfPatientRelatedInstances),
        stated("PATIENT"));
    assertEquals(
        keywords(
            ResultObjects.STUDY_TAGS,
            Tag.ModalitiesInStudy,
            Tag.NumberOfStudyRelatedSeries,
            Tag.NumberOfStudyRelatedInstances),
        stated("STUDY"));
    assertEquals(
        keywords(ResultObjects.SERIES_TAGS, Tag.NumberOfSeriesRelatedInstances), stated("SERIES"));
  }

  private static Set<String> keywords(int[] tags, int... more) {
    Set<String> keywords = new TreeSet<>();
    for (int[] some : List.of(tags, more)) {
      Arrays.stream(some).forEach(tag -> keywords.add(ElementDictionary.keywordOf(tag, null)));
    }
    return keywords;
  }

  private static Set<String> stated(String level) throws Exception {
    Matcher row =
        Pattern.compile("^\\| " + level + " \\| (.*) \\|$", Pattern.MULTILINE)
            .matcher(Files.readString(Path.of("src", "docs", "conformance.md")));
    assertTrue(row.find(), level);
    Set<String> keywords = new TreeSet<>();
    for (String word : row.group(1).split(", ", -1)) {
      if (word.matches("[A-Z][A-Za-z]+")) {
        keywords.add(word);
      }
    }
    return keywords;
  }
}
