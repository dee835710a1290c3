package org.qsmnode.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.field.FieldOrigin;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.pdi.PdiFacts;
import org.qsmnode.inversion.pdi.TrainedRange;
import org.qsmnode.network.Engines;
import org.qsmnode.network.Weights;
import org.qsmnode.numeric.Progress;
import org.qsmnode.pipeline.Inversions;
import org.qsmnode.simulate.cases.CaseFacts;

class TrainerTest {

  private static final Inversion START = Inversions.named("tkd", Map.of());
  private static final Recipe RECIPE =
      new Recipe(List.of(4, 8), List.of(0, 1), 12, 1, 12, 0.003, 0.5, 7, 4);

  @TempDir private static Path shared;
  private static TrainingData data;

  @BeforeAll
  static void writeCases() throws IOException {
    data = TrainingData.below(shared);
    for (long seed = 1; seed <= 3; seed++) {
      TrainingCases.write(data.training(), "geometric", seed);
    }
    TrainingCases.write(data.validation(), "geometric", 11);
    TrainingCases.write(data.calibration(), "geometric", 21);
    TrainingCases.write(data.test(), "geometric", 31);
    TrainingCases.write(data.test(), "calcification", 32);
  }

  private static Trainer trainer(Recipe recipe, Path work) throws IOException {
    CaseCache cache = new CaseCache(shared.resolve("inputs"), START);
    return new Trainer(
        Engines.running(),
        recipe,
        cache.forTraining(data.training(), Progress.NONE),
        cache.forTraining(data.validation(), Progress.NONE),
        Weights.initial(recipe.architecture(), recipe.seed()),
        work);
  }

  @Test
  void theSameRecipeGivesTheSameWeights(@TempDir Path first, @TempDir Path second)
      throws IOException {
    Trainer.Result one = trainer(RECIPE, first).run(Progress.NONE);
    Trainer.Result other = trainer(RECIPE, second).run(Progress.NONE);
    assertEquals(one.weights().digest(), other.weights().digest());
    assertEquals(one.curve(), other.curve());
    assertEquals(List.of(4, 8, 12), one.curve().stream().map(Curve.Point::step).toList());
  }

  @Test
  void anInterruptedTrainingEndsWithTheWeightsOfAnUninterruptedOne(
      @TempDir Path whole, @TempDir Path parts) throws IOException {
    Trainer.Result uninterrupted = trainer(RECIPE, whole).run(Progress.NONE);
    trainer(RECIPE, parts).run(6, Progress.NONE);
    assertEquals(4, new Checkpoints(parts, 2).newest().orElse(0));
    Trainer.Result resumed = trainer(RECIPE, parts).run(Progress.NONE);
    assertEquals(uninterrupted.weights().digest(), resumed.weights().digest());
    assertEquals(uninterrupted.curve(), resumed.curve());
    assertArrayEquals(
        Files.readAllBytes(whole.resolve("curve.csv")),
        Files.readAllBytes(parts.resolve("curve.csv")));
  }

  @Test
  void halfWrittenCheckpointsDoNotCount(@TempDir Path work) throws IOException {
    Trainer.Result expected = trainer(RECIPE, work).run(Progress.NONE);
    Files.writeString(work.resolve("checkpoint.part"), "cut off");
    assertEquals(12, new Checkpoints(work, 2).newest().orElse(0));
    assertEquals(
        expected.weights().digest(), trainer(RECIPE, work).run(Progress.NONE).weights().digest());
  }

  @Test
  void trainingLowersTheLossAndBringsErrorsNearTheStandardDeviation(@TempDir Path work)
      throws IOException {
    Recipe longer = new Recipe(List.of(4, 8), List.of(0, 1), 120, 1, 12, 0.01, 0.5, 7, 30);
    List<Curve.Point> curve = trainer(longer, work).run(Progress.NONE).curve();
    Curve.Point first = curve.get(0);
    Curve.Point last = curve.get(curve.size() - 1);
    assertTrue(last.validLogLoss() < first.validLogLoss(), curve::toString);
    assertTrue(last.meanZSquare() > 0.3 && last.meanZSquare() < 3, curve::toString);
  }

  @Test
  void anotherSeedGivesOtherWeights(@TempDir Path first, @TempDir Path second) throws IOException {
    Recipe short1 = new Recipe(List.of(4, 8), List.of(0, 1), 1, 1, 12, 0.003, 0.5, 7, 1);
    Recipe short2 = new Recipe(List.of(4, 8), List.of(0, 1), 1, 1, 12, 0.003, 0.5, 8, 1);
    assertNotEquals(
        trainer(short1, first).run(Progress.NONE).weights().digest(),
        trainer(short2, second).run(Progress.NONE).weights().digest());
  }

