package org.qsmnode.camel;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.BasicCMoveSCP;
import org.dcm4che3.net.service.DicomServiceException;
import org.dcm4che3.net.service.RetrieveTask;
import org.qsmnode.store.RetrievableInstance;
import org.qsmnode.store.RetrievableObjects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends objects to an application entity by name (C-MOVE, PS3.4 C.4.2). */
final class MoveScp extends BasicCMoveSCP {

  private static final Logger LOG = LoggerFactory.getLogger(MoveScp.class);

  private final RetrievableObjects objects;
  private final Map<String, MoveDestination> destinations;
  private final DicomConfiguration options;
  private final ExecutorService executor;
  private final ScheduledExecutorService timers;

  MoveScp(
      QueryRetrieve queryRetrieve,
      DicomConfiguration options,
      ExecutorService executor,
      ScheduledExecutorService timers) {
    super(QueryRetrieve.MOVE.toArray(String[]::new));
    this.objects = queryRetrieve.objects();
    this.destinations = queryRetrieve.moveDestinations();
    this.options = options;
    this.executor = executor;
    this.timers = timers;
  }

  @Override
  protected RetrieveTask calculateMatches(
      Association association, PresentationContext context, Attributes request, Attributes keys)
      throws DicomServiceException {
    MoveDestination destination =
        destinations.get(request.getString(Tag.MoveDestination, "").trim());
    if (destination == null) {
      throw new DicomServiceException(Status.MoveDestinationUnknown, "no such destination here");
    }
    List<RetrievableInstance> instances =
        RetrieveScp.instances(objects, association, request, keys);
    if (instances.isEmpty()) {
      return RetrieveScp.nothing(Dimse.C_MOVE_RQ, association, context, request);
    }
    Association storing = open(destination, association.getLocalAET(), instances);
    RetrieveScp retrieve =
        new RetrieveScp(Dimse.C_MOVE_RQ, association, context, request, instances);
    return retrieve.task(
        storing,
        new DicomEvent.Caller(
            destination.address().aeTitle(),
            DicomEvent.Caller.address(storing.getSocket().getInetAddress())),
        options.getServices().events());
  }

  private Association open(
      MoveDestination destination, String ownAeTitle, List<RetrievableInstance> instances)
      throws DicomServiceException {
    DicomConfiguration towards = options.copy();
    towards.setAddress(destination.address().toString());
    towards.setSecurity(destination.security());
    towards.setCallingAeTitle(ownAeTitle);
    Requestor requestor = Requestor.storing(towards, executor, timers);
    try {
      return requestor.open(proposal(requestor.request(), instances));
    } catch (DicomSendException e) {
      LOG.warn("retrieval answered A702: {}", e.getMessage());
      throw new DicomServiceException(
          Status.UnableToPerformSubOperations, "the destination is not reached");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DicomServiceException(Status.UnableToPerformSubOperations, "stopping");
    }
  }

  private static AAssociateRQ proposal(AAssociateRQ request, List<RetrievableInstance> instances) {
    Set<List<String>> proposed = new LinkedHashSet<>();
    for (RetrievableInstance instance : instances) {
      proposed.add(List.of(instance.sopClassUid(), instance.transferSyntaxUid()));
      if (instance.transferSyntaxUid().equals(UID.ExplicitVRLittleEndian)) {
        proposed.add(List.of(instance.sopClassUid(), UID.ImplicitVRLittleEndian));
      }
    }
    int id = 1;
    for (List<String> pair : proposed.stream().limit(128).toList()) {
      request.addPresentationContext(new PresentationContext(id, pair.get(0), pair.get(1)));
      id += 2;
    }
    return request;
  }
}
