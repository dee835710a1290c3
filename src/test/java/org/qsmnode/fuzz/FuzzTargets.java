package org.qsmnode.fuzz;

import java.util.List;
import org.dcm4che3.net.AssociateTarget;
import org.dcm4che3.net.AssociationTarget;
import org.qsmnode.app.SettingsTarget;
import org.qsmnode.route.StowAnswerTarget;
import org.qsmnode.web.MultipartTarget;
import org.qsmnode.web.QidoTarget;

/** Every parser that hostile octets reach. */
public final class FuzzTargets {

  private FuzzTargets() {}

  public static List<FuzzTarget> all() {
    return List.of(
        new DataSetTarget(),
        new InstanceTarget(),
        new AssociationTarget(),
        new AssociateTarget(),
        new SegmentationTarget(),
        new NiftiTarget(),
        new MultipartTarget(),
        new FactsJsonTarget(),
        new StowAnswerTarget(),
        new QidoTarget(),
        new FindKeysTarget(),
        new SettingsTarget());
  }

  static FuzzTarget of(String name) {
    return all().stream().filter(target -> target.name().equals(name)).findFirst().orElseThrow();
  }
}
