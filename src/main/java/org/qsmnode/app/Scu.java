package org.qsmnode.app;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.qsmnode.camel.DicomConfiguration;
import org.qsmnode.camel.DicomScu;
import org.qsmnode.camel.PeerAddress;

/** A storage and verification SCU with threads of its own, for commands that run without Camel. */
final class Scu implements AutoCloseable {

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final DicomScu dicom;

  Scu(PeerAddress peer, String callingAeTitle) {
    DicomConfiguration options = new DicomConfiguration();
    options.setAddress(peer.toString());
    options.setCallingAeTitle(callingAeTitle);
    dicom = new DicomScu(options, executor, timers);
  }

  DicomScu dicom() {
    return dicom;
  }

  @Override
  public void close() {
    executor.shutdown();
    timers.shutdownNow();
  }
}
