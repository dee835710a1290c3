package org.qsmnode.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table in Markdown; numbers that are not finite become a dash. */
final class MarkdownTable {

  private final List<String> lines = new ArrayList<>();

  MarkdownTable(List<String> titles) {
    add(titles);
    lines.add("|" + "---|".repeat(titles.size()));
  }

  void add(List<String> cells) {
    lines.add("| " + String.join(" | ", cells) + " |");
  }

  static String number(double value, int digits) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + digits + "f", value) : "–";
  }

  @Override
  public String toString() {
    return String.join("\n", lines) + "\n";
  }
}
