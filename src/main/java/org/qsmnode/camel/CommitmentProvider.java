package org.qsmnode.camel;

import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * What makes a consumer a storage commitment SCP (PS3.4 annex J).
 *
 * @param reasons 0000 for an object that is kept, else the Failure Reason (0008,1197) of PS3.3
 *     C.14.1.1. Called by several threads at a time
 * @param requestors where results are reported when the association of the request has ended, by AE
 *     title
 */
public record CommitmentProvider(
    ToIntFunction<ReferencedInstance> reasons, Map<String, MoveDestination> requestors) {

  public CommitmentProvider {
    requestors = Map.copyOf(requestors);
  }
}
