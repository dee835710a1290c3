package org.qsmnode.derive;

/**
 * What a site may choose about derived objects.
 *
 * @param uidRoot root of new UIDs, without a trailing dot; {@code 2.25} needs no registration
 * @param stationName StationName of this installation, at most 16 characters
 * @param deviceSerialNumber DeviceSerialNumber of this installation
 * @param meanWindow display window of the mean
 * @param sdWindow display window of the standard deviation
 * @param contentDate where creation and content dates come from
 */
public record DerivationSettings(
    String uidRoot,
    String stationName,
    String deviceSerialNumber,
    Window meanWindow,
    Window sdWindow,
    ContentDate contentDate) {

  /** Where creation, series and content dates of derived objects come from. */
  public enum ContentDate {
    /** The time of processing. */
    PROCESSING,
    /** The source image, so that shifted dates of de-identified studies do not leak the shift. */
    SOURCE
  }

  public DerivationSettings {
    DerivedUids.requireRoot(uidRoot);
    Elements.requireText("stationName", stationName, 16);
    Elements.requireText("deviceSerialNumber", deviceSerialNumber, 64);
  }

  public static DerivationSettings defaults() {
    return new DerivationSettings(
        "2.25", "QSMNODE", "1", new Window(0, 400), new Window(50, 100), ContentDate.PROCESSING);
  }

  Window window(Statistic statistic) {
    return statistic == Statistic.STANDARD_DEVIATION ? sdWindow : meanWindow;
  }

  /** All of it in one line, for the configuration digest. */
  public String canonical() {
    return "derive uidRoot=%s station=%s serial=%s mean=%d/%d sd=%d/%d contentDate=%s"
        .formatted(
            uidRoot,
            stationName,
            deviceSerialNumber,
            meanWindow.centerPpb(),
            meanWindow.widthPpb(),
            sdWindow.centerPpb(),
            sdWindow.widthPpb(),
            contentDate);
  }
}
