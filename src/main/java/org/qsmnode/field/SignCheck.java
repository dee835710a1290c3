package org.qsmnode.field;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.qsmnode.volume.Vector3;

/** Holds a field whose sign, or the direction of whose main field, the field itself contradicts. */
final class SignCheck {

  private static final double ALONG_THE_PATIENT = 0.7;

  private SignCheck() {}

  /**
   * Compares the skewness of the field with what a head makes.
   *
   * @throws FieldMappingException with {@link FieldMappingException.Code#SIGN_CONFLICT} or {@link
   *     FieldMappingException.Code#FIELD_DIRECTION}
   */
  static void check(TotalField total, FieldSettings settings, List<String> notes)
      throws FieldMappingException {
    if (settings.leastSkewness() == 0) {
      notes.add("Sign check: turned off.");
      return;
    }
    Vector3 headFoot = total.grid().orientation().toVoxelAxes(Vector3.Z);
    boolean across = Math.abs(headFoot.dot(total.b0().unit())) < ALONG_THE_PATIENT;
    Optional<FieldSkewness> skewness = across ? Optional.empty() : FieldSkewness.of(total);
    if (skewness.isEmpty()) {
      String why =
          across
              ? "the main field does not lie along the patient"
              : "the field is too even or known in too few voxels";
      if (!settings.signKnown()) {
        throw new FieldMappingException(
            FieldMappingException.Code.SIGN_CONFLICT,
            "the sign of the phase is not known and cannot be proved: " + why);
      }
      notes.add("Sign check: not possible, " + why + ".");
      return;
    }
    double value = skewness.get().value();
    String number =
        String.format(
            Locale.ROOT,
            "skewness of the field is %.2f, expected %.1f or more",
            value,
            settings.leastSkewness());
    if (value <= -settings.leastSkewness()
        || value < settings.leastSkewness() && !settings.signKnown()) {
      throw new FieldMappingException(
          FieldMappingException.Code.SIGN_CONFLICT, "the sign of the phase is in doubt: " + number);
    }
    if (value < settings.leastSkewness()) {
      throw new FieldMappingException(
          FieldMappingException.Code.FIELD_DIRECTION,
          "the direction of the main field is in doubt: " + number);
    }
    notes.add("Sign check: " + number + ".");
  }
}
