package org.qsmnode.derive;

import java.util.Optional;
import org.dcm4che3.data.Code;

/** What the values of a map are, and how DICOM says it. */
enum Statistic {
  MEAN(
      "MEAN",
      "MEAN",
      "QSM_PPB",
      "Magnetic susceptibility mean",
      Optional.of(new Code("373098007", "SCT", null, "Mean")),
      -Statistic.LARGEST,
      0),
  STANDARD_DEVIATION(
      "STD_DEV",
      "STD_DEVIATION",
      "QSM_SD_PPB",
      "Magnetic susceptibility standard deviation",
      Optional.of(new Code("386136009", "SCT", null, "Standard Deviation")),
      0,
      -1),
  /** The estimate of a method without a network: no mean of a posterior. */
  REFERENCE(
      "REFERENCE",
      "NONE",
      "QSM_REF_PPB",
      "Magnetic susceptibility by a reference method",
      Optional.empty(),
      -Statistic.LARGEST,
      0);

  /** Largest stored integer; smaller and larger susceptibilities saturate at plus or minus this. */
  static final int LARGEST = 32767;

  private final String imageTypeValue;
  private final String frameTypeValue;
  private final String lutLabel;
  private final String lutExplanation;
  private final Optional<Code> derivation;
  private final int smallest;
  private final int background;

  Statistic(
      String imageTypeValue,
      String frameTypeValue,
      String lutLabel,
      String lutExplanation,
      Optional<Code> derivation,
      int smallest,
      int background) {
    this.imageTypeValue = imageTypeValue;
    this.frameTypeValue = frameTypeValue;
    this.lutLabel = lutLabel;
    this.lutExplanation = lutExplanation;
    this.derivation = derivation;
    this.smallest = smallest;
    this.background = background;
  }

  /** Fifth value of ImageType of a classic image. */
  String imageTypeValue() {
    return imageTypeValue;
  }

  /** Fourth value of ImageType and FrameType of a Parametric Map (PS3.3 C.8.32). */
  String frameTypeValue() {
    return frameTypeValue;
  }

  String lutLabel() {
    return lutLabel;
  }

  String lutExplanation() {
    return lutExplanation;
  }

  /** What statistic the values are, for the quantity definition (PS3.16 CID 7464). */
  Optional<Code> derivation() {
    return derivation;
  }

  /** Smallest stored integer that is a measurement. */
  int smallest() {
    return smallest;
  }

  /** Value outside the mask; a standard deviation of 0 would claim certainty. */
  int background() {
    return background;
  }

  /** Whether the background value is announced as padding. */
  boolean padded() {
    return background < smallest;
  }
}
