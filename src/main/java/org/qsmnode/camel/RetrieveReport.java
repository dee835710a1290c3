package org.qsmnode.camel;

import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.net.Status;
import org.jspecify.annotations.Nullable;

/**
 * How a retrieval stands: what its peer answered last (PS3.4 C.4.2, C.4.3).
 *
 * @param status FF00 while it goes on, then 0000, B000 (some failed), FE00 or a failure
 * @param remaining objects to come, 0 at the end
 * @param completed objects stored
 * @param warning objects stored with a warning
 * @param failed objects that were not stored
 * @param failedSopInstanceUids as far as the peer names them, at the end
 */
public record RetrieveReport(
    int status,
    int remaining,
    int completed,
    int warning,
    int failed,
    List<String> failedSopInstanceUids) {

  public RetrieveReport {
    failedSopInstanceUids = List.copyOf(failedSopInstanceUids);
  }

  static RetrieveReport of(Attributes command, @Nullable Attributes identifier) {
    String[] uids = identifier == null ? null : identifier.getStrings(Tag.FailedSOPInstanceUIDList);
    return new RetrieveReport(
        command.getInt(Tag.Status, -1),
        command.getInt(Tag.NumberOfRemainingSuboperations, 0),
        command.getInt(Tag.NumberOfCompletedSuboperations, 0),
        command.getInt(Tag.NumberOfWarningSuboperations, 0),
        command.getInt(Tag.NumberOfFailedSuboperations, 0),
        uids == null ? List.of() : List.of(uids));
  }

  /** True when all has been sent and stored. */
  public boolean complete() {
    return failed == 0
        && (status == Status.Success || (status == Status.OneOrMoreFailures && warning > 0));
  }
}
