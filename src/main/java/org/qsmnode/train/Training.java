package org.qsmnode.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.PdiFacts;
import org.qsmnode.inversion.PdiInputs;
import org.qsmnode.network.Engine;
import org.qsmnode.network.Network;
import org.qsmnode.network.Weights;
import org.qsmnode.numeric.Progress;

/** From cases of known answer to a model with its card. */
public final class Training {

  private final Engine engine;
  private final Inversion starter;
  private final Path work;

  /**
   * @param starter makes the map that the network corrects
   * @param work folder of cached inputs, checkpoints and the learning curve; a second run with the
   *     same folder goes on where the first one stopped
   */
  public Training(Engine engine, Inversion starter, Path work) {
    this.engine = engine;
    this.starter = starter;
    this.work = work;
  }

  /**
   * Trains, calibrates, tests, and writes the model.
   *
   * @param name of the model
   * @param out its folder, whose last part is the version
   * @return SHA-256 of the weights
   */
  public String run(Recipe recipe, String name, TrainingData data, Path out, Progress progress)
      throws IOException {
    CaseCache cache = new CaseCache(work.resolve("inputs"), starter);
    List<CachedCase> cases = cache.forTraining(data.training(), progress);
    List<CachedCase> validation = cache.forTraining(data.validation(), progress);
    Trainer trainer = new Trainer(engine, recipe, cases, validation, work.resolve("checkpoints"));
    Trainer.Result trained = trainer.run(progress);
    List<CachedCase> calibration = cache.forTraining(data.calibration(), progress);
    List<CachedCase> test = cache.all(data.test(), progress);
    try (Network network = engine.open(trained.weights())) {
      double factor = varianceFactor(network, calibration);
      PdiFacts facts =
          new PdiFacts(
              name,
              out.getFileName().toString(),
              PdiInputs.CHANNELS,
              starter.parameters(),
              factor,
              Ranges.of(cases));
      Weights weights = trained.weights().withFacts(facts.texts());
      Map<String, Map<String, Score>> scores = scores(network, test, factor);
      Card card =
          new Card(
              facts,
              recipe,
              engine.name(),
              weights.size(),
              Card.families(cases),
              Card.families(validation),
              Card.families(calibration),
              trained.curve(),
              scores);
      new ModelFiles(out).write(weights, card);
      return weights.digest();
    }
  }

  /** Mean squared error over predicted variance, every case counting the same. */
  static double varianceFactor(Network network, List<CachedCase> cases) {
    double sum = 0;
    for (CachedCase one : cases) {
      sum += Score.byTissue(network, one, 1).getOrDefault(Score.ALL, new Score()).meanZSquare();
    }
    return sum / cases.size();
  }

  /** Scores by family, and in each by tissue. */
  private static Map<String, Map<String, Score>> scores(
      Network network, List<CachedCase> test, double factor) {
    Map<String, Map<String, Score>> scores = new LinkedHashMap<>();
    for (CachedCase one : test) {
      Map<String, Score> family = scores.computeIfAbsent(one.family(), f -> new TreeMap<>());
      Score.byTissue(network, one, factor)
          .forEach((tissue, score) -> family.computeIfAbsent(tissue, t -> new Score()).add(score));
    }
    return scores;
  }
}
