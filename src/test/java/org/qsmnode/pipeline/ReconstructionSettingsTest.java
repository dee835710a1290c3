package org.qsmnode.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.derive.DerivationSettings;
import org.qsmnode.field.FieldSettings;
import org.qsmnode.inversion.pdi.TinyModel;
import org.qsmnode.series.find.Magnet;
import org.qsmnode.series.find.RecognitionSettings;
import org.qsmnode.series.find.SiteRule;

class ReconstructionSettingsTest {

  /** Keys that decide whether there is a result, not which. */
  private static final Set<String> THRESHOLDS =
      Set.of("recognition.minimum-echoes", "recognition.minimum-slices");

  @TempDir static Path folder;

  private static Path model = Path.of("");
  private static Path otherModel = Path.of("");

  @BeforeAll
  static void writeModels() throws IOException {
    model = TinyModel.write(folder.resolve("one"), 1);
    otherModel = TinyModel.write(folder.resolve("other"), 2);
  }

  /** The given settings with a model where they name none. */
  private static ReconstructionSettings settings(Map<String, String> given) {
    Map<String, String> all = new HashMap<>(Map.of("inversion.model", model.toString()));
    all.putAll(given);
    return ReconstructionSettings.of(all);
  }

  @Test
  void defaultsAreThoseOfThePackagesBelow() {
    ReconstructionSettings defaults = ReconstructionSettings.defaults();
    assertEquals(RecognitionSettings.defaults(), defaults.recognition());
    assertEquals(FieldSettings.defaults(), defaults.field());
    assertEquals(DerivationSettings.defaults(), defaults.derivation());
    assertEquals("pdi-vi", defaults.method());
    for (String method : Inversions.names()) {
      Map<String, String> own =
          Inversions.usesModel(method) ? Map.of("model", model.toString()) : Map.of();
      assertEquals(
          Inversions.named(method, own).parameters(),
          settings(Map.of("inversion.method", method)).inversion().parameters());
    }
  }

  @Test
  void everyKeyIsReadAndEntersTheDigest() {
    String before = settings(Map.of()).digest();
    Set<String> digests = new HashSet<>();
    for (SettingKey key : SettingKeys.all()) {
      ReconstructionSettings changed = settings(withMethodOf(key, otherValue(key)));
      assertNotEquals(
          ReconstructionSettings.defaults().values().get(key.name()),
          changed.values().get(key.name()));
      String base = settings(withMethodOf(key, "")).digest();
      if (THRESHOLDS.contains(key.name())) {
        assertEquals(before, changed.digest(), key.name());
        assertNotEquals(
            ReconstructionSettings.defaults().recognition(), changed.recognition(), key.name());
      } else {
        assertNotEquals(base, changed.digest(), key.name());
        assertTrue(digests.add(changed.digest()), key.name());
      }
    }
  }

  /** Settings of a method are read where that method is chosen. */
  private static Map<String, String> withMethodOf(SettingKey key, String value) {
    Map<String, String> given = new HashMap<>();
    if (!value.isEmpty()) {
      given.put(key.name(), value);
    }
    String[] parts = key.name().split("\\.");
    if (key.name().equals("inversion.model")) {
      given.put("inversion.method", "pdi");
    } else if (key.name().startsWith("field.vsharp-")) {
      given.put("field.background", "vsharp");
    } else if (key.name().startsWith("field.ismv-")) {
      given.put("field.background", "ismv");
    } else if (parts.length == 3 && parts[0].equals("inversion")) {
      given.put("inversion.method", parts[1]);
    }
    return given;
  }

  private static String otherValue(SettingKey key) {
    if (key.range() instanceof ValueRange.Choice choice) {
      return choice.words().stream().filter(w -> !w.equals(key.defaultValue())).findAny().get();
    }
    if (key.range() instanceof ValueRange.Whole whole) {
      return Integer.toString(
          Integer.parseInt(key.defaultValue()) + 1 > whole.most()
              ? whole.least()
              : Integer.parseInt(key.defaultValue()) + 1);
    }
    if (key.range() instanceof ValueRange.Number number) {
      double value = Double.parseDouble(key.defaultValue());
      return Double.toString(value == number.most() ? number.least() : (value + number.most()) / 2);
    }
    return switch (key.name()) {
      case "recognition.site-rules" -> "GE//:phase-sign=+1";
      case "derive.uid-root" -> "1.2.3";
      case "field.mask" -> "pom.xml";
      case "inversion.model" -> otherModel.toString();
      default -> "OTHER";
    };
  }

  @Test
  void keysAreUniqueAndExplained() {
    Set<String> names = new HashSet<>();
    for (SettingKey key : SettingKeys.all()) {
      assertTrue(names.add(key.name()), key.name());
      assertTrue(key.meaning().endsWith("."), key.name());
      assertFalse(key.range().description().isEmpty(), key.name());
    }
  }

  @Test
  void unknownKeysAndBadValuesAreNamed() {
    String unknown = refusal("field.nonsense", "1");
    assertTrue(unknown.contains("field.nonsense") && unknown.contains("field.minimum-snr"));
    String[][] bad = {
      {"recognition.minimum-slices", "0"},
      {"recognition.minimum-slices", "many"},
      {"field.minimum-snr", "NaN"},
      {"inversion.method", "magic"},
      {"inversion.gaussian.samples", "1.5"},
      {"derive.uid-root", "not a uid"},
      {"derive.station-name", "longer than sixteen characters"},
      {"derive.station-name", "back\\slash"},
      {"recognition.site-rules", "GE:phase-sign=+1"},
      {"recognition.site-rules", "GE//:phase-sign=2"},
    };
    for (String[] one : bad) {
      assertTrue(refusal(one[0], one[1]).contains(one[0]), one[0]);
    }
  }

  private static String refusal(String key, String value) {
    return String.valueOf(
        assertThrows(
                IllegalArgumentException.class, () -> ReconstructionSettings.of(Map.of(key, value)))
            .getMessage());
  }

  @Test
  void siteRulesSaySignAndMagnet() {
    ReconstructionSettings settings =
        ReconstructionSettings.of(
            Map.of(
                "recognition.site-rules",
                "CANON/Galan/V6:phase-sign=-1; /OASIS/ :magnet=vertical,phase-sign=+1;"));
    assertEquals(
        List.of(
            new SiteRule("CANON", "Galan", "V6", -1, Optional.empty()),
            new SiteRule("", "OASIS", "", 1, Optional.of(Magnet.VERTICAL))),
        settings.recognition().siteRules());
  }
}
