package org.qsmnode.route;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.qsmnode.camel.CommitmentScu;
import org.qsmnode.camel.DicomConfiguration;
import org.qsmnode.camel.QueryScu;
import org.qsmnode.camel.RetrieveScu;

/** Opens query, retrieval and commitment associations to peers, with threads of its own. */
public final class DicomPeers implements AutoCloseable {

  private final NodeSettings settings;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();

  public DicomPeers(NodeSettings settings) {
    this.settings = settings;
  }

  QueryScu query(Destination.Dicom peer) {
    return new QueryScu(options(peer), executor, timers);
  }

  RetrieveScu retrieve(Destination.Dicom peer) {
    return new RetrieveScu(options(peer), executor, timers);
  }

  CommitmentScu commitment(Destination.Dicom peer) {
    return new CommitmentScu(options(peer), executor, timers);
  }

  private DicomConfiguration options(Destination.Dicom peer) {
    DicomConfiguration options = new DicomConfiguration();
    options.setAddress(peer.peer().toString());
    options.setCallingAeTitle(settings.dicom().own().aeTitle());
    options.setConnectTimeout((int) settings.send().connectTimeout().toMillis());
    if (peer.tls()) {
      options.setSecurity(settings.tls().required());
    }
    return options;
  }

  @Override
  public void close() {
    executor.shutdownNow();
    timers.shutdownNow();
  }
}
