package org.qsmnode.inversion.pdi;

import java.util.ArrayList;
import java.util.List;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.NetworkModel;

/** What all results of a network say of their making. */
public final class PdiReport {

  private PdiReport() {}

  /** The model in one line. */
  public static String model(PdiModel model) {
    NetworkModel identity = model.identity();
    return "model=%s/%s sha256:%s"
        .formatted(identity.name(), identity.version(), identity.sha256());
  }

  /** What speaks against trusting the network with a field, one sentence each. */
  public static List<String> warnings(
      PdiModel model, Inversion starter, LocalField field, PdiInputs inputs) {
    List<String> warnings = new ArrayList<>(model.facts().trained().outside(field, inputs));
    if (!model.facts().start().equals(starter.parameters())) {
      warnings.add("The network was trained on a start map with other settings.");
    }
    return warnings;
  }
}
