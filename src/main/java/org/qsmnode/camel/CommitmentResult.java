package org.qsmnode.camel;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;

/**
 * What a peer says of one request for storage commitment (PS3.4 J.3.3).
 *
 * @param transactionUid that of the request
 * @param committed what the peer takes responsibility for
 * @param failed the others, with Failure Reason (0008,1197) as PS3.3 C.14.1.1 defines it
 */
public record CommitmentResult(
    String transactionUid,
    List<ReferencedInstance> committed,
    Map<ReferencedInstance, Integer> failed) {

  public CommitmentResult {
    committed = List.copyOf(committed);
    failed = Map.copyOf(failed);
  }

  static CommitmentResult of(Attributes information) {
    return new CommitmentResult(
        information.getString(Tag.TransactionUID, ""),
        ReferencedInstance.items(information, Tag.ReferencedSOPSequence).stream()
            .map(ReferencedInstance::of)
            .toList(),
        ReferencedInstance.items(information, Tag.FailedSOPSequence).stream()
            .collect(
                Collectors.toMap(
                    ReferencedInstance::of,
                    item -> item.getInt(Tag.FailureReason, 0),
                    (first, second) -> first)));
  }

  /** True when the peer has committed all of these. */
  public boolean covers(List<ReferencedInstance> instances) {
    return committed.containsAll(instances);
  }
}
