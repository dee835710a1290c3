package org.qsmnode.route;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.DataWriter;
import org.dcm4che3.net.DataWriterAdapter;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.Priority;
import org.dcm4che3.net.pdu.AAssociateRQ;

/** A modality: one association over which a test stores objects, right ones and wrong ones. */
final class Sender implements AutoCloseable {

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final Association association;
  private final AtomicInteger acknowledged = new AtomicInteger();

  Sender(int port) throws Exception {
    this("MODALITY", port);
  }

  Sender(String aeTitle, int port) throws Exception {
    Device device = new Device("modality");
    device.setExecutor(executor);
    device.setScheduledExecutor(timers);
    Connection local = new Connection("modality", null);
    local.setTcpNoDelay(true);
    device.addConnection(local);
    ApplicationEntity ae = new ApplicationEntity(aeTitle);
    ae.setAssociationInitiator(true);
    ae.addConnection(local);
    device.addApplicationEntity(ae);
    AAssociateRQ request = new AAssociateRQ();
    request.setCallingAET(aeTitle);
    request.setCalledAET("QSMNODE");
    for (String sopClass :
        new String[] {UID.MRImageStorage, UID.EnhancedMRImageStorage, UID.RawDataStorage}) {
      request.addPresentationContextFor(sopClass, UID.ExplicitVRLittleEndian);
      request.addPresentationContextFor(sopClass, UID.DeflatedExplicitVRLittleEndian);
    }
    association = ae.connect(new Connection("node", "127.0.0.1", port), request);
  }

  /** Objects answered with success. */
  int acknowledged() {
    return acknowledged.get();
  }

  /** Stores a file; fails unless the answer is success. */
  void store(Path file) {
    int status = tryStore(file);
    if (status != 0) {
      throw new IllegalStateException(String.format("answered %04X", status));
    }
  }

  /** Stores a file if the association still can. */
  void storeOrLose(Path file) {
    try {
      tryStore(file);
    } catch (UncheckedIOException e) {
      // The node was killed; what counts is what it had acknowledged.
      association.abort();
    }
  }

  private int tryStore(Path file) {
    try (DicomInputStream in = new DicomInputStream(file.toFile())) {
      Attributes dataSet = in.readDataset();
      return store(
          dataSet.getString(Tag.SOPClassUID, ""),
          dataSet.getString(Tag.SOPInstanceUID, ""),
          new DataWriterAdapter(dataSet));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stores whatever the writer writes; gives the status. */
  int store(String sopClass, String sopInstance, DataWriter data) throws IOException {
    return store(sopClass, sopInstance, data, UID.ExplicitVRLittleEndian);
  }

  /** Stores what the writer writes in this transfer syntax; gives the status. */
  int store(String sopClass, String sopInstance, DataWriter data, String syntax)
      throws IOException {
    try {
      DimseRSP response = association.cstore(sopClass, sopInstance, Priority.NORMAL, data, syntax);
      response.next();
      int status = response.getCommand().getInt(Tag.Status, -1);
      if (status == 0) {
        acknowledged.incrementAndGet();
      }
      return status;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() throws IOException {
    if (association.isReadyForDataTransfer()) {
      association.release();
    }
    executor.shutdown();
    timers.shutdownNow();
  }
}
