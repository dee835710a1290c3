package org.qsmnode.inversion.pdi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qsmnode.inversion.error.ErrorModels;

/**
 * What the header of a weights file says about a network of probabilistic dipole inversion.
 *
 * @param name name of the model, at most 32 characters
 * @param version its version, at most 16 characters
 * @param inputs its channels with their scales, see {@link PdiInputs#CHANNELS}
 * @param start parameters of the map that it corrects
 * @param errors what they were like on calibration cases
 * @param trained ranges of the inputs it was trained on
 */
public record PdiFacts(
    String name,
    String version,
    List<String> inputs,
    String start,
    ErrorModels errors,
    TrainedRange trained) {

  private static final String NAME = "name";
  private static final String VERSION = "version";
  private static final String INPUTS = "inputs";
  private static final String START = "start";

  public PdiFacts {
    inputs = List.copyOf(inputs);
  }

  /** Texts by name for {@code Weights.withFacts}. */
  public Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(NAME, name);
    texts.put(VERSION, version);
    texts.put(INPUTS, String.join(",", inputs));
    texts.put(START, start);
    texts.putAll(errors.texts());
    texts.putAll(trained.texts());
    return texts;
  }

  /**
   * Reads them back.
   *
   * @throws IllegalArgumentException naming what is missing
   */
  public static PdiFacts of(Map<String, String> texts) {
    return new PdiFacts(
        text(texts, NAME),
        text(texts, VERSION),
        List.of(text(texts, INPUTS).split(",")),
        text(texts, START),
        ErrorModels.of(texts),
        TrainedRange.of(texts));
  }

  static Map<String, String> renamed(Map<String, String> texts, String name, String version) {
    Map<String, String> renamed = new LinkedHashMap<>(texts);
    renamed.put(NAME, name);
    renamed.put(VERSION, version);
    return renamed;
  }

  static String text(Map<String, String> texts, String name) {
    String text = texts.get(name);
    if (text == null) {
      throw new IllegalArgumentException("the weights file does not state its " + name);
    }
    return text;
  }
}
