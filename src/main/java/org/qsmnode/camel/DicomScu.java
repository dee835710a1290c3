package org.qsmnode.camel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntConsumer;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.Priority;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;

/**
 * Sends files and verifies peers, one association a call (PS3.4 annexes A and B, PS3.7 9.1).
 *
 * <p>A data set is sent as the bytes that are stored. Only where the peer took nothing but Implicit
 * VR Little Endian is an Explicit VR Little Endian file encoded anew. One SCU may be used by
 * several threads at a time.
 */
public final class DicomScu {

  private static final int MAX_CONTEXTS = 128;

  private final DicomConfiguration options;
  private final ExecutorService executor;
  private final ScheduledExecutorService timers;
  private final Requestor requestor;
  private final Requestor storing;

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
    this.executor = executor;
    this.timers = timers;
    this.requestor = new Requestor(options, executor, timers);
    this.storing = Requestor.storing(options, executor, timers);
  }

  ExecutorService executor() {
    return executor;
  }

  ScheduledExecutorService timers() {
    return timers;
  }

  /** C-ECHO; fails with {@link DicomSendException} unless the answer is success. */
  public void echo() throws DicomSendException, InterruptedException {
    AAssociateRQ request = requestor.request();
    request.addPresentationContextFor(UID.Verification, UID.ImplicitVRLittleEndian);
    Association association = requestor.open(request);
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
      throw requestor.failed("verification", e);
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
    Association association = storing.open(storeRequest(headers));
    List<StoreReport.Outcome> outcomes = new ArrayList<>();
    try {
      int window = window(association);
      Deque<Optional<DimseRSP>> open = new ArrayDeque<>();
      boolean full = false;
      for (int i = 0; i < files.size() || !open.isEmpty(); ) {
        if (i < files.size() && open.size() < window && !full) {
          open.add(send(association, files.get(i), headers.get(i)));
          i++;
          continue;
        }
        int status = StoreReport.Outcome.NOT_SENT;
        if (open.isEmpty()) {
          i++;
        } else {
          status = answer(open.remove());
        }
        full |= (status & 0xFF00) == 0xA700;
        String uid = headers.get(outcomes.size()).sopInstanceUid();
        outcomes.add(new StoreReport.Outcome(uid, status));
        progress.accept(outcomes.size());
      }
      association.release();
    } catch (IOException e) {
      association.abort();
      if (outcomes.size() < files.size()) {
        throw storing.failed("storing object " + (outcomes.size() + 1) + " of " + files.size(), e);
      }
    } catch (InterruptedException e) {
      association.abort();
      throw e;
    }
    return new StoreReport(outcomes);
  }

  /** How many objects may await their answer: what this side wants and the peer allows. */
  private int window(Association association) {
    int wanted = Math.max(1, options.getAsynchronousOperations());
    int allowed = association.getAAssociateAC().getMaxOpsInvoked();
    return allowed == 0 ? wanted : Math.min(wanted, allowed);
  }

  /** Sends one object; nothing where its class or syntax was not negotiated. */
  private static Optional<DimseRSP> send(Association association, Path file, Part10Header header)
      throws IOException, InterruptedException {
    Optional<String> syntax =
        StoredDataSet.syntaxFor(
            association.getTransferSyntaxesFor(header.sopClassUid()), header.transferSyntaxUid());
    if (syntax.isEmpty()) {
      return Optional.empty();
    }
    try (StoredDataSet dataSet =
        StoredDataSet.open(file, header.transferSyntaxUid(), syntax.get())) {
      return Optional.of(
          association.cstore(
              header.sopClassUid(),
              header.sopInstanceUid(),
              Priority.NORMAL,
              dataSet,
              syntax.get()));
    }
  }

  private static int answer(Optional<DimseRSP> response) throws IOException, InterruptedException {
    if (response.isEmpty()) {
      return StoreReport.Outcome.NOT_NEGOTIATED;
    }
    response.get().next();
    return response.get().getCommand().getInt(Tag.Status, -1);
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
    AAssociateRQ request = storing.request();
    int id = 1;
    for (Map.Entry<String, Set<String>> entry : syntaxes.entrySet()) {
      for (String syntax : entry.getValue()) {
        if (id > 2 * MAX_CONTEXTS) {
          throw storing.failed("proposing", new IOException("more than 128 presentation contexts"));
        }
        request.addPresentationContext(new PresentationContext(id, entry.getKey(), syntax));
        id += 2;
      }
    }
    return request;
  }
}
