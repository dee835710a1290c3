package org.dcm4che3;

import org.dcm4che3.net.Connection;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs a test under the stand-in only. Which library runs is told by a class that the stand-in
 * alone has; where it is the official one, standard error and every skipped test name its jar.
 */
final class LibraryCondition implements ExecutionCondition {

  private static final boolean STAND_IN = Connection.class.getResource("UpperLayer.class") != null;
  private static final String PLACE =
      Connection.class.getProtectionDomain().getCodeSource().getLocation().getPath();

  static {
    if (!STAND_IN) {
      System.err.println("*** The tests run with the official dcm4che: " + PLACE);
      System.err.println("*** Tests marked @StandInOnly are skipped.");
    }
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return STAND_IN
        ? ConditionEvaluationResult.enabled("the stand-in runs: " + PLACE)
        : ConditionEvaluationResult.disabled(
            "holds for the stand-in, and the official dcm4che runs: " + PLACE);
  }
}
