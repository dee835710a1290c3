package org.qsmnode.field;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.qsmnode.numeric.Progress;

/** Tells which stage runs and keeps how long each took. */
final class Stages {

  private final Progress progress;
  private final List<String> seconds = new ArrayList<>();
  private String current = "";
  private long startNanos;

  Stages(Progress progress) {
    this.progress = progress;
  }

  /** Ends the running stage and begins the next. */
  void begin(String name) {
    end();
    current = name;
    startNanos = System.nanoTime();
    progress.at(name, 0);
  }

  /** Progress inside the running stage. */
  void at(double fraction) {
    progress.at(current, fraction);
  }

  /** Ends the running stage; returns one sentence with the seconds of all stages. */
  String end() {
    if (!current.isEmpty()) {
      progress.at(current, 1);
      double taken = (System.nanoTime() - startNanos) * 1e-9;
      seconds.add(String.format(Locale.ROOT, "%s %.2f", current, taken));
      current = "";
    }
    return "Seconds per stage of field mapping: " + String.join(", ", seconds) + ".";
  }
}
