package org.qsmnode.app;

/**
 * Text from elsewhere as part of one line. Characters that break a line, move a cursor, turn the
 * direction of writing or cannot be seen are escaped. Each is shown as a backslash, {@code u} and
 * four hexadecimal digits.
 */
final class Visible {

  private Visible() {}

  static String text(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c < 0x7F) ? text : shown(text);
  }

  private static String shown(String text) {
    StringBuilder shown = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      int units = Character.charCount(point);
      if (isVisible(point)) {
        shown.appendCodePoint(point);
      } else {
        text.substring(i, i + units)
            .chars()
            .forEach(unit -> shown.append(String.format("\\u%04X", unit)));
      }
      i += units;
    }
    return shown.toString();
  }

  private static boolean isVisible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
