package org.qsmnode.pipeline;

import java.util.List;
import java.util.Locale;
import org.qsmnode.derive.DerivationSettings;
import org.qsmnode.derive.Window;
import org.qsmnode.pipeline.ValueRange.Choice;
import org.qsmnode.pipeline.ValueRange.Text;
import org.qsmnode.pipeline.ValueRange.Whole;

/** Settings of derived objects. */
final class DerivationKeys {

  private static final SettingKey UID_ROOT =
      new SettingKey(
          "derive.uid-root",
          "Root of the UIDs of derived objects.",
          "",
          new Text(
              "UID of at most 24 characters",
              text -> text.matches("[012](\\.(0|[1-9][0-9]*))+") && text.length() <= 24),
          "2.25");
  private static final SettingKey STATION_NAME =
      new SettingKey(
          "derive.station-name", "StationName of derived objects.", "", plainText(16), "QSMNODE");
  private static final SettingKey DEVICE_SERIAL_NUMBER =
      new SettingKey(
          "derive.device-serial-number",
          "DeviceSerialNumber of derived objects.",
          "",
          plainText(64),
          "1");
  private static final SettingKey MEAN_WINDOW_CENTER =
      new SettingKey(
          "derive.mean-window-center",
          "Display window centre of the mean.",
          "ppb",
          new Whole(-32767, 32767),
          "0");
  private static final SettingKey MEAN_WINDOW_WIDTH =
      new SettingKey(
          "derive.mean-window-width",
          "Display window width of the mean.",
          "ppb",
          new Whole(1, 65535),
          "400");
  private static final SettingKey SD_WINDOW_CENTER =
      new SettingKey(
          "derive.sd-window-center",
          "Display window centre of the standard deviation.",
          "ppb",
          new Whole(0, 32767),
          "50");
  private static final SettingKey SD_WINDOW_WIDTH =
      new SettingKey(
          "derive.sd-window-width",
          "Display window width of the standard deviation.",
          "ppb",
          new Whole(1, 65535),
          "100");
  private static final SettingKey CONTENT_DATE =
      new SettingKey(
          "derive.content-date",
          "Where creation and content dates of derived objects come from: the time of processing,"
              + " or the source image so that shifted dates of de-identified studies do not leak.",
          "",
          new Choice(List.of("processing", "source")),
          "processing");

  static final List<SettingKey> ALL =
      List.of(
          UID_ROOT,
          STATION_NAME,
          DEVICE_SERIAL_NUMBER,
          MEAN_WINDOW_CENTER,
          MEAN_WINDOW_WIDTH,
          SD_WINDOW_CENTER,
          SD_WINDOW_WIDTH,
          CONTENT_DATE);

  private DerivationKeys() {}

  static DerivationSettings read(SettingValues values) {
    return new DerivationSettings(
        values.text(UID_ROOT),
        values.text(STATION_NAME),
        values.text(DEVICE_SERIAL_NUMBER),
        new Window(values.whole(MEAN_WINDOW_CENTER), values.whole(MEAN_WINDOW_WIDTH)),
        new Window(values.whole(SD_WINDOW_CENTER), values.whole(SD_WINDOW_WIDTH)),
        DerivationSettings.ContentDate.valueOf(values.text(CONTENT_DATE).toUpperCase(Locale.ROOT)));
  }

  private static ValueRange plainText(int longest) {
    return new Text(
        "1 to " + longest + " printable ASCII characters without backslash",
        text -> text.matches("[ -\\[\\]-~]{1," + longest + "}"));
  }
}
