package org.qsmnode.inversion.pdi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.qsmnode.inversion.classic.TkdInversion;
import org.qsmnode.inversion.error.ErrorModel;
import org.qsmnode.inversion.error.ErrorModels;
import org.qsmnode.inversion.error.ErrorSpectrum;
import org.qsmnode.inversion.error.SdCalibration;
import org.qsmnode.inversion.error.SharedErrors;
import org.qsmnode.network.Architecture;
import org.qsmnode.network.Weights;

/** Untrained networks as small as they come: they answer about the start map and 10 ppb. */
public final class TinyModel {

  private TinyModel() {}

  public static Weights weights(long seed, TrainedRange trained) {
    PdiFacts facts =
        new PdiFacts(
            "tiny",
            "1",
            PdiInputs.CHANNELS,
            new TkdInversion(TkdInversion.DEFAULT_THRESHOLD).parameters(),
            ErrorModels.always(
                new ErrorModel(
                    SdCalibration.constant(2), SharedErrors.none(), ErrorSpectrum.white())),
            trained);
    Architecture architecture =
        new Architecture(PdiInputs.CHANNELS.size(), 2, List.of(4, 4), List.of(0, 0));
    return Weights.initial(architecture, seed).withFacts(facts.texts());
  }

  /** A model of random weights. */
  public static PdiModel of(long seed) {
    return PdiModel.of(weights(seed, TrainedRange.unlimited()));
  }

  /** A model whose second look is that of another. */
  public static PdiModel withSecondLook(PdiModel first, PdiModel second) {
    return first.withSecondLook(second);
  }

  /** Writes weights and digest into a folder, which is created. */
  public static Path write(Path folder, long seed) throws IOException {
    Weights weights = weights(seed, TrainedRange.unlimited());
    Files.createDirectories(folder);
    weights.write(folder.resolve(PdiModel.WEIGHTS));
    Files.writeString(
        folder.resolve(PdiModel.DIGEST), weights.digest() + "  " + PdiModel.WEIGHTS + "\n");
    return folder;
  }
}