  @Test
  void aHeldOutFamilyIsRefusedForTraining(@TempDir Path root) throws IOException {
    TrainingCases.write(root, "calcification", 1);
    CaseCache cache = new CaseCache(root.resolve("inputs"), START);
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> cache.forTraining(root, Progress.NONE));
    assertTrue(String.valueOf(refusal.getMessage()).contains("calcification-00001"));
  }

  private static CaseFacts facts(String family, Double... echoTimesSeconds) {
    return new CaseFacts(
        family, 1, "procedural", FieldOrigin.EXACT, List.of(), 3, List.of(echoTimesSeconds), 50, 0);
  }

  @Test
  void echoTimesRangeOverTheCasesThatHandThemOver() {
    TrainedRange all =
        Ranges.of(
            List.of(),
            List.of(
                facts("head", 0.004, 0.008, 0.03),
                facts("plain", 0.001, 0.09),
                facts("detail", 0.006, 0.02),
                facts("cosmos-like")));
    assertArrayEquals(new double[] {0.004, 0.006}, all.firstEchoSeconds());
    assertArrayEquals(new double[] {0.02, 0.03}, all.lastEchoSeconds());
    TrainedRange none = Ranges.of(List.of(), List.of(facts("plain", 0.001, 0.09)));
    assertArrayEquals(TrainedRange.anything(), none.firstEchoSeconds());
    assertArrayEquals(TrainedRange.anything(), none.lastEchoSeconds());
  }

  @Test
  void aModelStatesWhatItIsAndCarriesItsDigest(@TempDir Path root) throws IOException {
    Path out = root.resolve("models/tiny/3");
    Training training = new Training(Engines.running(), START, root.resolve("work"));
    String digest = training.run(RECIPE, Optional.empty(), "tiny", data, out, Progress.NONE);
    Weights weights = Weights.read(out.resolve("weights.safetensors"));
    assertEquals(digest, weights.digest());
    assertTrue(Files.readString(out.resolve("weights.sha256")).startsWith(digest + "  "));
    PdiFacts facts = PdiFacts.of(weights.facts());
    assertEquals("tiny", facts.name());
    assertEquals("3", facts.version());
    assertEquals(START.parameters(), facts.start());
    assertTrue(facts.errors().at(0).sd().sdPpm(0.01, 0.05) > 0);
    assertArrayEquals(new double[] {2, 2}, facts.trained().voxelMm());
    assertArrayEquals(new double[] {0.005, 0.005}, facts.trained().firstEchoSeconds());
    assertArrayEquals(new double[] {0.01, 0.01}, facts.trained().lastEchoSeconds());
    JsonNode card = new ObjectMapper().readTree(out.resolve("card.json").toFile());
    assertEquals(digest, card.get("sha256").asText());
    assertEquals(3, card.get("trainingCases").get("geometric").asInt());
    assertTrue(card.get("test").get("calcification").has("deep grey"));
    String text = Files.readString(out.resolve("card.md"));
    assertTrue(text.contains("shared by voxels of a mean of, ppb | -100.0 | -50.0 |"), text);
    assertTrue(text.contains("once more for each 1,048,576 voxels of the box"), text);
    assertTrue(text.contains("| calcification (held out) | all |"), text);
  }

  @Test
  void aTrainingFromAModelStartsWithItsWeightsAndSaysSo(@TempDir Path root) throws IOException {
    Path first = root.resolve("models/tiny/1");
    Training training = new Training(Engines.running(), START, root.resolve("work1"));
    String digest = training.run(RECIPE, Optional.empty(), "tiny", data, first, Progress.NONE);
    Recipe hardly = new Recipe(List.of(4, 8), List.of(0, 1), 4, 1, 12, 1e-9, 0.5, 7, 4);
    Path second = root.resolve("models/tiny/2");
    new Training(Engines.running(), START, root.resolve("work2"))
        .run(hardly, Optional.of(Origin.read(first)), "tiny", data, second, Progress.NONE);
    JsonNode before = new ObjectMapper().readTree(first.resolve("card.json").toFile());
    JsonNode after = new ObjectMapper().readTree(second.resolve("card.json").toFile());
    assertEquals(before.get("test"), after.get("test"));
    assertTrue(after.get("origin").asText().contains(digest));
    assertTrue(Files.readString(second.resolve("card.md")).contains(digest));
  }
}
