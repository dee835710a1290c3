package org.qsmnode.camel;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.DicomServiceException;
import org.dcm4che3.net.service.QueryRetrieveLevel2;
import org.dcm4che3.net.service.RetrieveTask;
import org.qsmnode.store.QueryLevel;
import org.qsmnode.store.RetrievableInstance;
import org.qsmnode.store.RetrievableObjects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What C-GET and C-MOVE have in common as provider (PS3.4 C.4.2, C.4.3). */
final class RetrieveScp {

  private static final Logger LOG = LoggerFactory.getLogger(RetrieveScp.class);

  private final Dimse operation;
  private final Association association;
  private final PresentationContext context;
  private final Attributes request;
  private final List<RetrievableInstance> instances;

  /** One request for instances, at least one. */
  RetrieveScp(
      Dimse operation,
      Association association,
      PresentationContext context,
      Attributes request,
      List<RetrievableInstance> instances) {
    this.operation = operation;
    this.association = association;
    this.context = context;
    this.request = request;
    this.instances = instances;
  }

  /** The objects asked for; refuses an identifier of another model (A900) and own failures. */
  static List<RetrievableInstance> instances(
      RetrievableObjects objects, Association association, Attributes request, Attributes keys)
      throws DicomServiceException {
    String level =
        QueryRetrieveLevel2.validateRetrieveIdentifier(
                keys, QueryRetrieve.levels(request), QueryRetrieve.relational(association, request))
            .name();
    try {
      return objects.instances(QueryLevel.valueOf(level), keys);
    } catch (IOException | RuntimeException e) {
      LOG.error("retrieval answered A701", QuietTrace.of(e));
      throw new DicomServiceException(Status.UnableToCalculateNumberOfMatches, "internal failure");
    }
  }

  /** Sends the instances on an association, and tells of each study when it has ended. */
  RetrieveTask task(
      Association storing, DicomEvent.Caller destination, Consumer<DicomEvent> events) {
    DicomEvent.Caller caller = DicomEvent.Caller.of(association);
    return new SubOperations(
        operation,
        association,
        context,
        request,
        instances,
        storing,
        taken -> told(caller, destination, taken).forEach(events));
  }

  private Stream<DicomEvent> told(
      DicomEvent.Caller caller, DicomEvent.Caller destination, Set<String> taken) {
    return instances.stream()
        .collect(
            Collectors.groupingBy(
                RetrievableInstance::studyInstanceUid, TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(
            study -> {
              Map<String, Integer> counts = new TreeMap<>();
              study.getValue().stream()
                  .filter(instance -> taken.contains(instance.sopInstanceUid()))
                  .forEach(instance -> counts.merge(instance.sopClassUid(), 1, Integer::sum));
              int sent = counts.values().stream().mapToInt(Integer::intValue).sum();
              return new DicomEvent.Retrieved(
                  caller, destination, study.getKey(), counts, sent == study.getValue().size());
            });
  }

  /** Success with nothing sent. */
  static RetrieveTask nothing(
      Dimse operation, Association association, PresentationContext context, Attributes request) {
    return new SubOperations(
        operation, association, context, request, List.of(), null, taken -> {});
  }
}
