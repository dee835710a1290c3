package org.qsmnode.inversion.classic;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import org.qsmnode.field.LocalField;
import org.qsmnode.volume.FieldUnits;
import org.qsmnode.volume.Volume;

/** The field that an inversion explains. */
public enum FieldChoice {
  /** The total field, background included. */
  TOTAL,
  /** The field after background removal. */
  LOCAL;

  /** The name in settings. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The choice of a name in settings.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public static FieldChoice of(String word) {
    return Arrays.stream(values())
        .filter(choice -> choice.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("field must be total or local"));
  }

  /** The field in ppm on the grid of {@code field}. */
  Volume ppm(LocalField field) {
    if (this == LOCAL) {
      return field.localPpm();
    }
    float perHz = (float) (1 / FieldUnits.hzPerPpm(field.fieldStrengthTesla()));
    Volume ppm = Volume.zeros(field.grid());
    for (int i = 0; i < ppm.data().length; i++) {
      ppm.data()[i] = perHz * field.totalHz().data()[i];
    }
    return ppm;
  }
}
