package org.qsmnode.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.junit.jupiter.api.Test;

/** Holds the reference page of the component against its options and headers. */
class ReferencePageTest {

  private static final Path PAGE = Path.of("src/docs/camel-dicom.md");

  @Test
  void everyOptionStandsOnThePageAsItIsInTheCode() throws Exception {
    List<String> expected = new ArrayList<>();
    DicomConfiguration defaults = new DicomConfiguration();
    for (Field field : DicomConfiguration.class.getDeclaredFields()) {
      UriParam option = field.getAnnotation(UriParam.class);
      if (option == null) {
        continue;
      }
      field.setAccessible(true);
      Object actual = field.get(defaults);
      if (!option.defaultValue().isEmpty()) {
        assertEquals(option.defaultValue(), String.valueOf(actual), field.getName());
      }
      expected.add(
          "| `%s` | %s | %s | %s | %s |"
              .formatted(
                  field.getName(),
                  option.label(),
                  field.getType().getSimpleName(),
                  option.defaultValue().isEmpty() ? "" : "`" + option.defaultValue() + "`",
                  option.description()));
    }
    assertEquals(expected, rows("| Option |"));
  }

  @Test
  void everyHeaderStandsOnThePageAsItIsInTheCode() throws Exception {
    List<String> expected = new ArrayList<>();
    for (Field field : DicomConstants.class.getDeclaredFields()) {
      Metadata header = field.getAnnotation(Metadata.class);
      if (header != null) {
        expected.add(
            "| `%s` | %s | %s | %s |"
                .formatted(
                    field.get(null), header.label(), header.javaType(), header.description()));
      }
    }
    assertEquals(expected, rows("| Header |"));
  }

  private static List<String> rows(String heading) throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    int start = (int) lines.stream().takeWhile(line -> !line.startsWith(heading)).count() + 2;
    return lines.subList(start, lines.size()).stream()
        .takeWhile(line -> line.startsWith("|"))
        .toList();
  }
}
