package org.qsmnode.route;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.qsmnode.pipeline.SettingKey;
import org.qsmnode.pipeline.ValueRange;

/** The keys {@code node.night.*}: what is done again when nobody waits. */
final class NightKeys {

  private static final KeyList ALL = new KeyList();

  static final SettingKey WINDOW =
      ALL.add(
          "node.night.window",
          "Local time in which reprocessing may start anything.",
          new ValueRange.Text(
              "HH:MM-HH:MM, over midnight if the second is earlier; empty: never",
              text -> text.isEmpty() || NightWindow.accepts(text)),
          "");
  static final SettingKey QUOTA =
      ALL.add(
          "node.night.quota",
          "Studies and jobs that one night may start.",
          new ValueRange.Whole(1, 100_000),
          "50");
  static final SettingKey SEARCH =
      ALL.add(
          "node.night.search",
          "Look in the PACS for studies without a result of this node, and process them.",
          KeyRanges.trueOrFalse(),
          "false");
  static final SettingKey LOOK_BACK =
      ALL.add(
          "node.night.look-back",
          "How old studies may be that are looked for.",
          KeyRanges.duration(Duration.ofDays(1), Duration.ofDays(3650)),
          "7d");
  static final SettingKey SERIES =
      ALL.add(
          "node.night.series",
          "Series that are retrieved, by SeriesDescription; case does not matter.",
          new ValueRange.Text(
              "regular expression that the whole description matches; empty: every MR series",
              NightKeys::isPattern),
          "");
  static final SettingKey PAUSE =
      ALL.add(
          "node.night.pause",
          "Rest between two retrievals, for the sake of the PACS.",
          KeyRanges.duration(Duration.ofMillis(0), Duration.ofHours(1)),
          "10s");
  static final SettingKey REDO =
      ALL.add(
          "node.night.redo",
          "Make results again that another version, model or configuration made; they are held"
              + " until approved.",
          KeyRanges.trueOrFalse(),
          "false");
  static final SettingKey RETRY =
      ALL.add(
          "node.night.retry",
          "Start failed jobs again, send what no attempt has delivered, and look in the PACS for"
              + " what is missing of incomplete ones.",
          KeyRanges.trueOrFalse(),
          "true");
  static final SettingKey ATTEMPTS =
      ALL.add(
          "node.night.max-attempts",
          "Times an item is tried in one night.",
          new ValueRange.Whole(1, 100),
          "3");

  private NightKeys() {}

  static List<SettingKey> all() {
    return ALL.all();
  }

  private static boolean isPattern(String text) {
    try {
      Pattern.compile(text);
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }
}
