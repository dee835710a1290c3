package org.qsmnode.inversion.pdi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.NetworkModel;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.network.Engine;
import org.qsmnode.network.Engines;
import org.qsmnode.network.Network;
import org.qsmnode.numeric.Progress;

/**
 * Supervised probabilistic dipole inversion: one pass of a trained network over a start map by
 * total variation (Zhang et al. 2020, arXiv:2004.12573; here with a heteroscedastic Gaussian
 * likelihood in ppm). Nothing is adapted to the patient.
 */
public final class PdiInversion implements Inversion {

  private final Supplier<PdiModel> source;
  private final StartMaps starters;

  /**
   * @param source gives the model when it is first needed
   * @param starters make the map that the network corrects
   */
  public PdiInversion(Supplier<PdiModel> source, StartMaps starters) {
    this.source = source;
    this.starters = starters;
  }

  @Override
  public String name() {
    return "pdi";
  }

  @Override
  public String parameters() {
    return "pdi start=(" + starters.shown().parameters() + ") " + PdiReport.model(source.get());
  }

  @Override
  public List<NetworkModel> networks() {
    return List.of(source.get().identity());
  }

  @Override
  public Posterior invert(LocalField field, Progress progress) {
    long begin = System.nanoTime();
    PdiModel model = source.get();
    Engine engine = Engines.running();
    PdiPrediction prediction;
    try (Network network = engine.open(model.weights())) {
      Posterior start = starters.shown().invert(field, progress);
      progress.at("network", 0);
      PdiInputs seen = PdiInputs.of(field, start);
      prediction = PdiPrediction.of(seen, start, model, network, MirroredViews.ALL, progress);
    }
    PdiInputs inputs = prediction.inputs();
    Reliability reliability = Reliability.of(inputs, prediction.sd(), i -> false);
    List<String> warnings =
        new ArrayList<>(PdiReport.warnings(model, starters.trained(), field, inputs));
    warnings.addAll(reliability.warnings(inputs));
    PdiFindings findings =
        new PdiFindings(
            name(),
            NetworkFindings.of(model, engine, prediction.start(), inputs, warnings),
            MirroredViews.ALL,
            reliability.unread(),
            (System.nanoTime() - begin) / 1e9);
    return new Posterior(
        inputs.onWhole(field, prediction.mu()),
        Optional.of(inputs.onWhole(field, prediction.sd())),
        findings,
        Optional.of(prediction.sampler(prediction.mu(), prediction.sd())),
        Optional.of(reliability.mask(field, inputs)),
        warnings,
        Optional.empty());
  }
}
