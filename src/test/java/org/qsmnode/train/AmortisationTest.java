package org.qsmnode.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.Starter;
import org.qsmnode.inversion.pdi.PdiModel;
import org.qsmnode.inversion.pdi.TinyModel;
import org.qsmnode.network.Engines;
import org.qsmnode.numeric.Progress;

class AmortisationTest {

  private static final Inversion START = new Starter();
  private static final AmortisedRecipe RECIPE = new AmortisedRecipe(12, 0.003, 4, 5);

  @TempDir private static Path shared;
  private static Path patients = Path.of("");
  private static PdiModel model;

  /** Five cases, two of them as field mapping leaves patients: without answer and description. */
  @BeforeAll
  static void write() throws IOException {
    patients = shared.resolve("patients");
    for (long seed = 1; seed <= 5; seed++) {
      TrainingCases.write(patients, "patient", seed);
    }
    for (String plain : new String[] {"patient-00002", "patient-00005"}) {
      for (String file : new String[] {"case.json", "chi_ppm.nii.gz", "labels.nii.gz"}) {
        Files.delete(patients.resolve(plain).resolve(file));
      }
    }
    model = PdiModel.read(TinyModel.write(shared.resolve("tiny"), 1));
  }

  private static Optional<String> run(AmortisedRecipe recipe, Path root, Progress progress)
      throws IOException {
    return new Amortisation(Engines.running(), START, root.resolve("work"))
        .run(recipe, model, patients, "tiny", root.resolve("models/2"), progress);
  }

  @Test
  void heldOutPatientsAreExplainedBetterAndTheModelSaysWhatItIs(@TempDir Path root)
      throws IOException {
    String digest = run(RECIPE, root, Progress.NONE).orElseThrow();
    PdiModel adapted = PdiModel.read(root.resolve("models"));
    assertEquals(digest, adapted.identity().sha256());
    assertEquals("2", adapted.identity().version());
    assertNotEquals(model.identity().sha256(), digest);
    assertEquals(model.facts().start(), adapted.facts().start());
    JsonNode card = new ObjectMapper().readTree(root.resolve("models/2/card.json").toFile());
    assertEquals(4, card.get("learning").asInt());
    assertEquals(1, card.get("heldOut").asInt());
    double start = card.get("curve").get(0).get("heldOut").asDouble();
    double taken = card.get("taken").get("heldOut").asDouble();
    assertTrue(taken > start + 0.01, start + " to " + taken);
    String text = Files.readString(root.resolve("models/2/card.md"));
    assertTrue(text.contains(model.identity().sha256()) && text.contains("4 patients"), text);
    assertFalse(text.contains("patient-0000"), "no patient's folder is named");
  }

  @Test
  void anInterruptedAdaptationEndsWithTheSameModel(@TempDir Path whole, @TempDir Path parts)
      throws IOException {
    String uninterrupted = run(RECIPE, whole, Progress.NONE).orElseThrow();
    assertThrows(
        IllegalStateException.class,
        () ->
            run(
                RECIPE,
                parts,
                (stage, part) -> {
                  if (part > 0.5) {
                    throw new IllegalStateException("stop");
                  }
                }));
    assertEquals(uninterrupted, run(RECIPE, parts, Progress.NONE).orElseThrow());
  }

  @Test
  void theStartIsKeptWhereHeldOutPatientsAreNotExplainedBetter(@TempDir Path root)
      throws IOException {
    assertTrue(run(new AmortisedRecipe(2, 50, 1, 5), root, Progress.NONE).isEmpty());
    assertFalse(Files.exists(root.resolve("models/2")));
  }

  @Test
  void onePatientIsTooFew(@TempDir Path root) throws IOException {
    TrainingCases.write(root.resolve("few"), "patient", 1);
    IOException refusal =
        assertThrows(IOException.class, () -> new Patients(root.resolve("few"), root, START));
    assertTrue(String.valueOf(refusal.getMessage()).contains("at least 2"));
  }
}
