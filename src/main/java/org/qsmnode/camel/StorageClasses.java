package org.qsmnode.camel;

import java.util.List;
import java.util.stream.Stream;
import org.dcm4che3.data.UID;

/** SOP classes and transfer syntaxes that are accepted for storage. */
public final class StorageClasses {

  /** The images that recognition looks at. */
  public static final List<String> IMAGES =
      List.of(
          UID.MRImageStorage,
          UID.EnhancedMRImageStorage,
          UID.LegacyConvertedEnhancedMRImageStorage);

  /** What scanners send beside them on the same association; kept, not looked at. */
  public static final List<String> COMPANIONS =
      List.of(
          UID.RawDataStorage,
          UID.MRSpectroscopyStorage,
          UID.EnhancedMRColorImageStorage,
          UID.SecondaryCaptureImageStorage,
          UID.GrayscaleSoftcopyPresentationStateStorage,
          UID.KeyObjectSelectionDocumentStorage,
          "1.3.46.670589.11.0.0.12.1",
          "1.3.46.670589.11.0.0.12.2",
          "1.3.46.670589.11.0.0.12.4",
          "1.3.12.2.1107.5.9.1");

  /** Transfer syntaxes in order of preference; none that loses information. */
  public static final List<String> TRANSFER_SYNTAXES =
      List.of(
          UID.ExplicitVRLittleEndian,
          UID.ImplicitVRLittleEndian,
          UID.DeflatedExplicitVRLittleEndian,
          UID.ExplicitVRBigEndian);

  private StorageClasses() {}

  /** Images and their companions. */
  static List<String> all() {
    return Stream.concat(IMAGES.stream(), COMPANIONS.stream()).toList();
  }
}
