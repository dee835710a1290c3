package org.qsmnode.derive;

import java.util.ArrayList;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Code;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.qsmnode.series.header.OwnIdentity;

/**
 * Who acquired and who processed: General Equipment is this software, and
 * ContributingEquipmentSequence names the scanner and this software (PS3.3 C.7.5.1, C.12.1).
 */
final class Equipment {

  private static final Code ACQUISITION = new Code("109101", "DCM", null, "Acquisition Equipment");
  private static final Code PROCESSING = new Code("109102", "DCM", null, "Processing Equipment");

  private Equipment() {}

  /** Adds both; {@code contribution} says what was done, ASCII. */
  static void addTo(
      Attributes image,
      Attributes source,
      DerivationSettings settings,
      DerivationIdentity identity,
      Timestamp time,
      String contribution) {
    addOwn(image, settings, identity);
    Sequence equipment = image.newSequence(Tag.ContributingEquipmentSequence, 2);
    Attributes scanner = new Attributes();
    scanner.addSelected(source, CopiedTags.equipment());
    if (scanner.containsValue(Tag.Manufacturer)) {
      scanner.newSequence(Tag.PurposeOfReferenceCodeSequence, 1).add(ACQUISITION.toItem());
      equipment.add(scanner);
    }
    Attributes own = new Attributes();
    equipment.add(own);
    own.newSequence(Tag.PurposeOfReferenceCodeSequence, 1).add(PROCESSING.toItem());
    addOwn(own, settings, identity);
    Elements.dt(own, Tag.ContributionDateTime, time.dateTime());
    Elements.st(own, Tag.ContributionDescription, contribution);
  }

  private static void addOwn(
      Attributes to, DerivationSettings settings, DerivationIdentity identity) {
    Elements.lo(to, Tag.Manufacturer, OwnIdentity.MANUFACTURER);
    Elements.lo(to, Tag.ManufacturerModelName, OwnIdentity.MODEL_NAME);
    Elements.lo(to, Tag.DeviceSerialNumber, settings.deviceSerialNumber());
    Elements.sh(to, Tag.StationName, settings.stationName());
    Elements.lo(to, Tag.SoftwareVersions, softwareVersions(identity));
  }

  private static String[] softwareVersions(DerivationIdentity identity) {
    List<String> versions = new ArrayList<>();
    versions.add(OwnIdentity.MODEL_NAME + " " + identity.softwareVersion());
    versions.add("method " + identity.method());
    for (ModelIdentity model : identity.models()) {
      versions.add("model " + model.name() + " " + model.version());
      versions.add("model " + DerivationIdentity.shortened(model.sha256()));
    }
    versions.add("config " + DerivationIdentity.shortened(identity.configurationDigest()));
    return versions.toArray(String[]::new);
  }
}
