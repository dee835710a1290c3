package org.qsmnode.train;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.adapt.PatientBound;
import org.qsmnode.inversion.pdi.PdiInputs;
import org.qsmnode.inversion.pdi.PdiModel;
import org.qsmnode.network.Engine;
import org.qsmnode.network.Network;
import org.qsmnode.network.Tail;
import org.qsmnode.network.Weights;
import org.qsmnode.numeric.Progress;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.train.Patients.Patient;

/**
 * Adapts a trained network to a scanner or a disease by patients whose susceptibility nobody knows
 * (amortised PDI-VI, Zhang et al. 2021, MELBA 2021:003). The last layers of the network, its {@link
 * Tail}, are changed so that {@link PatientBound} grows over all patients together. The last fifth
 * of the patients is held out. The weights with the largest bound there are taken, and none where
 * that is not above the start's.
 */
public final class Amortisation {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int HELD_OUT_PART = 5;

  private final Engine engine;
  private final Inversion starter;
  private final Path work;

  /**
   * @param starter makes the map that the network corrects
   * @param work folder of start maps, checkpoints and the learning curve; a second run with the
   *     same folder goes on where the first one stopped
   */
  public Amortisation(Engine engine, Inversion starter, Path work) {
    this.engine = engine;
    this.starter = starter;
    this.work = work;
  }

  /**
   * A look at the held-out patients.
   *
   * @param step optimiser steps done
   * @param training mean bound per voxel over the steps since the last look; 0 before the first
   * @param heldOut mean bound per voxel over the held-out patients
   */
  record Point(int step, double training, double heldOut) {}

  /**
   * Adapts, and writes a model where the held-out patients are explained better.
   *
   * @param model to start from, which stays
   * @param patients folder of patients, see {@link Patients}
   * @param name of the new model
   * @param out its folder, whose last part is the version
   * @return SHA-256 of the new weights; empty if the start's were kept and nothing was written
   */
  public Optional<String> run(
      AmortisedRecipe recipe,
      PdiModel model,
      Path patients,
      String name,
      Path out,
      Progress progress)
      throws IOException {
    if (!model.facts().start().equals(starter.parameters())) {
      throw new IllegalArgumentException("the model corrects another start map than this version");
    }
    Patients all = new Patients(patients, work.resolve("starts"), starter);
    try (Network network = engine.open(model.weights());
        Tail first = network.tail();
        Tail tail = network.tail()) {
      Run run = new Run(recipe, model, all, network, first, tail);
      List<Point> curve = run.toTheEnd(progress);
      Point best = curve.stream().max(Comparator.comparingDouble(Point::heldOut)).orElseThrow();
      if (best.step() == 0) {
        return Optional.empty();
      }
      run.checkpoints.read(tail, best.step());
      Weights weights = model.renamed(tail.weights(), name, String.valueOf(out.getFileName()));
      AmortisedCard card =
          new AmortisedCard(
              PdiModel.of(weights).identity(),
              model.identity(),
              recipe,
              engine.name(),
              run.learning(),
              all.size() - run.learning(),
              best,
              curve);
      new ModelFiles(out).write(weights, card);
      return Optional.of(weights.digest());
    }
  }

  /** One adaptation; the network's features are those of the start, so only its tail learns. */
  private final class Run {

    private final AmortisedRecipe recipe;
    private final PdiModel model;
    private final Patients patients;
    private final Network network;
    private final Tail first;
    private final Tail tail;
    private final Checkpoints checkpoints;

    Run(
        AmortisedRecipe recipe,
        PdiModel model,
        Patients patients,
        Network network,
        Tail first,
        Tail tail)
        throws IOException {
      this.recipe = recipe;
      this.model = model;
      this.patients = patients;
      this.network = network;
      this.first = first;
      this.tail = tail;
      this.checkpoints = new Checkpoints(work.resolve("checkpoints"), Integer.MAX_VALUE);
    }

    /** Patients that are learned from; the others, at least one, are held out. */
    int learning() {
      return patients.size() - Math.max(1, patients.size() / HELD_OUT_PART);
    }

    List<Point> toTheEnd(Progress progress) throws IOException {
      int done = checkpoints.newest().orElse(0);
      List<Point> curve = known(done);
      if (done > 0) {
        checkpoints.read(tail, done);
      } else {
        curve.add(new Point(0, 0, heldOut()));
      }
      double sum = 0;
      int counted = 0;
      for (int step = done; step < recipe.steps(); step++) {
        progress.at("adaptation", (double) step / recipe.steps());
        sum += step(step);
        counted++;
        if ((step + 1) % recipe.every() == 0 || step + 1 == recipe.steps()) {
          curve.add(new Point(step + 1, sum / counted, heldOut()));
          keep(curve);
          checkpoints.write(tail, step + 1);
          sum = 0;
          counted = 0;
        }
      }
      progress.at("adaptation", 1);
      return curve;
    }

    private double step(int step) throws IOException {
      int place = new SeededRandom(recipe.seed()).stream(step + 1L).below(learning());
      PatientBound bound = on(patients.open(place));
      float[][] outputs = tail.forwardForTraining();
      double value = bound.value(outputs);
      float[][] gradients = bound.gradients(outputs);
      for (float[] gradient : gradients) {
        for (int i = 0; i < gradient.length; i++) {
          gradient[i] = -gradient[i];
        }
      }
      tail.backward(gradients);
      tail.step(recipe.rate(step));
      return value;
    }

    private double heldOut() throws IOException {
      double sum = 0;
      for (int place = learning(); place < patients.size(); place++) {
        sum += on(patients.open(place)).value(tail.forward());
      }
      return sum / (patients.size() - learning());
    }

    /** Brings the tail to a patient. */
    private PatientBound on(Patient patient) {
      PdiInputs inputs = PdiInputs.of(patient.field(), patient.start());
      int[] dims = inputs.mask().grid().dims();
      float[][] features = network.features(inputs.channels(), dims);
      first.over(features, dims);
      tail.over(features, dims);
      return PatientBound.of(patient.field(), patient.start(), inputs, model, first.forward());
    }

    private List<Point> known(int lastStep) throws IOException {
      List<Point> points = new ArrayList<>();
      if (lastStep > 0) {
        List<Point> all =
            JSON.readValue(work.resolve("curve.json").toFile(), new TypeReference<>() {});
        all.stream().filter(point -> point.step() <= lastStep).forEach(points::add);
      }
      return points;
    }

    private void keep(List<Point> curve) throws IOException {
      Path part = work.resolve("curve.part");
      JSON.writeValue(part.toFile(), curve);
      Files.move(part, work.resolve("curve.json"), StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
