package org.qsmnode.route;

import java.util.List;
import org.qsmnode.pipeline.SettingKey;
import org.qsmnode.pipeline.ValueRange;

/** The keys {@code node.web.*}: DICOMweb. */
final class WebKeys {

  private static final KeyList ALL = new KeyList();

  static final SettingKey PORT =
      ALL.add(
          "node.web.port",
          "TCP port of DICOMweb (/dicom-web), plain HTTP; 0: off.",
          new ValueRange.Whole(0, 65535),
          "0");
  static final SettingKey BIND =
      ALL.add(
          "node.web.bind-address",
          "Address that DICOMweb listens on. Whoever reaches it may read results and store: another"
              + " one than loopback belongs behind a proxy that asks who it is.",
          KeyRanges.nonEmpty("an address of this machine"),
          "127.0.0.1");
  static final SettingKey ORIGIN =
      ALL.add(
          "node.web.allowed-origin",
          "Web pages of another server that may use DICOMweb: value of"
              + " Access-Control-Allow-Origin.",
          new ValueRange.Text(
              "an origin such as https://viewer.example.org, or *; empty: none",
              text -> text.matches("|\\*|https?://[A-Za-z0-9.:\\[\\]-]+")),
          "");

  private WebKeys() {}

  static List<SettingKey> all() {
    return ALL.all();
  }
}
