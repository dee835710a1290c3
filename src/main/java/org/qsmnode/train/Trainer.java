package org.qsmnode.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.qsmnode.inversion.error.SdCalibration;
import org.qsmnode.network.Engine;
import org.qsmnode.network.Network;
import org.qsmnode.network.Weights;
import org.qsmnode.numeric.Progress;
import org.qsmnode.numeric.SeededRandom;

/**
 * Trains a network on random patches by the likelihood of the truth. Patches of a step depend on
 * seed and step only, so an interrupted training goes on from its checkpoint as if nothing had
 * happened.
 */
final class Trainer {

  private final Engine engine;
  private final Recipe recipe;
  private final List<CachedCase> cases;
  private final List<CachedCase> validation;
  private final Weights initial;
  private final Path work;

  /**
   * @param initial weights to start from
   * @param work folder of checkpoints and {@code curve.csv}
   */
  Trainer(
      Engine engine,
      Recipe recipe,
      List<CachedCase> cases,
      List<CachedCase> validation,
      Weights initial,
      Path work) {
    this.engine = engine;
    this.recipe = recipe;
    this.cases = List.copyOf(cases);
    this.validation = List.copyOf(validation);
    this.initial = initial;
    this.work = work;
  }

  /**
   * What came out.
   *
   * @param weights after the last step
   * @param curve every validation
   */
  record Result(Weights weights, List<Curve.Point> curve) {}

  Result run(Progress progress) throws IOException {
    return run(recipe.steps(), progress);
  }

  /** Trains up to {@code lastStep}, which may come before the end of the recipe. */
  Result run(int lastStep, Progress progress) throws IOException {
    Checkpoints checkpoints = new Checkpoints(work, 2);
    int done = checkpoints.newest().orElse(0);
    Curve curve = new Curve(work.resolve("curve.csv"), done);
    try (Network network = engine.open(initial)) {
      if (done > 0) {
        checkpoints.read(network, done);
      }
      double loss = 0;
      int counted = 0;
      for (int step = done; step < lastStep; step++) {
        progress.at("training", (double) step / recipe.steps());
        loss += step(network, step);
        counted++;
        if ((step + 1) % recipe.every() == 0 || step + 1 == recipe.steps()) {
          curve.add(validate(network, step + 1, loss / counted));
          checkpoints.write(network, step + 1);
          loss = 0;
          counted = 0;
        }
      }
      progress.at("training", (double) lastStep / recipe.steps());
      return new Result(network.weights(), curve.points());
    }
  }

  private double step(Network network, int step) {
    SeededRandom random = new SeededRandom(recipe.seed()).stream(step + 1L);
    double sum = 0;
    for (int b = 0; b < recipe.batch(); b++) {
      CachedCase one = cases.get(random.below(cases.size()));
      Patch patch = Patch.random(one, recipe.edge(), random);
      float[][] outputs = network.forwardForTraining(patch.inputs(), patch.dims());
      GaussianLoss loss = GaussianLoss.of(patch, outputs, recipe.beta());
      for (float[] gradient : loss.gradients()) {
        for (int i = 0; i < gradient.length; i++) {
          gradient[i] /= recipe.batch();
        }
      }
      network.backward(loss.gradients());
      sum += loss.value();
    }
    network.step(recipe.rate(step));
    return sum / recipe.batch();
  }

  private Curve.Point validate(Network network, int step, double trainLoss) {
    double nrmse = 0;
    double start = 0;
    Score all = new Score();
    for (CachedCase one : validation) {
      Score score = scoreOf(network, one);
      nrmse += score.networkNrmsePercent() / validation.size();
      start += score.startNrmsePercent() / validation.size();
      all.add(score);
    }
    return new Curve.Point(step, trainLoss, all.meanLogLoss(), nrmse, start, all.meanZSquare());
  }

  private static Score scoreOf(Network network, CachedCase one) {
    Score score =
        Score.byTissue(one, Prediction.of(network, one, 1), SdCalibration.constant(1))
            .get(Score.ALL);
    if (score == null) {
      throw new IllegalStateException("a case has no score");
    }
    return score;
  }
}
