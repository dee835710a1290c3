package org.qsmnode.field.check;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.qsmnode.field.data.FieldMappingException;
import org.qsmnode.field.data.TotalField;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Vector3;

/**
 * Refuses a field that contradicts the sign of the phase or the direction of the main field.
 *
 * @param leastSkewness skewness that the field of a head in air has at least; 0 turns the check off
 * @param signKnown whether a rule covers the sign of the phase; if not, the field must prove it
 */
public record SignCheck(double leastSkewness, boolean signKnown) {

  private static final double ALONG_THE_PATIENT = 0.7;

  /** A section at the edge of the image beyond this part of the largest: the brain goes on. */
  private static final double CUT_SHARE = 0.1;

  /**
   * Compares the skewness of the field with what a head makes.
   *
   * @throws FieldMappingException with {@link FieldMappingException.Code#SIGN_CONFLICT} or {@link
   *     FieldMappingException.Code#FIELD_DIRECTION}
   */
  public void check(TotalField total, List<String> notes) throws FieldMappingException {
    if (leastSkewness == 0) {
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
      if (!signKnown) {
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
            leastSkewness);
    if (value <= -leastSkewness || value < leastSkewness && !signKnown) {
      throw new FieldMappingException(
          FieldMappingException.Code.SIGN_CONFLICT, "the sign of the phase is in doubt: " + number);
    }
    if (value < leastSkewness && isCut(total.mask(), headFoot)) {
      notes.add("Sign check: " + number + "; the brain leaves the image, so this proves nothing.");
      return;
    }
    if (value < leastSkewness) {
      throw new FieldMappingException(
          FieldMappingException.Code.FIELD_DIRECTION,
          "the direction of the main field is in doubt: " + number);
    }
    notes.add("Sign check: " + number + ".");
  }

  /** Whether the mask reaches the first or last layer across the head with a large section. */
  private static boolean isCut(Mask mask, Vector3 headFoot) {
    double[] along = {Math.abs(headFoot.x()), Math.abs(headFoot.y()), Math.abs(headFoot.z())};
    int axis = along[0] > along[1] && along[0] > along[2] ? 0 : along[1] > along[2] ? 1 : 2;
    Grid grid = mask.grid();
    int[] section = new int[grid.dims()[axis]];
    for (int i = 0; i < mask.data().length; i++) {
      if (mask.data()[i]) {
        int[] at = {i % grid.nx(), i / grid.nx() % grid.ny(), i / (grid.nx() * grid.ny())};
        section[at[axis]]++;
      }
    }
    double largest = Arrays.stream(section).max().orElse(0);
    return Math.max(section[0], section[section.length - 1]) > CUT_SHARE * largest;
  }
}
