package org.qsmnode.route;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text files that people edit: UTF-8, with a byte order mark in front where Windows puts one. */
public final class EditedText {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private EditedText() {}

  /**
   * The text of a file without the mark.
   *
   * @throws IllegalArgumentException if the file is not in UTF-8
   */
  public static String read(Path file) throws IOException {
    try {
      String text = Files.readString(file);
      return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + " is not a text in UTF-8", e);
    }
  }
}
