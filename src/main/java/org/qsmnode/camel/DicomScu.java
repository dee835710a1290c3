package org.qsmnode.camel;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntConsumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.DataWriterAdapter;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.IncompatibleConnectionException;
import org.dcm4che3.net.InputStreamDataWriter;
import org.dcm4che3.net.Priority;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends files and verifies peers, one association a call (PS3.4 annexes A and B, PS3.7 9.1).
 *
 * <p>A data set is sent as the bytes that are stored; only where the peer took nothing but Implicit
 * VR Little Endian is an Explicit VR Little Endian file encoded anew.
 */
public final class DicomScu {

  private static final int MAX_CONTEXTS = 128;

  private final DicomConfiguration options;
  private final PeerAddress peer;
  private final ExecutorService executor;
  private final ScheduledExecutorService timers;
  private final ApplicationEntity ae;

  /**
   * An SCU for one peer.
   *
   * @param options address of the peer, own AE title and time-outs
   * @param executor runs the associations; shut down by the caller
   * @param timers runs the time-outs; shut down by the caller
   */
  public DicomScu(
      DicomConfiguration options, ExecutorService executor, ScheduledExecutorService timers) {
    this.options = options;
    this.peer = options.peer();
    this.executor = executor;
    this.timers = timers;
    Device device = new Device("qsm-node-scu");
    device.setExecutor(executor);
    device.setScheduledExecutor(timers);
    Connection local = DicomConnections.initiator(options);
    device.addConnection(local);
    ae = new ApplicationEntity(options.getCallingAeTitle());
    ae.setAssociationInitiator(true);
    ae.addConnection(local);
    device.addApplicationEntity(ae);
  }

  ExecutorService executor() {
    return executor;
  }

  ScheduledExecutorService timers() {
    return timers;
  }

  /** C-ECHO; fails with {@link DicomSendException} unless the answer is success. */
  public void echo() throws DicomSendException, InterruptedException {
    AAssociateRQ request = request();
    request.addPresentationContextFor(UID.Verification, UID.ImplicitVRLittleEndian);
    Association association = open(request);
    try {
      DimseRSP response = association.cecho();
      response.next();
      int status = response.getCommand().getInt(Tag.Status, -1);
      if (status != 0) {
        throw new IOException(String.format("C-ECHO was answered %04X", status));
      }
      association.release();
    } catch (IOException e) {
      association.abort();
      throw failed("verification", e);
    }
  }

  /**
   * Stores files over one association.
   *
   * @param files Part 10 files
   * @param progress told the number of answered objects after each
   * @return the answer to each file, in order
   */
  public StoreReport store(List<Path> files, IntConsumer progress)
      throws IOException, InterruptedException {
    List<Part10Header> headers = new ArrayList<>();
    for (Path file : files) {
      headers.add(Part10Header.read(file));
    }
    Association association = open(storeRequest(headers));
    List<StoreReport.Outcome> outcomes = new ArrayList<>();
    try {
      boolean full = false;
      for (int i = 0; i < files.size(); i++) {
        Part10Header header = headers.get(i);
        int status =
            full ? StoreReport.Outcome.NOT_SENT : storeOne(association, files.get(i), header);
        full |= (status & 0xFF00) == 0xA700;
        outcomes.add(new StoreReport.Outcome(header.sopInstanceUid(), status));
        progress.accept(outcomes.size());
      }
      association.release();
    } catch (IOException e) {
      association.abort();
      if (outcomes.size() < files.size()) {
        throw failed("storing object " + (outcomes.size() + 1) + " of " + files.size(), e);
      }
    } catch (InterruptedException e) {
      association.abort();
      throw e;
    }
    return new StoreReport(outcomes);
  }

  private static int storeOne(Association association, Path file, Part10Header header)
      throws IOException, InterruptedException {
    Set<String> accepted = association.getTransferSyntaxesFor(header.sopClassUid());
    if (accepted != null && accepted.contains(header.transferSyntaxUid())) {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
        in.skipNBytes(header.length());
        return answer(
            association.cstore(
                header.sopClassUid(),
                header.sopInstanceUid(),
                Priority.NORMAL,
                new InputStreamDataWriter(in),
                header.transferSyntaxUid()));
      }
    }
    if (accepted != null
        && accepted.contains(UID.ImplicitVRLittleEndian)
        && header.transferSyntaxUid().equals(UID.ExplicitVRLittleEndian)) {
      return answer(
          association.cstore(
              header.sopClassUid(),
              header.sopInstanceUid(),
              Priority.NORMAL,
              new DataWriterAdapter(dataSet(file)),
              UID.ImplicitVRLittleEndian));
    }
    return StoreReport.Outcome.NOT_NEGOTIATED;
  }

  private static Attributes dataSet(Path file) throws IOException {
    try (DicomInputStream in = new DicomInputStream(file.toFile())) {
      return in.readDataset();
    }
  }

  private static int answer(DimseRSP response) throws IOException, InterruptedException {
    response.next();
    return response.getCommand().getInt(Tag.Status, -1);
  }

  private AAssociateRQ storeRequest(List<Part10Header> headers) throws DicomSendException {
    Map<String, Set<String>> syntaxes = new LinkedHashMap<>();
    for (Part10Header header : headers) {
      Set<String> ofClass =
          syntaxes.computeIfAbsent(header.sopClassUid(), key -> new LinkedHashSet<>());
      ofClass.add(header.transferSyntaxUid());
      if (header.transferSyntaxUid().equals(UID.ExplicitVRLittleEndian)) {
        ofClass.add(UID.ImplicitVRLittleEndian);
      }
    }
    AAssociateRQ request = request();
    int id = 1;
    for (Map.Entry<String, Set<String>> entry : syntaxes.entrySet()) {
      for (String syntax : entry.getValue()) {
        if (id > 2 * MAX_CONTEXTS) {
          throw failed("proposing", new IOException("more than 128 presentation contexts"));
        }
        request.addPresentationContext(new PresentationContext(id, entry.getKey(), syntax));
        id += 2;
      }
    }
    return request;
  }

  private AAssociateRQ request() {
    AAssociateRQ request = new AAssociateRQ();
    request.setCallingAET(options.getCallingAeTitle());
    request.setCalledAET(peer.aeTitle());
    return request;
  }

  private Association open(AAssociateRQ request) throws DicomSendException, InterruptedException {
    try {
      return ae.connect(DicomConnections.remote(peer), request);
    } catch (IOException | IncompatibleConnectionException | GeneralSecurityException e) {
      throw failed("opening an association", e);
    }
  }

  private DicomSendException failed(String step, Exception cause) {
    return new DicomSendException(step + " failed with " + peer + ": " + text(cause), cause);
  }

  private static @Nullable String text(Exception cause) {
    return cause instanceof AAssociateRJ rejection
        ? "rejected with result %d, source %d, reason %d"
            .formatted(rejection.getResult(), rejection.getSource(), rejection.getReason())
        : cause.getMessage();
  }
}
