package org.qsmnode.simulate.dicom;

import java.util.List;
import java.util.Locale;

/**
 * Whom a simulated study names.
 *
 * @param name DICOM person name
 * @param id patient identifier
 * @param characterSet values of SpecificCharacterSet that can hold the name; a first value may be
 *     empty for the default repertoire
 */
public record PatientIdentity(String name, String id, List<String> characterSet) {

  public PatientIdentity {
    characterSet = List.copyOf(characterSet);
  }

  /** A name that says that there is no such person. */
  public static PatientIdentity synthetic(long seed) {
    return new PatientIdentity(
        "SIMULATED^HEAD",
        "SIM-" + Long.toUnsignedString(seed, 36).toUpperCase(Locale.ROOT),
        List.of("ISO_IR 100"));
  }

  /** This identifier with another name. */
  public PatientIdentity named(String other, String... sets) {
    return new PatientIdentity(other, id, sets.length == 0 ? characterSet : List.of(sets));
  }
}
