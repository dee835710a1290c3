package org.qsmnode.series;

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
