package org.qsmnode.route;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;
import org.qsmnode.camel.CommitmentScu;
import org.qsmnode.camel.DicomConfiguration;
import org.qsmnode.camel.DicomScu;
import org.qsmnode.camel.DicomSendException;
import org.qsmnode.camel.QueryScu;
import org.qsmnode.camel.RetrieveScu;

/** Opens query, retrieval and commitment associations to peers, with threads of its own. */
public final class DicomPeers implements AutoCloseable {

  private final NodeSettings settings;
  private final AuditTrail audit;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();

  public DicomPeers(NodeSettings settings, AuditTrail audit) {
    this.settings = settings;
    this.audit = audit;
  }

  /** C-ECHO; fails unless the answer is success. */
  public void verify(Destination.Dicom peer) throws DicomSendException, InterruptedException {
    new DicomScu(options(peer), executor, timers).echo();
  }

  QueryScu query(Destination.Dicom peer) {
    return new QueryScu(options(peer), executor, timers);
  }

  /** Records a query that is put to a peer. */
  void asked(Destination.Dicom peer, Attributes keys) {
    audit.queried(
        audit.own(),
        AuditMessage.Party.ae(peer.peer().aeTitle(), peer.peer().host()),
        UID.StudyRootQueryRetrieveInformationModelFind,
        UID.ExplicitVRLittleEndian,
        keys,
        true);
  }

  RetrieveScu retrieve(Destination.Dicom peer) {
    return new RetrieveScu(options(peer), executor, timers);
  }

  CommitmentScu commitment(Destination.Dicom peer) {
    return new CommitmentScu(options(peer), executor, timers);
  }

  private DicomConfiguration options(Destination.Dicom peer) {
    DicomConfiguration options = settings.dicom().configuration(peer.peer());
    options.setConnectTimeout((int) settings.send().connectTimeout().toMillis());
    options.setRetrieveTimeout((int) settings.pacs().retrieveTimeout().toMillis());
    options.setSecurity(settings.tls().security(peer));
    return options;
  }

  @Override
  public void close() {
    executor.shutdownNow();
    timers.shutdownNow();
  }
}
