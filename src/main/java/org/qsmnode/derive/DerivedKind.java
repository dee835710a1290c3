package org.qsmnode.derive;

import org.dcm4che3.data.Code;

/** The two maps that go back into the study, each a series of its own. */
public enum DerivedKind {
  MEAN(
      "qsm-mean",
      "MEAN",
      71,
      "QSM mean [ppb]",
      "QSM_PPB",
      "Magnetic susceptibility mean",
      new Code("373098007", "SCT", null, "Mean"),
      -32767,
      0),
  STANDARD_DEVIATION(
      "qsm-sd",
      "STD_DEV",
      72,
      "QSM SD [ppb]",
      "QSM_SD_PPB",
      "Magnetic susceptibility standard deviation",
      new Code("386136009", "SCT", null, "Standard Deviation"),
      0,
      -1);

  /** Largest stored value; smaller and larger susceptibilities saturate at plus or minus this. */
  static final int LARGEST = 32767;

  private final String folder;
  private final String imageTypeValue;
  private final int seriesNumberOffset;
  private final String seriesDescription;
  private final String lutLabel;
  private final String lutExplanation;
  private final Code derivation;
  private final int smallest;
  private final int background;

  DerivedKind(
      String folder,
      String imageTypeValue,
      int seriesNumberOffset,
      String seriesDescription,
      String lutLabel,
      String lutExplanation,
      Code derivation,
      int smallest,
      int background) {
    this.folder = folder;
    this.imageTypeValue = imageTypeValue;
    this.seriesNumberOffset = seriesNumberOffset;
    this.seriesDescription = seriesDescription;
    this.lutLabel = lutLabel;
    this.lutExplanation = lutExplanation;
    this.derivation = derivation;
    this.smallest = smallest;
    this.background = background;
  }

  /** Name of the folder that holds the series, also its name in reports. */
  public String folder() {
    return folder;
  }

  /** Fifth value of ImageType. */
  String imageTypeValue() {
    return imageTypeValue;
  }

  /** SeriesNumber = 100 times that of the source plus this. */
  int seriesNumberOffset() {
    return seriesNumberOffset;
  }

  /** Start of SeriesDescription. */
  String seriesDescription() {
    return seriesDescription;
  }

  String lutLabel() {
    return lutLabel;
  }

  String lutExplanation() {
    return lutExplanation;
  }

  /** What statistic the values are, for the quantity definition (PS3.16 CID 7464). */
  Code derivation() {
    return derivation;
  }

  /** Smallest stored value that is a measurement. */
  int smallest() {
    return smallest;
  }

  /** Stored value outside the mask; a standard deviation of 0 would claim certainty. */
  int background() {
    return background;
  }

  /** Whether the background value is announced as PixelPaddingValue. */
  boolean padded() {
    return background < smallest;
  }
}
