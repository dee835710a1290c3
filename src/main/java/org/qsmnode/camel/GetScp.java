package org.qsmnode.camel;

import java.util.List;
import java.util.function.Consumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.BasicCGetSCP;
import org.dcm4che3.net.service.DicomServiceException;
import org.dcm4che3.net.service.RetrieveTask;
import org.qsmnode.store.RetrievableInstance;
import org.qsmnode.store.RetrievableObjects;

/** Sends objects on the association of the request (C-GET, PS3.4 C.4.3). */
final class GetScp extends BasicCGetSCP {

  private final RetrievableObjects objects;
  private final Consumer<DicomEvent> events;

  GetScp(RetrievableObjects objects, Consumer<DicomEvent> events) {
    super(QueryRetrieve.GET.toArray(String[]::new));
    this.objects = objects;
    this.events = events;
  }

  @Override
  protected RetrieveTask calculateMatches(
      Association association, PresentationContext context, Attributes request, Attributes keys)
      throws DicomServiceException {
    List<RetrievableInstance> instances =
        RetrieveScp.instances(objects, association, request, keys);
    if (instances.isEmpty()) {
      return RetrieveScp.nothing(Dimse.C_GET_RQ, association, context, request);
    }
    RetrieveScp retrieve =
        new RetrieveScp(Dimse.C_GET_RQ, association, context, request, instances);
    return retrieve.task(association, DicomEvent.Caller.of(association), events);
  }
}
