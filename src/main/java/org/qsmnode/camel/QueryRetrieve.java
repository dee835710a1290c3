package org.qsmnode.camel;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.QueryOption;
import org.dcm4che3.net.service.QueryRetrieveLevel2;
import org.qsmnode.store.RetrievableObjects;

/**
 * What makes a consumer a query/retrieve SCP of the patient root and study root models (PS3.4 C.6).
 *
 * @param objects what may be queried and retrieved
 * @param moveDestinations what C-MOVE may name, by AE title
 * @param sopClasses storage classes of the objects, for C-GET
 */
public record QueryRetrieve(
    RetrievableObjects objects,
    Map<String, MoveDestination> moveDestinations,
    List<String> sopClasses) {

  static final List<String> FIND =
      List.of(
          UID.StudyRootQueryRetrieveInformationModelFind,
          UID.PatientRootQueryRetrieveInformationModelFind);
  static final List<String> MOVE =
      List.of(
          UID.StudyRootQueryRetrieveInformationModelMove,
          UID.PatientRootQueryRetrieveInformationModelMove);
  static final List<String> GET =
      List.of(
          UID.StudyRootQueryRetrieveInformationModelGet,
          UID.PatientRootQueryRetrieveInformationModelGet);

  /** Extended negotiation (PS3.4 C.5.1.1): unique keys above the level may be left out. */
  static final EnumSet<QueryOption> OPTIONS = EnumSet.of(QueryOption.RELATIONAL);

  public QueryRetrieve {
    moveDestinations = Map.copyOf(moveDestinations);
    sopClasses = List.copyOf(sopClasses);
  }

  /** The levels of the model that a request names. */
  static EnumSet<QueryRetrieveLevel2> levels(Attributes request) {
    String model = request.getString(Tag.AffectedSOPClassUID, "");
    return List.of(FIND.get(1), MOVE.get(1), GET.get(1)).contains(model)
        ? EnumSet.allOf(QueryRetrieveLevel2.class)
        : EnumSet.range(QueryRetrieveLevel2.STUDY, QueryRetrieveLevel2.IMAGE);
  }

  /** Whether unique keys above the level may be missing in a request. */
  static boolean relational(Association association, Attributes request) {
    return association
        .getQueryOptionsFor(request.getString(Tag.AffectedSOPClassUID, ""))
        .contains(QueryOption.RELATIONAL);
  }
}
