package org.qsmnode.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.adapt.SecondLook;
import org.qsmnode.inversion.pdi.PdiInputs;
import org.qsmnode.inversion.pdi.PdiModel;
import org.qsmnode.network.Engines;
import org.qsmnode.simulate.cases.CaseBatch;
import org.qsmnode.simulate.cases.CaseFamily;
import org.qsmnode.train.Amortisation;
import org.qsmnode.train.AmortisedRecipe;
import org.qsmnode.train.Origin;
import org.qsmnode.train.Recipe;
import org.qsmnode.train.Training;
import org.qsmnode.train.TrainingData;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains the network of probabilistic dipole inversion on simulated cases. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {
      "Trains the network of pdi and pdi-vi on simulated cases and writes weights, digest and"
          + " card.",
      "With --adapt, adapts the last layers of a trained network to patients whose susceptibility"
          + " nobody knows, and writes it where held-out patients are explained better.",
      "Started again with the same --work, it goes on from its last checkpoint."
    })
final class TrainCommand implements Callable<Integer> {

  private static final long VALIDATION_SEED = 1001;
  private static final long CALIBRATION_SEED = 2001;
  private static final long TEST_SEED = 3001;
  private static final int KEPT_MAPS = 2;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "NAME",
      description = "name of the model")
  String model = "";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "folder of the model; its last part is the version, as in models/pdi/6")
  Path out = Path.of(".");

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "cases, cached inputs, checkpoints (default ${DEFAULT-VALUE})",
      defaultValue = "target/train")
  Path work = Path.of(".");

  @Option(
      names = "--cases",
      paramLabel = "DIR",
      description =
          "folders training, validation, calibration, test of cases; without it they are simulated"
              + " below --work")
  @Nullable Path cases;

  @Option(
      names = "--adapt",
      paramLabel = "DIR",
      description = "folder of two or more patients, as OUT/nifti of reconstruct --nifti")
  @Nullable Path adapt;

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description =
          "model to start from (default: random weights; with --adapt that of inversion.model)")
  @Nullable Path from;

  @Option(
      names = "--second-look-of",
      paramLabel = "DIR",
      description =
          "train the second look of this model, on mapped cases, into its folder second-look")
  @Nullable Path secondLookOf;

  @Option(
      names = "--per-family",
      paramLabel = "N",
      description = "training cases of each family to simulate (default ${DEFAULT-VALUE})",
      defaultValue = "16")
  int perFamily;

  @Option(
      names = "--labels",
      paramLabel = "DIR",
      description =
          "label maps for simulated heads; of three or more the last two are kept from training")
  @Nullable Path labels;

  @Option(names = "--steps", description = "optimiser steps (default 6000; with --adapt 200)")
  @Nullable Integer steps;

  @Option(
      names = "--batch",
      description = "patches per step (default ${DEFAULT-VALUE})",
      defaultValue = "1")
  int batch;

  @Option(
      names = "--edge",
      description = "voxels of a patch per axis (default ${DEFAULT-VALUE})",
      defaultValue = "48")
  int edge;

  @Option(
      names = "--rate",
      description = "learning rate at the beginning (default 0.001; with --adapt 0.0005)")
  @Nullable Double rate;

  @Option(
      names = "--beta",
      description = "0 for the likelihood, up to 1 for squared error (default ${DEFAULT-VALUE})",
      defaultValue = "0.5")
  double beta;

  @Option(
      names = "--every",
      description = "steps between validations with a checkpoint (default 200; with --adapt 20)")
  @Nullable Integer every;

  @Option(
      names = "--seed",
      description =
          "of initial weights and patches, or of the order of patients (default ${DEFAULT-VALUE})",
      defaultValue = "1")
  long seed;

  @Override
  public Integer call() throws Exception {
    return adapt == null ? train() : adapt(adapt);
  }

  private static <T> T or(@Nullable T given, T otherwise) {
    return given == null ? otherwise : given;
  }

  private int adapt(Path patients) throws Exception {
    AmortisedRecipe recipe =
        new AmortisedRecipe(or(steps, 200), or(rate, 0.0005), or(every, 20), seed);
    PdiModel start = PdiModel.read(from == null ? Configuration.model() : from);
    Optional<String> digest;
    try (ConsoleProgress progress = ConsoleProgress.onStandardError()) {
      Amortisation amortisation = new Amortisation(Engines.running(), PdiInputs.starter(), work);
      digest = amortisation.run(recipe, start, patients, model, out, progress);
    }
    digest.ifPresentOrElse(
        sha256 -> System.out.printf("model: %s%nsha256: %s%n", out, sha256),
        () -> System.out.println("held-out patients were not explained better: no model written"));
    return ExitStatus.DONE;
  }

  private int train() throws Exception {
    Optional<Origin> origin = from == null ? Optional.empty() : Optional.of(Origin.read(from));
    Recipe recipe =
        new Recipe(
            origin.map(Origin::widths).orElse(List.of(16, 32, 64, 128)),
            origin.map(Origin::blocks).orElse(List.of(0, 1, 1, 1)),
            or(steps, 6000),
            batch,
            edge,
            or(rate, 0.001),
            beta,
            seed,
            or(every, 200));
    try (ConsoleProgress progress = ConsoleProgress.onStandardError()) {
      TrainingData data =
          cases == null ? simulated(work.resolve("cases"), progress) : TrainingData.below(cases);
      Training training = new Training(Engines.running(), starter(), work);
      String digest = training.run(recipe, origin, model, data, out, progress);
      System.out.println("model: " + out);
      System.out.println("sha256: " + digest);
    }
    return ExitStatus.DONE;
  }

  private Inversion starter() throws IOException {
    return secondLookOf == null
        ? PdiInputs.starter()
        : new SecondLook(PdiModel.read(secondLookOf), PdiInputs.starter());
  }

  private TrainingData simulated(Path root, ConsoleProgress progress) throws IOException {
    TrainingData data = TrainingData.below(root);
    List<Path> maps = labels == null ? List.of() : CaseBatch.labelMaps(labels);
    int split = maps.size() > KEPT_MAPS ? maps.size() - KEPT_MAPS : maps.size();
    List<Path> seen = maps.subList(0, split);
    List<Path> kept = split < maps.size() ? maps.subList(split, maps.size()) : maps;
    List<CaseFamily> trained = CaseFamily.usualInTraining();
    CaseBatch.run(trained, 1, perFamily, seen, data.training(), progress);
    CaseBatch.run(trained, VALIDATION_SEED, 2, kept, data.validation(), progress);
    CaseBatch.run(trained, CALIBRATION_SEED, 2, kept, data.calibration(), progress);
    CaseBatch.run(CaseFamily.usual(), TEST_SEED, 2, kept, data.test(), progress);
    return data;
  }
}
