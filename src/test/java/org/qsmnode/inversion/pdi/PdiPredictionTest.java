package org.qsmnode.inversion.pdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Fields;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.inversion.classic.TkdInversion;
import org.qsmnode.inversion.error.ErrorModel;
import org.qsmnode.inversion.error.ErrorModels;
import org.qsmnode.inversion.error.ErrorSpectrum;
import org.qsmnode.inversion.error.FactorTable;
import org.qsmnode.inversion.error.SdCalibration;
import org.qsmnode.inversion.error.SharedErrors;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.Progress;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Vector3;

class PdiPredictionTest {

  private static final Grid GRID = Grid.isotropic(12, 13, 14, 1);
  private static final Mask MASK = Fields.ellipsoid(GRID, 0.9);

  private static PdiModel model(SdCalibration calibration) {
    ErrorModels errors =
        ErrorModels.always(new ErrorModel(calibration, SharedErrors.none(), ErrorSpectrum.white()));
    Map<String, String> texts = new HashMap<>(TinyModel.of(1).facts().texts());
    texts.putAll(errors.texts());
    return PdiModel.of(TinyModel.weights(1, TrainedRange.unlimited()).withFacts(texts));
  }

  /** What a network that says nothing makes of the field of a susceptibility. */
  private static PdiPrediction prediction(float[] chi, SdCalibration calibration) {
    LocalField field =
        Fields.measured(
            MASK,
            chi,
            Fields.constant(MASK, 0.002),
            Vector3.Z,
            DipoleConvolution.imageSpace(GRID, Vector3.Z),
            1);
    Posterior start = new TkdInversion(TkdInversion.DEFAULT_THRESHOLD).invert(field, Progress.NONE);
    PdiInputs inputs = PdiInputs.of(field, start);
    float[][] nothing = new float[2][inputs.startPpm().length];
    return PdiPrediction.of(inputs, start, model(calibration), nothing);
  }

  @Test
  void standardDeviationsAreCalibratedByThemselvesAndByTheMeanOfTheirVoxel() {
    float[] chi = new float[GRID.size()];
    Arrays.fill(chi, 0, chi.length / 2, 0.2f);
    SdCalibration calibration =
        new SdCalibration(
            FactorTable.constant(2),
            new FactorTable(new double[] {0.02, 0.08}, new double[] {1, 4}));
    PdiPrediction prediction = prediction(chi, calibration);
    int weak = 0;
    int strong = 0;
    for (int i = 0; i < prediction.mu().length; i++) {
      if (prediction.inputs().mask().data()[i]) {
        double size = Math.max(0.02, Math.min(0.08, Math.abs(prediction.mu()[i])));
        assertEquals(2 * 0.01 * size / 0.02, prediction.sd()[i], 1e-6);
        weak += size == 0.02 ? 1 : 0;
        strong += size == 0.08 ? 1 : 0;
      }
    }
    assertTrue(weak > 20 && strong > 20, weak + " and " + strong);
  }

  @Test
  void noCalibrationUndercutsTheStandardDeviationOfASourceThatIsLeftToTheStartMap() {
    float[] chi = new float[GRID.size()];
    chi[GRID.index(6, 6, 7)] = -20;
    PdiPrediction prediction = prediction(chi, SdCalibration.constant(0.01));
    int strong = 0;
    for (int i = 0; i < prediction.mu().length; i++) {
      float found = prediction.inputs().startPpm()[i];
      if (!PdiHeads.corrects(found)) {
        assertEquals(0.15 * Math.abs(found), prediction.sd()[i], 1e-6);
        strong++;
      }
    }
    assertTrue(strong > 0);
  }
}
