package org.qsmnode.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;
import org.qsmnode.inversion.InversionFindings;

/**
 * What one method made of one case.
 *
 * @param caseName name of the case
 * @param family kind of case
 * @param method name of the method
 * @param evaluation its figures
 * @param seconds of the inversion, by the clock
 * @param findings what the method says about its run
 */
public record Score(
    String caseName,
    String family,
    String method,
    Evaluation evaluation,
    double seconds,
    InversionFindings findings) {

  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("case", caseName);
    figures.put("family", family);
    figures.put("method", method);
    figures.put("seconds", seconds);
    figures.putAll(evaluation.figures());
    figures.put("report", findings);
    return figures;
  }
}
