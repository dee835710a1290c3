package org.qsmnode.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.qsmnode.field.FieldOrigin;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.error.ErrorModels;
import org.qsmnode.inversion.error.SdCalibration;
import org.qsmnode.inversion.pdi.MirroredViews;
import org.qsmnode.inversion.pdi.PdiFacts;
import org.qsmnode.inversion.pdi.PdiInputs;
import org.qsmnode.network.Engine;
import org.qsmnode.network.Network;
import org.qsmnode.network.Weights;
import org.qsmnode.numeric.Progress;
import org.qsmnode.simulate.cases.CaseFacts;
import org.qsmnode.simulate.cases.CaseFolder;

/** From cases of known answer to a model with its card. */
public final class Training {

  /** Voxels of the box around a mask from which a case is drawn once more, and once more. */
  static final int LARGE_VOXELS = 1 << 20;

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
   * @param origin model to start from; without one, from random weights
   * @param name of the model
   * @param out its folder, whose last part is the version
   * @return SHA-256 of the weights
   */
  public String run(
      Recipe recipe,
      Optional<Origin> origin,
      String name,
      TrainingData data,
      Path out,
      Progress progress)
      throws IOException {
    CaseCache cache = new CaseCache(work.resolve("inputs"), starter);
    List<CachedCase> cases = cache.forTraining(data.training(), progress);
    List<CachedCase> validation = cache.forTraining(data.validation(), progress);
    Weights initial =
        origin
            .map(Origin::start)
            .orElseGet(() -> Weights.initial(recipe.architecture(), recipe.seed()));
    List<CaseFacts> facts = facts(data.training());
    Trainer trainer =
        new Trainer(
            engine, recipe, drawn(cases, facts), validation, initial, work.resolve("checkpoints"));
    Trainer.Result trained = trainer.run(progress);
    List<CachedCase> calibration = cache.forTraining(data.calibration(), progress);
    List<CachedCase> test = cache.all(data.test(), progress);
    try (Network network = engine.open(trained.weights())) {
      ErrorModels errors = errors(network, data.calibration(), calibration);
      PdiFacts header =
          new PdiFacts(
              name,
              out.getFileName().toString(),
              PdiInputs.CHANNELS,
              starter.parameters(),
              errors,
              Ranges.of(cases, facts));
      Weights weights = trained.weights().withFacts(header.texts());
      Map<String, Map<String, Score>> scores = scores(network, test, errors);
      Card card =
          new Card(
              header,
              recipe,
              origin.map(Origin::text),
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

  /**
   * Cases to draw patches from. Those whose field was mapped come twice, since every study in
   * practice is of their kind. Large ones come more often, since a patch shows less of them.
   */
  private static List<CachedCase> drawn(List<CachedCase> cases, List<CaseFacts> facts) {
    List<CachedCase> drawn = new ArrayList<>();
    for (int k = 0; k < cases.size(); k++) {
      boolean mapped = facts.get(k).field() == FieldOrigin.MAPPED;
      int times = (mapped ? 2 : 1) * (1 + cases.get(k).voxels() / LARGE_VOXELS);
      drawn.addAll(Collections.nCopies(times, cases.get(k)));
    }
    return drawn;
  }

  private static List<CaseFacts> facts(Path root) throws IOException {
    List<CaseFacts> facts = new ArrayList<>();
    for (Path one : CaseFolder.list(root)) {
      facts.add(CaseFolder.facts(one));
    }
    return facts;
  }

  private static ErrorModels errors(Network network, Path root, List<CachedCase> cases)
      throws IOException {
    CalibrationFit fit = new CalibrationFit();
    List<Path> folders = CaseFolder.list(root);
    for (int k = 0; k < cases.size(); k++) {
      CachedCase one = cases.get(k);
      fit.add(
          one,
          CaseFolder.b0Direction(folders.get(k)),
          Prediction.of(network, one, MirroredViews.ALL));
    }
    return fit.models();
  }

  /** Scores by family, and in each by tissue. */
  private static Map<String, Map<String, Score>> scores(
      Network network, List<CachedCase> test, ErrorModels errors) {
    Map<String, Map<String, Score>> scores = new LinkedHashMap<>();
    for (CachedCase one : test) {
      Map<String, Score> family = scores.computeIfAbsent(one.family(), f -> new TreeMap<>());
      SdCalibration sd = errors.at(one.excessNoisePpm()).sd();
      Score.byTissue(one, Prediction.of(network, one, MirroredViews.ALL), sd)
          .forEach((tissue, score) -> family.computeIfAbsent(tissue, t -> new Score()).add(score));
    }
    return scores;
  }
}
