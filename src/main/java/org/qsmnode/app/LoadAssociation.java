package org.qsmnode.app;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.DataWriterAdapter;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.Priority;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.util.UIDUtils;
import org.jspecify.annotations.Nullable;
import org.qsmnode.camel.PeerAddress;

/** One association that stores images one after the other, each after the answer to the last. */
final class LoadAssociation implements AutoCloseable {

  private static final int OBJECTS_OF_A_STUDY = 200;
  private static final int PDU_BYTES = 1 << 17;
  private static final int TIMEOUT_MS = 60_000;

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final LoadImage images;
  private final Association association;
  private final long[] nanos;
  private final int[] statuses;
  private int answered;
  private @Nullable String failure;

  /** Opens the association. */
  LoadAssociation(PeerAddress peer, String callingAeTitle, LoadImage images, int objects)
      throws Exception {
    this.images = images;
    this.nanos = new long[objects];
    this.statuses = new int[objects];
    Connection local = new Connection("load", null);
    local.setTcpNoDelay(true);
    local.setSendPDULength(PDU_BYTES);
    local.setReceivePDULength(PDU_BYTES);
    local.setConnectTimeout(TIMEOUT_MS);
    local.setAcceptTimeout(TIMEOUT_MS);
    local.setResponseTimeout(TIMEOUT_MS);
    local.setReleaseTimeout(TIMEOUT_MS);
    ApplicationEntity ae = new ApplicationEntity(callingAeTitle);
    ae.setAssociationInitiator(true);
    ae.addConnection(local);
    Device device = new Device("load");
    device.addConnection(local);
    device.addApplicationEntity(ae);
    device.setExecutor(executor);
    device.setScheduledExecutor(timers);
    AAssociateRQ request = new AAssociateRQ();
    request.setCallingAET(callingAeTitle);
    request.setCalledAET(peer.aeTitle());
    request.addPresentationContextFor(UID.MRImageStorage, UID.ExplicitVRLittleEndian);
    try {
      association = ae.connect(new Connection("peer", peer.host(), peer.port()), request);
    } catch (Exception e) {
      stopThreads();
      throw e;
    }
  }

  /** Stores all images; what ends the association early is in {@link #failure}. */
  void store(IntConsumer progress) {
    try {
      String study = "";
      String series = "";
      while (answered < nanos.length) {
        if (answered % OBJECTS_OF_A_STUDY == 0) {
          study = UIDUtils.createUID();
          series = UIDUtils.createUID();
        }
        store(images.next(study, series, answered % OBJECTS_OF_A_STUDY + 1));
        progress.accept(answered);
      }
      association.release();
    } catch (IOException e) {
      failure = e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = "interrupted";
    }
  }

  private void store(Attributes image) throws IOException, InterruptedException {
    long start = System.nanoTime();
    DimseRSP response =
        association.cstore(
            UID.MRImageStorage,
            image.getString(Tag.SOPInstanceUID),
            Priority.NORMAL,
            new DataWriterAdapter(image),
            UID.ExplicitVRLittleEndian);
    response.next();
    nanos[answered] = System.nanoTime() - start;
    statuses[answered] = response.getCommand().getInt(Tag.Status, -1);
    answered++;
  }

  /** From the first byte of each request to its answer. */
  LongStream answerNanos() {
    return Arrays.stream(nanos, 0, answered);
  }

  IntStream statuses() {
    return Arrays.stream(statuses, 0, answered);
  }

  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** Whether every image was answered 0000. */
  boolean complete() {
    return answered == nanos.length && statuses().allMatch(status -> status == 0);
  }

  @Override
  public void close() {
    if (failure != null) {
      association.abort();
    }
    stopThreads();
  }

  private void stopThreads() {
    executor.shutdown();
    timers.shutdownNow();
  }
}
