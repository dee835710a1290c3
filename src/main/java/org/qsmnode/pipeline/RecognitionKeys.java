package org.qsmnode.pipeline;

import java.util.List;
import org.qsmnode.pipeline.ValueRange.Text;
import org.qsmnode.pipeline.ValueRange.Whole;
import org.qsmnode.series.find.RecognitionSettings;

/** Settings of recognition. */
final class RecognitionKeys {

  private static final SettingKey MINIMUM_ECHOES =
      new SettingKey(
          "recognition.minimum-echoes",
          "Fewest echo times of an acquisition; fewer than 3 are flagged as short.",
          "",
          new Whole(2, 64),
          "2");
  private static final SettingKey MINIMUM_SLICES =
      new SettingKey(
          "recognition.minimum-slices",
          "Fewest slices of an acquisition.",
          "",
          new Whole(2, 4096),
          "16");
  private static final SettingKey SITE_RULES =
      new SettingKey(
          "recognition.site-rules",
          "What the site knows of its scanners, first match wins over the built-in tables.",
          "",
          new Text(
              "manufacturer/model/software:phase-sign=+1 or -1,magnet=horizontal or vertical;"
                  + " several separated by semicolons, empty parts match all",
              SiteRules::isWellFormed),
          "");

  static final List<SettingKey> ALL = List.of(MINIMUM_ECHOES, MINIMUM_SLICES, SITE_RULES);

  private RecognitionKeys() {}

  static RecognitionSettings read(SettingValues values) {
    return new RecognitionSettings(
        values.whole(MINIMUM_ECHOES),
        values.whole(MINIMUM_SLICES),
        SiteRules.parse(values.text(SITE_RULES)));
  }

  /** The part that can change a result; thresholds only decide whether there is one. */
  static String canonical(SettingValues values) {
    return "site " + values.text(SITE_RULES);
  }
}
