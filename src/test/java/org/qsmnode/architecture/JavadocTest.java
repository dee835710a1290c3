package org.qsmnode.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Javadoc of the product can be read by somebody who was not there. A formula in {@code code}, a
 * link, and a reference with a year in parentheses do not count as words of a sentence.
 */
class JavadocTest {

  private static final int MOST_WORDS = 25;
  private static final Pattern COMMENT = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
  private static final Pattern STAR = Pattern.compile("\\n\\s*\\* ?");
  private static final Pattern INLINE_TAG = Pattern.compile("\\{@[^{}]*\\}");
  private static final Pattern REFERENCE =
      Pattern.compile("\\([^()]*\\b(19|20)\\d\\d\\b[^()]*(\\([^()]*\\)[^()]*)*\\)");

  /** Blocks of Javadoc: paragraphs, list items, and the texts of block tags. */
  private static final Pattern BLOCK =
      Pattern.compile(
          "</?(p|ul|ol|li|table|tr|td|th|pre|dl|dt|dd)\\b[^>]*>"
              + "|(^|(?<=\\n))\\s*@(param\\s+\\S+|return|throws\\s+\\S+|see)\\s");

  private static final Pattern END_OF_SENTENCE =
      Pattern.compile("(?<! al)[.!?]\\)?\\s+(?=[^a-z\\s]|dcm4che)");

  @Test
  void noSentenceHasMoreThanTwentyFiveWords() throws IOException {
    assertEquals(
        List.of(),
        failures(
            (comment, place) ->
                BLOCK
                    .splitAsStream(comment)
                    .flatMap(END_OF_SENTENCE::splitAsStream)
                    .filter(sentence -> words(sentence) > MOST_WORDS)
                    .map(sentence -> place + sentence.strip())
                    .toList()));
  }

  @Test
  void noJavadocBeginsWithTheSame() throws IOException {
    assertEquals(
        List.of(),
        failures(
            (comment, place) ->
                comment.strip().matches("(?s)The same\\b.*") ? List.of(place) : List.of()));
  }

  @Test
  void aLongSentenceIsFound() {
    String words = "word ".repeat(MOST_WORDS);
    assertEquals(MOST_WORDS, words(words));
    assertEquals(MOST_WORDS, words(plain(words + "(Li et al., Magn Reson Med 2015, doi x)")));
    assertEquals(MOST_WORDS + 1, words(plain(words + "{@code a + b * c}")));
    assertEquals(
        2, END_OF_SENTENCE.splitAsStream(plain("One of. {@link Two} of two. ").strip()).count());
  }

  private static List<String> failures(BiFunction<String, String, List<String>> rule)
      throws IOException {
    List<String> failures = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(Path.of("src", "main", "java"))) {
      for (Path file : walk.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
        String source = Files.readString(file);
        for (MatchResult comment : COMMENT.matcher(source).results().toList()) {
          long line = source.substring(0, comment.start()).lines().count();
          failures.addAll(rule.apply(plain(comment.group(1)), file + ":" + line + " "));
        }
      }
    }
    return failures;
  }

  /** The text without stars and references, an inline tag being one word that begins a sentence. */
  private static String plain(String comment) {
    String text = STAR.matcher(comment).replaceAll("\n");
    return REFERENCE.matcher(INLINE_TAG.matcher(text).replaceAll("X")).replaceAll(" ");
  }

  private static long words(String sentence) {
    return Pattern.compile("\\s+")
        .splitAsStream(sentence)
        .filter(word -> word.matches(".*[A-Za-z0-9].*"))
        .count();
  }
}
