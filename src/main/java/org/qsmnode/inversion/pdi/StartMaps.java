package org.qsmnode.inversion.pdi;

import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.classic.TvInversion;
import org.qsmnode.inversion.classic.TvSettings;

/**
 * Who makes the maps that networks correct.
 *
 * @param trained made those that the networks were trained on
 * @param shown makes the start maps of results: as in training, with a check of errors beyond noise
 *     before sources outside the mask are freed
 */
public record StartMaps(Inversion trained, Inversion shown) {

  /** Total variation, for results with its check whether a field is exact. */
  public static StartMaps standard() {
    return new StartMaps(PdiInputs.starter(), TvInversion.checking(TvSettings.defaults()));
  }
}
