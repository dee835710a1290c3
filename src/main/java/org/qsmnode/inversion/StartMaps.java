package org.qsmnode.inversion;

/**
 * Who makes the maps that networks correct.
 *
 * @param trained made those that the networks were trained on
 * @param shown makes those of results: the same, but where it takes longer to tell what is wrong
 *     with a field
 */
record StartMaps(Inversion trained, Inversion shown) {

  /** Total variation, for results with its check whether a field is exact. */
  static StartMaps standard() {
    return new StartMaps(PdiInputs.starter(), TvInversion.checking(TvSettings.defaults()));
  }

  /** One for both. */
  static StartMaps of(Inversion starter) {
    return new StartMaps(starter, starter);
  }
}
