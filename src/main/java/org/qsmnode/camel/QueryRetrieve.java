package org.qsmnode.camel;

import java.util.List;
import java.util.Map;
import org.dcm4che3.data.UID;
import org.qsmnode.store.RetrievableObjects;

/**
 * What makes a consumer a query/retrieve SCP of the study root model (PS3.4 C.6.2).
 *
 * @param objects what may be queried and retrieved
 * @param moveDestinations AE titles that C-MOVE may name, with their addresses; reached with the
 *     options of the consumer
 * @param sopClasses storage classes of the objects, for C-GET
 */
public record QueryRetrieve(
    RetrievableObjects objects,
    Map<String, PeerAddress> moveDestinations,
    List<String> sopClasses) {

  static final String FIND = UID.StudyRootQueryRetrieveInformationModelFind;
  static final String MOVE = UID.StudyRootQueryRetrieveInformationModelMove;
  static final String GET = UID.StudyRootQueryRetrieveInformationModelGet;

  public QueryRetrieve {
    moveDestinations = Map.copyOf(moveDestinations);
    sopClasses = List.copyOf(sopClasses);
  }
}
