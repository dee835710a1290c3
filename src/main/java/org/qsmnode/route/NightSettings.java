package org.qsmnode.route;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is done again when nobody waits.
 *
 * @param window empty: never by itself, only when asked
 * @param quota studies and jobs a night
 * @param series SeriesDescription of series that are retrieved
 * @param pause rest between two retrievals
 * @param attempts tries of an item in one night
 */
public record NightSettings(
    Optional<NightWindow> window,
    int quota,
    boolean search,
    Duration lookBack,
    Pattern series,
    Duration pause,
    boolean redo,
    boolean retry,
    int attempts) {

  static NightSettings from(NodeValues values) {
    String window = values.text(NightKeys.WINDOW);
    String series = values.text(NightKeys.SERIES);
    return new NightSettings(
        window.isEmpty() ? Optional.empty() : Optional.of(NightWindow.parse(window)),
        values.whole(NightKeys.QUOTA),
        Boolean.parseBoolean(values.text(NightKeys.SEARCH)),
        values.duration(NightKeys.LOOK_BACK),
        Pattern.compile(
            series.isEmpty() ? ".*" : series, Pattern.CASE_INSENSITIVE | Pattern.DOTALL),
        values.duration(NightKeys.PAUSE),
        Boolean.parseBoolean(values.text(NightKeys.REDO)),
        Boolean.parseBoolean(values.text(NightKeys.RETRY)),
        values.whole(NightKeys.ATTEMPTS));
  }
}
