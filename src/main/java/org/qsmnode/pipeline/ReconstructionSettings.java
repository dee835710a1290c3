package org.qsmnode.pipeline;

import java.util.Map;
import java.util.Optional;
import org.qsmnode.derive.DerivationSettings;
import org.qsmnode.digest.Digests;
import org.qsmnode.field.FieldSettings;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.series.find.RecognitionSettings;

/** All settings of a reconstruction, from the keys of {@link SettingKeys}. */
public final class ReconstructionSettings {

  private final SettingValues values;
  private final RecognitionSettings recognition;
  private final FieldSettings field;
  private final Optional<UserMask> mask;
  private final DerivationSettings derivation;
  private final Inversion inversion;
  private final Inversion reference;

  private ReconstructionSettings(SettingValues values) {
    this.values = values;
    this.recognition = RecognitionKeys.read(values);
    this.field = FieldKeys.read(values);
    this.mask = UserMask.of(values.text(FieldKeys.MASK));
    this.derivation = DerivationKeys.read(values);
    this.inversion = InversionKeys.read(values);
    this.reference = InversionKeys.reference(values);
  }

  /** Defaults of all keys. */
  public static ReconstructionSettings defaults() {
    return of(Map.of());
  }

  /**
   * Settings with the given values and defaults for all other keys.
   *
   * @throws IllegalArgumentException naming the key, if there is no such key or its value is not
   *     accepted
   */
  public static ReconstructionSettings of(Map<String, String> given) {
    return new ReconstructionSettings(new SettingValues(SettingKeys.all(), given));
  }

  /** Every key with its value. */
  public Map<String, String> values() {
    return values.all();
  }

  /** Name of the inversion method. */
  public String method() {
    return values.text(InversionKeys.METHOD);
  }

  public RecognitionSettings recognition() {
    return recognition;
  }

  public FieldSettings field() {
    return field;
  }

  /** The user's own mask, if one is set. */
  Optional<UserMask> mask() {
    return mask;
  }

  public DerivationSettings derivation() {
    return derivation;
  }

  public Inversion inversion() {
    return inversion;
  }

  /** The method of reference series: {@code tv}. */
  Inversion reference() {
    return reference;
  }

  /** Like {@link #digest}, for reference series. */
  String referenceDigest() {
    return Digests.of(digest() + "\nreference " + reference.name() + " " + reference.parameters());
  }

  /**
   * SHA-256 of everything that can change pixels or attributes of a result. Thresholds that only
   * decide whether there is a result do not enter.
   */
  public String digest() {
    return Digests.of(
        String.join(
            "\n",
            RecognitionKeys.canonical(values),
            "field " + field.canonical() + mask.map(own -> " mask " + own.sha256()).orElse(""),
            "inversion " + inversion.name() + " " + inversion.parameters(),
            derivation.canonical()));
  }
}
