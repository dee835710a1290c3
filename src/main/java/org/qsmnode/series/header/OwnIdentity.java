package org.qsmnode.series.header;

import java.util.List;
import java.util.Locale;

/** How results of this software are marked, so that they are never taken for input. */
public final class OwnIdentity {

  /** Manufacturer (0008,0070) of every derived object. */
  public static final String MANUFACTURER = "qsm-node";

  /** ManufacturerModelName (0008,1090) of every derived object. */
  public static final String MODEL_NAME = "qsm-node";

  /** Value of ImageType (0008,0008) that marks susceptibility maps, ours or others'. */
  public static final String IMAGE_TYPE_TOKEN = "QSM";

  /** Implementation Class UID of files and associations (PS3.10 7.1, PS3.7 D.3.3.2). */
  public static final String IMPLEMENTATION_CLASS_UID =
      "2.25.212741710459477276334846811193296029551";

  /** Implementation Version Name of files and associations. */
  public static final String IMPLEMENTATION_VERSION_NAME = "QSMNODE_0.1";

  private OwnIdentity() {}

  /** Whether an object with these attributes was made by this software. */
  public static boolean isOwn(String manufacturer, String modelName) {
    return normal(manufacturer).equals(normal(MANUFACTURER))
        || normal(modelName).equals(normal(MODEL_NAME));
  }

  /** Whether ImageType marks a susceptibility map. */
  public static boolean isSusceptibilityMap(List<String> imageType) {
    return imageType.contains(IMAGE_TYPE_TOKEN);
  }

  private static String normal(String value) {
    return value.trim().toLowerCase(Locale.ROOT);
  }
}
