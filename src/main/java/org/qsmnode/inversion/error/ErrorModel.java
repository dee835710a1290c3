package org.qsmnode.inversion.error;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the errors of a network's means are like.
 *
 * @param sd how large they are for a predicted standard deviation
 * @param shared what voxels of like means share of them
 * @param spectrum how those that are not shared go together in neighbours
 */
public record ErrorModel(SdCalibration sd, SharedErrors shared, ErrorSpectrum spectrum) {

  /** Between two: the geometric mean, {@code other} with the weight {@code part}. */
  ErrorModel towards(ErrorModel other, double part) {
    return new ErrorModel(
        sd.towards(other.sd, part),
        shared.towards(other.shared, part),
        spectrum.towards(other.spectrum, part));
  }

  Map<String, String> texts(String prefix) {
    Map<String, String> texts = new LinkedHashMap<>();
    sd.texts().forEach((name, text) -> texts.put(prefix + name, text));
    shared.texts().forEach((name, text) -> texts.put(prefix + name, text));
    spectrum.texts().forEach((name, text) -> texts.put(prefix + name, text));
    return texts;
  }

  static ErrorModel of(Map<String, String> texts, String prefix) {
    Map<String, String> own = new LinkedHashMap<>();
    texts.forEach(
        (name, text) -> {
          if (name.startsWith(prefix)) {
            own.put(name.substring(prefix.length()), text);
          }
        });
    return new ErrorModel(SdCalibration.of(own), SharedErrors.of(own), ErrorSpectrum.of(own));
  }
}
