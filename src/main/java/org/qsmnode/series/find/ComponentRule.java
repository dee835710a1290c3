package org.qsmnode.series.find;

import java.util.List;
import org.qsmnode.series.header.Component;
import org.qsmnode.series.header.FrameKind;
import org.qsmnode.series.header.ImageTypeTokens;
import org.qsmnode.series.header.Vendor;

/**
 * Decides what a frame shows. Strong sources, in order: ComplexImageComponent (PS3.3 C.8.13.3.1.1),
 * GE raw data type, Philips image type, Siemens XA image type; then the tokens of ImageType. Strong
 * sources that contradict each other make the frame ambiguous; nothing is guessed.
 */
final class ComponentRule {

  private ComponentRule() {}

  static Component decide(Vendor vendor, FrameKind kind) {
    Component strong = strongest(vendor, kind);
    // GE writes generic tokens that say nothing about the component.
    Component tokens =
        vendor == Vendor.GE ? Component.UNKNOWN : ImageTypeTokens.component(kind.imageType());
    if (strong == Component.UNKNOWN) {
      return tokens == Component.UNKNOWN ? unnamed(vendor, kind.imageType()) : tokens;
    }
    boolean tokensBind = vendor == Vendor.PHILIPS && tokens != Component.UNKNOWN;
    return tokensBind && tokens != strong ? Component.AMBIGUOUS : strong;
  }

  /** Whether a source stronger than ImageType names the component. */
  static boolean hasStrongSource(Vendor vendor, FrameKind kind) {
    return strongest(vendor, kind) != Component.UNKNOWN;
  }

  private static Component strongest(Vendor vendor, FrameKind kind) {
    List<Component> sources =
        List.of(
            ofComplexComponent(kind.complexComponent()),
            vendor == Vendor.GE ? ofGe(kind.geRawType()) : Component.UNKNOWN,
            ofPhilips(kind.philipsType()),
            ImageTypeTokens.component(kind.vendorImageType()));
    Component found = Component.UNKNOWN;
    for (Component source : sources) {
      if (source == Component.UNKNOWN) {
        continue;
      }
      if (found != Component.UNKNOWN && found != source) {
        return Component.AMBIGUOUS;
      }
      found = source;
    }
    return found;
  }

  private static Component ofComplexComponent(String value) {
    return switch (value) {
      case "MAGNITUDE" -> Component.MAGNITUDE;
      case "PHASE" -> Component.PHASE;
      case "REAL" -> Component.REAL;
      case "IMAGINARY" -> Component.IMAGINARY;
      default -> Component.UNKNOWN;
    };
  }

  private static Component ofGe(int rawType) {
    return switch (rawType) {
      case 0 -> Component.MAGNITUDE;
      case 1 -> Component.PHASE;
      case 2 -> Component.REAL;
      case 3 -> Component.IMAGINARY;
      default -> Component.UNKNOWN;
    };
  }

  private static Component ofPhilips(String value) {
    Component found = Component.UNKNOWN;
    for (String token : value.split("\\\\", -1)) {
      Component named = ImageTypeTokens.component(token);
      if (named.isComplexPart()) {
        if (found != Component.UNKNOWN && found != named) {
          return Component.AMBIGUOUS;
        }
        found = named;
      }
    }
    return found;
  }

  private static Component unnamed(Vendor vendor, List<String> imageType) {
    boolean other = imageType.size() > 2 && imageType.get(2).equals("OTHER");
    return vendor == Vendor.UIH && other ? Component.MAGNITUDE : Component.UNKNOWN;
  }
}
