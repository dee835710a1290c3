package org.qsmnode.inversion;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.qsmnode.field.LocalField;
import org.qsmnode.network.Engine;
import org.qsmnode.network.Engines;
import org.qsmnode.network.Network;
import org.qsmnode.numeric.Progress;

/**
 * Patient-adaptive probabilistic dipole inversion (PDI-VI, Zhang et al. 2021, MELBA 2021:003): the
 * network's posterior ({@link PdiInversion}), adapted to the field of the patient by {@link
 * PdiAdaptation} within a time budget.
 */
final class PdiViInversion implements Inversion {

  private final Supplier<PdiModel> source;
  private final Inversion starter;
  private final PdiViSettings settings;
  private final LongSupplier nanoTime;

  /**
   * @param source gives the model when it is first needed
   * @param starter makes the map that the network corrects
   * @param nanoTime clock of the time budget
   */
  PdiViInversion(
      Supplier<PdiModel> source, Inversion starter, PdiViSettings settings, LongSupplier nanoTime) {
    this.source = source;
    this.starter = starter;
    this.settings = settings;
    this.nanoTime = nanoTime;
  }

  @Override
  public String name() {
    return "pdi-vi";
  }

  @Override
  public String parameters() {
    return "pdi-vi "
        + settings.canonical()
        + " start=("
        + starter.parameters()
        + ") "
        + PdiReport.model(source.get());
  }

  @Override
  public Optional<NetworkModel> network() {
    return Optional.of(source.get().identity());
  }

  @Override
  public Posterior invert(LocalField field, Progress progress) {
    long begin = nanoTime.getAsLong();
    PdiModel model = source.get();
    Engine engine = Engines.running();
    PdiPrediction prediction;
    try (Network network = engine.open(model.weights())) {
      prediction = PdiPrediction.of(field, starter, model, network, progress);
    }
    PdiInputs inputs = prediction.inputs();
    long deadline = begin + (long) (settings.budgetSeconds() * 1e9);
    AdaptationRun run = new AdaptationRun(nanoTime, deadline, settings.steps());
    PdiAdaptation adaptation = new PdiAdaptation(prediction, field);
    adaptation.run(run, part -> progress.at("adaptation", part));
    progress.at("adaptation", 1);
    List<String> warnings = PdiReport.warnings(model, starter, field, inputs);
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("method", name());
    PdiReport.describe(report, model, engine, prediction, warnings);
    report.putAll(adaptation.report(run));
    report.put("budgetSeconds", settings.budgetSeconds());
    report.put("seconds", (nanoTime.getAsLong() - begin) / 1e9);
    return new Posterior(
        PdiInversion.whole(field, inputs, adaptation.mu()),
        Optional.of(PdiInversion.whole(field, inputs, prediction.sd())),
        report,
        Optional.of(adaptation.sampler()),
        warnings);
  }
}
