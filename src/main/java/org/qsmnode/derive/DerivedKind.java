package org.qsmnode.derive;

import java.util.Arrays;
import java.util.List;
import org.dcm4che3.data.UID;

/** The maps that can go back into the study, each a series of its own. */
public enum DerivedKind {
  MEAN("qsm-mean", DerivedObjects.CLASSIC, Statistic.MEAN, 71, "QSM mean [ppb]"),
  STANDARD_DEVIATION(
      "qsm-sd", DerivedObjects.CLASSIC, Statistic.STANDARD_DEVIATION, 72, "QSM SD [ppb]"),
  MEAN_FLOAT(
      "qsm-mean-float", DerivedObjects.PARAMETRIC_MAP, Statistic.MEAN, 73, "QSM mean float [ppb]"),
  STANDARD_DEVIATION_FLOAT(
      "qsm-sd-float",
      DerivedObjects.PARAMETRIC_MAP,
      Statistic.STANDARD_DEVIATION,
      74,
      "QSM SD float [ppb]"),
  REFERENCE(
      "qsm-reference", DerivedObjects.REFERENCE, Statistic.REFERENCE, 75, "QSM reference [ppb]");

  private final String folder;
  private final DerivedObjects objects;
  private final Statistic statistic;
  private final int seriesNumberOffset;
  private final String seriesDescription;

  DerivedKind(
      String folder,
      DerivedObjects objects,
      Statistic statistic,
      int seriesNumberOffset,
      String seriesDescription) {
    this.folder = folder;
    this.objects = objects;
    this.statistic = statistic;
    this.seriesNumberOffset = seriesNumberOffset;
    this.seriesDescription = seriesDescription;
  }

  /**
   * The kind with this folder.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static DerivedKind ofFolder(String folder) {
    return Arrays.stream(values())
        .filter(kind -> kind.folder.equals(folder))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no derived series is called " + folder));
  }

  /** Name of the folder that holds the series, also its name in reports. */
  public String folder() {
    return folder;
  }

  /** The set that the series belongs to. */
  public DerivedObjects objects() {
    return objects;
  }

  /** SOP Class UID of its objects. */
  public String sopClassUid() {
    return objects == DerivedObjects.PARAMETRIC_MAP ? UID.ParametricMapStorage : UID.MRImageStorage;
  }

  /** SOP Class UIDs of all kinds, each once. */
  public static List<String> sopClassUids() {
    return Arrays.stream(values()).map(DerivedKind::sopClassUid).distinct().toList();
  }

  Statistic statistic() {
    return statistic;
  }

  /** SeriesNumber = 100 times that of the source plus this. */
  int seriesNumberOffset() {
    return seriesNumberOffset;
  }

  /** Start of SeriesDescription. */
  String seriesDescription() {
    return seriesDescription;
  }
}
