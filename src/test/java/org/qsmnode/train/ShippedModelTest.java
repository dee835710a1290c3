package org.qsmnode.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.qsmnode.inversion.adapt.SecondLook;
import org.qsmnode.inversion.pdi.PdiFacts;
import org.qsmnode.inversion.pdi.PdiInputs;
import org.qsmnode.inversion.pdi.PdiModel;
import org.qsmnode.simulate.cases.CaseFamily;

/** The model in the project is the one that its card speaks of. */
class ShippedModelTest {

  private static final Path MODELS = Path.of("models", "pdi");
  private static final long LARGEST_BYTES = 8_000_000;

  private static PdiModel model;

  @BeforeAll
  static void readTheModel() throws IOException {
    model = PdiModel.read(MODELS);
  }

  private static List<PdiModel> networks() {
    return List.of(model, model.secondLook().orElseThrow());
  }

  /** The folder of the model, or of its second look. */
  private static Path folder(PdiModel network) {
    Path folder = MODELS.resolve(model.identity().version());
    return network.identity().equals(model.identity())
        ? folder
        : folder.resolve(PdiModel.SECOND_LOOK);
  }

  @Test
  void theCardsSpeakOfTheWeightsThatAreThere() throws IOException {
    for (PdiModel network : networks()) {
      Path folder = folder(network);
      JsonNode card = new ObjectMapper().readTree(folder.resolve("card.json").toFile());
      assertEquals(network.identity().sha256(), card.get("sha256").asText());
      assertTrue(Files.readString(folder.resolve("card.md")).contains(network.identity().sha256()));
      assertEquals(network.weights().size(), card.get("parameters").asInt());
      assertTrue(Files.size(folder.resolve(PdiModel.WEIGHTS)) < LARGEST_BYTES);
    }
  }

  @Test
  void itCorrectsTheMapThatTheProductMakes() {
    assertEquals(PdiInputs.starter().parameters(), model.facts().start());
  }

  @Test
  void itsSecondLookFollowsItsFirst() {
    assertEquals(
        new SecondLook(model, PdiInputs.starter()).parameters(),
        model.secondLook().orElseThrow().facts().start());
  }

  @Test
  void itIsRefusedWithoutAnyOneOfItsFacts() throws IOException {
    Map<String, String> facts = PdiModel.readWeights(MODELS).facts();
    for (String name : facts.keySet()) {
      Map<String, String> texts = new HashMap<>(facts);
      texts.remove(name);
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> PdiFacts.of(texts), name);
      String missing = String.valueOf(refused.getMessage()).replaceAll(".* its ", "");
      assertTrue(name.endsWith(missing), () -> name + " is missing, not " + missing);
    }
  }

  @Test
  void itWasTrainedOnNothingThatWasHeldOut() throws IOException {
    for (PdiModel network : networks()) {
      JsonNode card = new ObjectMapper().readTree(folder(network).resolve("card.json").toFile());
      for (String use : new String[] {"trainingCases", "validationCases", "calibrationCases"}) {
        card.get(use)
            .fieldNames()
            .forEachRemaining(family -> assertTrue(!CaseFamily.named(family).heldOut(), family));
      }
    }
  }
}
