package org.qsmnode.route;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;
import org.qsmnode.store.QueryLevel;
import org.qsmnode.store.RetrievableInstance;
import org.qsmnode.store.RetrievableObjects;

/**
 * The objects as DICOMweb sees them: searches and retrievals are recorded, each request by itself.
 * Who asks is not known here.
 */
final class WebObjects implements RetrievableObjects {

  private static final AuditMessage.Party SOMEBODY = new AuditMessage.Party("DICOMweb", "", "");

  private final RetrievableObjects objects;
  private final AuditTrail audit;

  WebObjects(RetrievableObjects objects, AuditTrail audit) {
    this.objects = objects;
    this.audit = audit;
  }

  @Override
  public List<Attributes> candidates(QueryLevel level, Attributes keys) throws IOException {
    List<Attributes> candidates = objects.candidates(level, keys);
    audit.queried(
        SOMEBODY,
        audit.own(),
        UID.StudyRootQueryRetrieveInformationModelFind,
        UID.ExplicitVRLittleEndian,
        keys,
        true);
    return candidates;
  }

  @Override
  public List<RetrievableInstance> instances(QueryLevel level, Attributes keys) throws IOException {
    List<RetrievableInstance> instances = objects.instances(level, keys);
    Map<String, Map<String, Integer>> studies = new TreeMap<>();
    for (RetrievableInstance instance : instances) {
      studies
          .computeIfAbsent(instance.studyInstanceUid(), uid -> new TreeMap<>())
          .merge(instance.sopClassUid(), 1, Integer::sum);
    }
    studies.forEach((study, counts) -> audit.fetched(SOMEBODY, study, counts));
    return instances;
  }
}
