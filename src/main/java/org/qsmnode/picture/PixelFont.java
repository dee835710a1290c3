package org.qsmnode.picture;

import java.awt.image.BufferedImage;
import java.util.Locale;

/**
 * Capital letters, digits and a few signs on 3 x 5 pixels, so that pictures can be labelled on
 * machines without fonts.
 */
final class PixelFont {

  static final int SCALE = 2;
  static final int HEIGHT = 5 * SCALE;
  private static final int ADVANCE = 4 * SCALE;
  private static final String SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-+()/:%=_,[]";

  /** Five rows of three bits per sign, top row first, written as octal digits. */
  private static final String[] ROWS = {
    "25755", "65656", "34443", "65556", "74647", "74644", "34553", "55755", "72227", "11152",
    "55655", "44447", "57755", "65555", "25552", "65644", "25563", "65655", "34216", "72222",
    "55557", "55552", "55775", "55255", "55222", "71247", "75557", "26227", "61247", "61216",
    "55711", "74616", "34752", "71222", "75757", "75716", "00002", "00700", "02720", "12221",
    "42224", "11244", "02020", "51245", "07070", "00007", "00024", "64446", "31113"
  };

  private PixelFont() {}

  static int width(String text) {
    return ADVANCE * text.length();
  }

  static void draw(BufferedImage image, String text, int left, int top, int rgb) {
    String upper = text.toUpperCase(Locale.ROOT);
    for (int c = 0; c < upper.length(); c++) {
      int sign = SIGNS.indexOf(upper.charAt(c));
      if (sign < 0) {
        continue;
      }
      for (int y = 0; y < HEIGHT; y++) {
        int bits = ROWS[sign].charAt(y / SCALE) - '0';
        for (int x = 0; x < 3 * SCALE; x++) {
          int px = left + c * ADVANCE + x;
          int py = top + y;
          if ((bits >> (2 - x / SCALE) & 1) == 1 && px < image.getWidth()) {
            image.setRGB(px, py, rgb);
          }
        }
      }
    }
  }
}
