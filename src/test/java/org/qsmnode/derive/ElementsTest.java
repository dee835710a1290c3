package org.qsmnode.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.junit.jupiter.api.Test;

class ElementsTest {

  @Test
  void aValueLongerThanItsVrAllowsIsRefused() {
    Attributes to = new Attributes();
    Elements.lo(to, Tag.SeriesDescription, "x".repeat(64));
    assertThrows(
        IllegalArgumentException.class,
        () -> Elements.lo(to, Tag.SeriesDescription, "x".repeat(65)));
    assertThrows(
        IllegalArgumentException.class, () -> Elements.sh(to, Tag.StationName, "x".repeat(17)));
    assertThrows(
        IllegalArgumentException.class,
        () -> Elements.st(to, Tag.DerivationDescription, "x".repeat(1025)));
    assertThrows(IllegalArgumentException.class, () -> Elements.cs(to, Tag.Modality, "mr"));
  }

  @Test
  void otherThanPlainAsciiIsRefused() {
    Attributes to = new Attributes();
    for (String bad : new String[] {"a\\b", "caf\u00e9", "a\tb", "\u001b(B"}) {
      assertThrows(
          IllegalArgumentException.class, () -> Elements.lo(to, Tag.SeriesDescription, bad));
    }
    assertEquals("a?b caf? ?", Elements.plain("a\\b caf\u00e9 \ud83d\ude00"));
  }

  @Test
  void aDecimalStringHasAtMost16Characters() {
    double[] values = {
      0, 1, -400, 127.748512, 1.0 / 3, -1.0 / 3e-7, 1e-17 / 3, Math.PI * 1e20, -2.0 / 3e12, 123.25
    };
    for (double value : values) {
      String text = Elements.decimal(value);
      assertTrue(text.length() <= 16, text);
      assertEquals(value, Double.parseDouble(text), Math.abs(value) * 1e-8);
    }
    assertEquals("127.748512", Elements.decimal(127.748512));
    assertEquals("-400", Elements.decimal(-400));
  }
}
