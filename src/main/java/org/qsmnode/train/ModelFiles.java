package org.qsmnode.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import org.qsmnode.inversion.pdi.PdiModel;
import org.qsmnode.network.Weights;
import org.qsmnode.picture.LinePlot;

/** Writes the folder of a model: weights, their digest, the card as text and JSON, its curves. */
final class ModelFiles {

  private final Path folder;

  ModelFiles(Path folder) {
    this.folder = folder;
  }

  private void write(Weights weights) throws IOException {
    Files.createDirectories(folder);
    Path part = folder.resolve("weights.part");
    weights.write(part);
    Files.move(part, folder.resolve(PdiModel.WEIGHTS), StandardCopyOption.ATOMIC_MOVE);
    Files.writeString(
        folder.resolve(PdiModel.DIGEST), weights.digest() + "  " + PdiModel.WEIGHTS + "\n");
  }

  void write(Weights weights, AmortisedCard card) throws IOException {
    write(weights);
    Files.writeString(folder.resolve("card.json"), card.json());
    Files.writeString(folder.resolve("card.md"), card.markdown());
    List<Amortisation.Point> curve = card.curve();
    picture(
        "bound.png",
        new LinePlot("bound of held-out patients", "step", "per voxel")
            .line(
                "network",
                curve.stream().mapToDouble(Amortisation.Point::step).toArray(),
                curve.stream().mapToDouble(Amortisation.Point::heldOut).toArray()));
  }

  void write(Weights weights, Card card) throws IOException {
    write(weights);
    Files.writeString(folder.resolve("card.json"), card.json(weights.digest()));
    Files.writeString(folder.resolve("card.md"), card.markdown(weights.digest()));
    List<Curve.Point> curve = card.curve();
    double[] steps = values(curve, Curve.Point::step);
    picture(
        "loss.png",
        new LinePlot("z^2/2 + log sd", "step", "mean")
            .line("training patches", steps, values(curve, Curve.Point::trainLogLoss))
            .line("validation", steps, values(curve, Curve.Point::validLogLoss)));
    picture(
        "nrmse.png",
        new LinePlot("validation", "step", "NRMSE %")
            .line("network", steps, values(curve, Curve.Point::validNrmsePercent))
            .guide("start map", steps, values(curve, Curve.Point::startNrmsePercent)));
  }

  private static double[] values(List<Curve.Point> curve, ToDoubleFunction<Curve.Point> figure) {
    return curve.stream().mapToDouble(figure).toArray();
  }

  private void picture(String name, LinePlot plot) throws IOException {
    ImageIO.write(plot.draw(), "png", folder.resolve(name).toFile());
  }
}
