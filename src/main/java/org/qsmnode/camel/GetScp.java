package org.qsmnode.camel;

import java.util.List;
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

  GetScp(RetrievableObjects objects) {
    super(QueryRetrieve.GET);
    this.objects = objects;
  }

  @Override
  protected RetrieveTask calculateMatches(
      Association association, PresentationContext context, Attributes request, Attributes keys)
      throws DicomServiceException {
    List<RetrievableInstance> instances = RetrieveScp.instances(objects, keys);
    return instances.isEmpty()
        ? RetrieveScp.nothing(Dimse.C_GET_RQ, association, context, request)
        : RetrieveScp.task(Dimse.C_GET_RQ, association, context, request, instances, association);
  }
}
